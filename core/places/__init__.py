"""The places of the country: their codes, names, former names, and the areas they lie in."""
