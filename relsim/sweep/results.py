"""What a sweep has found: its tables as DataFrames.

A file of results holds these tables, in DuckDB's format:

======== =========================================================================================
meta     ``name, value``: kind of file, schema, versions, hash of relsim's sources, part
plan     ``name, value``: every field of the plan, as JSON
points   ``point`` and a column a swept parameter
runs     ``point, arm, replicate, seed``, a column a measure, ``parameters``, ``seconds``
buyers   ``point, arm, replicate, buyer, stance, aggressiveness``, a column a measure of buyers
series   ``point, arm, replicate, period``, a column a measure, ``cumulative_cost_per_unit``
failures ``point, arm, replicate, seed, parameters, error, traceback``
======== =========================================================================================

``parameters`` is JSON of all that differs from the defaults: with ``seed`` it repeats the run.
``seconds`` is the only column that another run of the same sweep does not repeat.
"""
