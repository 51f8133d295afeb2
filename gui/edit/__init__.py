"""What a case, a figure and a mechanism are put right in: fields, forms, and the source to point at."""
