"""The three invariants of the house, as checks that look at every row and name what breaks them."""
