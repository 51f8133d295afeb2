"""A page → its articles in true reading order."""
