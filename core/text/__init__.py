"""Chinese text for whoever reads it: made readable, folded, cut into words and clauses."""
