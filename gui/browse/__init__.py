"""The tree, the list, the case and its figures, the overview, mechanisms, selections and sources."""
