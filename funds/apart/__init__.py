"""Declarations of what is kept apart from the cases' money: deposits, relief and rewards, the treasury, small sales."""
