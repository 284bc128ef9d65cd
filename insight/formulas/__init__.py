"""The formulas: what stands above and below the line of each indicator, read from cases, events, transfers and payouts."""
