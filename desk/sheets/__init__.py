"""走访单: one sheet of A4 for a team's coming day, and the way back by line numbers (decision 0039)."""
