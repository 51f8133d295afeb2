"""The area of checking: figure after figure, one key each, what is printed at the left, what was read at the right."""
