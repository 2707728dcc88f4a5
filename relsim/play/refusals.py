"""Refusals that players, students and visitors meet: whole sentences, in the language of each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from relsim.io.errors import InputError
from relsim.play.catalogue import words


class RefusedError(InputError):
    """What is not done, as a sentence of the catalogues: table ``refused``.

    Parameters
    ----------
    key : str
        Of the sentence.
    detail : str
        What the error itself says, to people who program; the English sentence if empty.
    **values : object
        What the sentence names.

    Examples
    --------
    >>> RefusedError("full", most=62).said("it")
    'La stanza è piena: i posti sono 62.'
    """

    def __init__(self, key: str, detail: str = "", **values: Any) -> None:
        self.key, self.values = key, values
        super().__init__(detail or self.said("en"))

    def said(self, language: str) -> str:
        """The sentence in a language."""
        told = words(language)
        written = {
            name: told.number(f"{value:g}") if isinstance(value, float) else value
            for name, value in self.values.items()
        }
        return told(f"refused.{self.key}", **written)

    @classmethod
    def of(cls, problem: InputError) -> RefusedError:
        """A problem as a refusal; what no page would send is only said to be not understood."""
        return problem if isinstance(problem, cls) else cls("request", str(problem))


@contextmanager
def refusing(key: str, **values: Any) -> Iterator[None]:
    """Give whatever is refused in the block a sentence of the catalogues.

    Examples
    --------
    >>> with refusing("decisions"):
    ...     raise InputError("supplier 9: allowed is 1 to 4")
    Traceback (most recent call last):
    relsim.play.refusals.RefusedError: supplier 9: allowed is 1 to 4
    """
    try:
        yield
    except RefusedError:
        raise
    except InputError as problem:
        raise RefusedError(key, str(problem), **values) from None
