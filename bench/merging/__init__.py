"""Laptops that come together: random histories, and how long a merge of very many decisions takes."""
