"""The submodels (ODD 7), one file a mechanism, in the order of ``relsim.schedule``.

Each file holds its equations as small pure functions, then what one agent does with them:
``buyer_step(market, b)`` and ``salesperson_step(market, s)``, where ``market`` holds all records of
the run and ``b`` or ``s`` is the index of the agent. The notes of a step say what it reads that
others wrote, and what it writes. Within a submodel an agent reads of others only what that submodel
does not write, so the order of agents cannot matter.
"""
