"""What any reader of Chinese text needs: text made readable, folded, cut into words and clauses."""
