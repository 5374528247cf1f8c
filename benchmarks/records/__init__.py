"""How lists, search, counts and entry behave at 20,000 and at 1,000,000 needs, on both databases."""
