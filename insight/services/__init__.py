"""Procedures of the room: keeping the day's figures, proving the invariants, supervising."""
