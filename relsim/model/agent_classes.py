"""Which class each agent of a market is of, where some are of one's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from relsim.io.errors import InputError, shown
from relsim.model.actor import Actor

Someone = TypeVar("Someone", bound=Actor)
Classes = type[Someone] | Sequence[type[Someone]] | Mapping[int, type[Someone]]
"""One class for all, one for each, or those of some by index."""


def one_each(
    kind: str, classes: Classes[Someone], plain: type[Someone], count: int
) -> list[type[Someone]]:
    """List a class for each agent of a kind.

    Raises
    ------
    InputError
        If there is not one for each of them, or one is no subclass of ``plain``.
    """
    if isinstance(classes, type):
        chosen = [classes] * count
    elif not isinstance(classes, Mapping | Sequence):
        raise InputError(
            f"{kind} = {shown(classes)}: allowed is a subclass of relsim.{plain.__name__}, or one "
            "for each of them"
        )
    elif isinstance(classes, Mapping):
        strangers = [index for index in classes if index not in range(count)]
        if strangers:
            raise InputError(
                f"{kind} {shown(strangers[0])}: allowed is an index from 0 to {count - 1}"
            )
        chosen = [classes.get(index, plain) for index in range(count)]
    else:
        chosen = list(classes)
    if len(chosen) != count:
        raise InputError(f"{kind} has {len(chosen)} classes; allowed is one for each of {count}")
    for cls in chosen:
        if not (isinstance(cls, type) and issubclass(cls, plain)):
            raise InputError(f"{kind} = {cls!r}: allowed is a subclass of relsim.{plain.__name__}")
    return chosen
