"""The area of writing up: cases to Word, Excel, PDF and other files, and on paper."""
