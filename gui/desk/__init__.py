"""The parts of the import desk: the printed page, the article beside it, the keys under it."""
