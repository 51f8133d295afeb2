"""What the reader has learnt is made here: n-grams, kinds of lines, seams (``make learn``)."""
