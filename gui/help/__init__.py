"""The manual, the keys, the About box, and what is said after a run that broke off."""
