"""The lines of a page → its articles, in the order in which they are read."""
