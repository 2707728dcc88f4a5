"""What claims read off a run: each reading takes a run and gives a number, or one a month.

Measures come from ``observation``; what no ledger keeps (who was silent before leaving, which side
disclosed more first) is read off snapshots of all relationships. A reading that finds nothing to
measure gives ``nan``.
"""
