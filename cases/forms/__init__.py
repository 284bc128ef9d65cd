"""What people type in the acts of a case, one file per procedure."""
