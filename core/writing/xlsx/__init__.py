"""Excel: cases, figures and sources as .xlsx, and what a person changed in such a file as proposals."""
