"""What pictures of the studies share."""

from functools import partial

from relsim.plots import style

dress = partial(style.dress, grid=False)
"""Give axes their words, large enough for the back row; studies draw their own lines."""
