"""All parameters of a run, checked (ODD 5-6).

The table itself is ``fields.py``, one line a parameter; ``entries.py`` is the same as data, for
tables, sliders and sweeps; ``checks.py`` holds what no single range can say.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from pydantic import ValidationError, field_serializer, model_validator

from relsim.io.errors import InputError, known, shown
from relsim.parameters.checks import check, check_forms, check_period, explained
from relsim.parameters.entries import FIXED, TUNED, Entry, table
from relsim.parameters.fields import Fields
from relsim.parameters.frozen import frozen

__all__ = ["FIXED", "Entry", "Parameters", "table"]


def _plain(value: Any) -> Any:
    """A value as JSON has it: sets as sorted lists."""
    return sorted(value) if isinstance(value, frozenset) else value


class Parameters(Fields):
    """All parameters of a run, checked. See ``relsim parameters`` or ODD.md for the table.

    Examples
    --------
    >>> Parameters(uncertainty=0.5).uncertainty
    0.5
    >>> Parameters(uncertanty=0.5)
    Traceback (most recent call last):
    relsim.io.errors.InputError: unknown parameter 'uncertanty'; did you mean 'uncertainty'?
    """

    TUNED: ClassVar[tuple[str, ...]] = TUNED

    def __init__(self, /, *unnamed: Any, **values: Any) -> None:
        if unnamed:
            raise InputError(
                f"Parameters({shown(unnamed[0])}): allowed are parameters by name, "
                "for instance Parameters(buyers=8)"
            )
        try:
            super().__init__(**values)
        except ValidationError as error:
            raise explained(error) from None

    @classmethod
    def model_validate(cls, obj: Any, **options: Any) -> Self:
        """Parameters from a mapping, with the same errors as by name."""
        try:
            return super().model_validate(obj, **options)
        except ValidationError as error:
            raise explained(error) from None

    @model_validator(mode="before")
    @classmethod
    def _well_formed(cls, values: Any) -> Any:
        if isinstance(values, Mapping):
            check_forms(values)
        return values

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        check(self)
        for name, value in self.__dict__.items():
            if isinstance(value, dict | list | tuple):
                self.__dict__[name] = frozen(value)
        for period, _ in self.interventions:
            check_period(self, period)
        # As they were checked: plain numbers, and mechanisms in one order.
        self.__dict__["interventions"] = tuple(
            (int(period), frozen({name: _plain(getattr(changed, name)) for name in changes}))
            for period, changes in self.interventions
            for changed in [self.changed(changes)]
        )
        return self

    @field_serializer("without", when_used="json")
    def _in_order(self, names: frozenset[str]) -> list[str]:
        return sorted(names)

    def changed(self, changes: Mapping[str, Any]) -> Parameters:
        """These parameters after an intervention in mid-run.

        Only what holds for a month can change in a month: numbers other than the population's and
        the initial ones, ``without`` and ``hold``. Each of these two replaces the earlier one
        entirely: ``{"hold": {}}`` lets go of all that was clamped. Refused are parameters that are
        used when a run is set up (``relsim.parameters.FIXED``), stances and their items, and
        interventions themselves.

        Examples
        --------
        >>> clamped = Parameters(hold={"trust": 0.5, "voice": 0.0})
        >>> clamped.changed({"hold": {"trust": 0.9}}).hold
        {'trust': 0.9}

        Raises
        ------
        InputError
            If a name is unknown or cannot change in mid-run, or a value is out of range.
        """
        allowed = {entry.name for entry in table() if entry.changeable} | {"without", "hold"}
        for name in changes:
            if name in Fields.model_fields and name not in allowed:
                raise InputError(
                    f"{name} cannot change in mid-run: it is used when a run is set up or begins"
                )
        known("parameter that can change in mid-run", changes, allowed)
        return self.with_values(interventions=(), **dict(changes))

    def with_values(self, /, **values: Any) -> Parameters:
        """A copy with some values changed, checked like new ones."""
        if "buyer_stances" in values and "aggressiveness" not in values:
            values["aggressiveness"] = None
        if "aggressiveness" in values and "buyer_stances" not in values:
            values["buyer_stances"] = None
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return Parameters(**{**given, **values})
