"""What a player decides in a year: for all suppliers, and for single ones otherwise.

A decision is one of a few options. What each does is done by the model: see ``player.py``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from types import MappingProxyType
from typing import Any, Self

from relsim.io.errors import InputError, known, shortened, shown

OPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "bargain": ("press", "fair", "trust"),
        "disclose": ("open", "usual", "guarded"),
        "order": ("more", "usual", "less", "drop"),
        "inspect": ("always", "usual", "never"),
        "confided": ("keep", "usual", "leverage"),
    }
)
"""Decisions and their options: ``usual`` is what the model's buyer would do with that stance."""

FOR_ALL: Mapping[str, tuple[str, ...]] = MappingProxyType({**OPTIONS, "order": ("usual",)})
"""Options of the default for all suppliers: who is ordered more from is one against others."""

MOST_SUPPLIERS = 64
"""Suppliers that can be decided on singly in a year."""


@dataclass(frozen=True)
class Choice:
    """One option of every decision.

    Examples
    --------
    >>> Choice(bargain="pres")
    Traceback (most recent call last):
    relsim.io.errors.InputError: unknown option of bargain 'pres'; did you mean 'press'?
    """

    bargain: str = "fair"
    disclose: str = "usual"
    order: str = "usual"
    inspect: str = "usual"
    confided: str = "usual"

    def __post_init__(self) -> None:
        for name, options in OPTIONS.items():
            known(f"option of {name}", [getattr(self, name)], options)

    @property
    def code(self) -> str:
        """Its options as letters.

        >>> Choice(bargain="press", order="drop").code
        'puduu'
        """
        return "".join(getattr(self, each.name)[0] for each in fields(self))

    @classmethod
    def decode(cls, code: str) -> Self:
        """Read the letters of ``code``."""
        if len(code) != len(OPTIONS):
            raise InputError(f"choice {shown(code)}: allowed are {len(OPTIONS)} letters")
        chosen = {}
        for letter, (name, options) in zip(code, OPTIONS.items(), strict=True):
            letters = {option[0]: option for option in options}
            known(f"letter of {name}", [letter], letters)
            chosen[name] = letters[letter]
        return cls(**chosen)


@dataclass(frozen=True)
class Decisions:
    """What a player decides in a year.

    Parameters
    ----------
    default : Choice
        For all suppliers that nothing else is said of, also those that come in the year.
    suppliers : mapping of int to Choice
        By the number of the supplier's firm.

    Examples
    --------
    >>> Decisions(Choice("trust"), {3: Choice("press", order="less")}).code
    'tuuuu-3.puluu'
    """

    default: Choice = field(default_factory=Choice)
    suppliers: Mapping[int, Choice] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, options in FOR_ALL.items():
            known(f"option of {name} for all suppliers", [getattr(self.default, name)], options)
        if len(self.suppliers) > MOST_SUPPLIERS:
            raise InputError(
                f"suppliers: allowed are {MOST_SUPPLIERS} at most, given are {len(self.suppliers)}"
            )
        own = {firm: one for firm, one in sorted(self.suppliers.items()) if one != self.default}
        object.__setattr__(self, "suppliers", MappingProxyType(own))

    def of(self, firm: int) -> Choice:
        """What is decided for a supplier."""
        return self.suppliers.get(firm, self.default)

    @property
    def code(self) -> str:
        """The decisions as a piece of a link."""
        single = [f"{firm}.{choice.code}" for firm, choice in self.suppliers.items()]
        return "-".join([self.default.code, *single])

    @classmethod
    def decode(cls, code: str) -> Self:
        """Read what ``code`` wrote.

        Raises
        ------
        InputError
            In one line, what is wrong and what is allowed.
        """
        default, *single = code.split("-")
        suppliers: dict[int, Choice] = {}
        for each in single:
            firm, _, letters = each.partition(".")
            number = _firm(firm)
            if number in suppliers:
                raise InputError(f"supplier {number} is decided on twice: allowed is once a year")
            suppliers[number] = Choice.decode(letters)
        return cls(Choice.decode(default), suppliers)

    @classmethod
    def read(cls, given: Any) -> Self:
        """Read decisions as a page sends them: ``{"default": {...}, "suppliers": {"3": {...}}}``.

        What is not named is as in the default.

        Examples
        --------
        >>> Decisions.read({"default": {"bargain": "trust"}, "suppliers": {"3": {"order": "less"}}})
        ... # doctest: +ELLIPSIS
        Decisions(default=Choice(bargain='trust', ...), suppliers=mappingproxy({3: Choice(...)}))
        >>> Decisions.read({"defaults": {}})
        Traceback (most recent call last):
        relsim.io.errors.InputError: unknown part of decisions 'defaults'; did you mean 'default'?
        """
        parts = _mapping("decisions", given)
        known("part of decisions", parts, ("default", "suppliers"))
        default = _choice(parts.get("default", {}), {})
        single = _mapping("suppliers", parts.get("suppliers", {}))
        if len(single) > MOST_SUPPLIERS:
            raise InputError(f"suppliers: allowed are {MOST_SUPPLIERS} at most")
        return cls(
            default,
            {_firm(firm): _choice(each, asdict(default)) for firm, each in single.items()},
        )

    def written(self) -> dict[str, Any]:
        """The decisions as ``read`` understands them."""
        single = {str(firm): asdict(choice) for firm, choice in self.suppliers.items()}
        return {"default": asdict(self.default), "suppliers": single}


def _mapping(name: str, given: Any) -> Mapping[Any, Any]:
    if not isinstance(given, Mapping):
        raise InputError(f"{name} = {shown(given)}: allowed is a mapping")
    return given


def _choice(given: Any, default: Mapping[str, str]) -> Choice:
    options = _mapping("decisions for a supplier", given)
    known("decision", options, OPTIONS)
    return Choice(**{**default, **options})


def _firm(text: Any) -> int:
    """The number of a supplier's firm."""
    if isinstance(text, bool) or not re.fullmatch(r"[0-9]{1,6}", str(text), re.ASCII):
        raise InputError(f"supplier {shortened(str(text))}: allowed is the number of a firm")
    return int(text)


def encode_years(years: Sequence[Decisions]) -> str:
    """Write the decisions of all years; one that repeats the year before is left empty.

    Examples
    --------
    >>> encode_years([Decisions(), Decisions(), Decisions(Choice("press"))])
    'fuuuu__puuuu'
    """
    codes = [year.code for year in years]
    return "_".join(
        "" if number and code == codes[number - 1] else code for number, code in enumerate(codes)
    )


def decode_years(text: str, most: int) -> tuple[Decisions, ...]:
    """Read what ``encode_years`` wrote, of at most so many years."""
    if not text:
        return ()
    codes = text.split("_")
    if len(codes) > most:
        raise InputError(f"{len(codes)} years of decisions: allowed are {most}")
    years: list[Decisions] = []
    for code in codes:
        years.append(years[-1] if years and not code else Decisions.decode(code))
    return tuple(years)
