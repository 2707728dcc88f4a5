"""The submodels (ODD 7), one file a mechanism, in the order of ``relsim.schedule``.

Each file holds its equations as small pure functions, then what one agent does with them:
``buyer_step(market, b)`` and ``salesperson_step(market, s)``. Within a submodel an agent reads
of others only what that submodel does not write, so the order of agents cannot matter.
"""
