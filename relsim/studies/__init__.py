"""Studies of the model as a whole: how it was calibrated, where it holds, what it lets one see.

Each module answers one question in tables; ``experiments/`` runs, saves and draws them.
"""
