"""The submodels (ODD 7), one file a mechanism, in the order of ``relsim.model.schedule``.

Each file holds its equations as small pure functions, then what one agent does with them:
``buyer_step(market, b)`` and ``salesperson_step(market, s)``, where ``market`` holds all records of
the run and ``b`` or ``s`` is the index of the agent. The notes of a step say what it reads that
others wrote, and what it writes. Within a submodel an agent reads of others only what that submodel
does not write, so the order of agents cannot matter.

What draws decide is computed rather than branched on (``1.0 if pays else 0.0``, and both sides of
an ``and`` beforehand): no processor foresees it, and a wrong guess costs it as much as a few
divisions. That took a quarter of a run.
"""
