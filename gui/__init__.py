"""The window of Anlan; everything that it shows comes from the core."""
