"""The model: entities, how a market begins, and what happens in a month (ODD 2-7)."""
