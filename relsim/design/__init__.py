"""What to run: arms, plans, and the points of a design."""
