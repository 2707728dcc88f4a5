"""Named market scenarios: parameters chosen together, to start from.

A scenario says what is bought and how many trade; how buyers bargain is a stance, see
``stances.py``. Where a scenario differs from the defaults, the line says why. No source gives
these numbers: they are assumptions, chosen so that each kind of business is recognizable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from relsim.io.errors import InputError, known

if TYPE_CHECKING:
    from relsim.parameters import Parameters


@dataclass(frozen=True)
class Preset:
    """A scenario: what it stands for, in a line, and where it differs from the defaults."""

    meaning: str
    settings: Mapping[str, Any]

    @cached_property
    def parameters(self) -> Parameters:
        """Its parameters, made when first asked for: ``import relsim`` need not wait for that."""
        from relsim.parameters import Parameters

        return Parameters(**self.settings)


class UnknownPresetError(InputError, KeyError):
    """A name that no preset has. A ``KeyError`` too, as mappings promise."""

    def __str__(self) -> str:
        return str(self.args[0])


class Presets(Mapping[str, "Parameters"]):
    """Parameters by the name of a scenario; read only.

    Examples
    --------
    >>> presets["eight_automakers"].buyers
    8
    >>> presets["service"]
    Traceback (most recent call last):
    relsim.parameters.presets.UnknownPresetError: unknown preset 'service'; did you mean 'services'?
    """

    def __init__(self, scenarios: Mapping[str, Preset]) -> None:
        self._scenarios = dict(scenarios)

    def __getitem__(self, name: str) -> Parameters:
        return self._scenario(name).parameters

    def __iter__(self) -> Iterator[str]:
        return iter(self._scenarios)

    def __len__(self) -> int:
        return len(self._scenarios)

    def __repr__(self) -> str:
        return f"<presets: {', '.join(self)}>"

    def meaning(self, name: str) -> str:
        """What a scenario stands for, in a line.

        >>> presets.meaning("classroom")
        'as many buyers as can be told apart in class: 40, each with 4 suppliers'
        """
        return self._scenario(name).meaning

    def _scenario(self, name: str) -> Preset:
        try:
            known("preset", [name], self._scenarios)
        except InputError as error:
            raise UnknownPresetError(str(error)) from None
        return self._scenarios[name]


presets = Presets(
    {
        "consumables": Preset(
            "components bought every month and used up at once (the defaults)", {}
        ),
        "capital_equipment": Preset(
            "equipment bought every half year, delivered half a year later, in use for seven years",
            {
                # bought seldom, built to order, in use for years (ASR, L83)
                "purchase_interval": 6,
                "lead_time": 6,
                "service_life": 84,
                # equipment in use for all of its life must be there at period 0
                "warm_up": 84,
                # a month of use gives little trouble, but there are 84 of them
                "installed_rate": 0.05,
                "serious_rate": 0.05,
                "small_rate": 0.25,
                # problems are fewer, and no larger a part of them is voiced (GO)
                "voice_serious": -0.9,
                "full_service_money": 1.5,
                "maintenance_price": 0.05,
                "unit_cost": 65.0,
                "markup": 0.08,
                # income comes in lumps: firms that build to order need the means to wait for it
                "working_capital": 500_000.0,
                # averages reach over several purchases
                "smoothing": 0.04,
                # tools, training and spare parts are made for one maker
                "specific_months": 1.0,
                # a new maker means new tools, training and spare parts
                "switching_cost": 40_000.0,
            },
        ),
        "services": Preset(
            "services such as consulting or finance: made by people together with the customer",
            {
                # the people and what they know of the customer are the product (ASR)
                "quality_by_knowledge": 0.7,
                "contact_hours": 12.0,
                "selling_hours": 100.0,
                "standard_hours": 25.0,
                # what people do varies, and can hardly be inspected before it is used
                "delivery_noise": 0.5,
                "catch_rate": 0.3,
                "inspection_hours_per_unit": 0.03,
                # whoever leaves takes more along
                "staff_turnover": 0.015,
                "firm_memory": 0.7,
            },
        ),
        "classroom": Preset(
            "as many buyers as can be told apart in class: 40, each with 4 suppliers",
            {"buyers": 40, "salespeople": 40, "suppliers_per_buyer": 4},
        ),
        "eight_automakers": Preset(
            "eight large buyers from trusting to aggressive that share suppliers, as in DC03",
            {
                "buyers": 8,
                "aggressiveness": [rank / 7 for rank in range(8)],
                # each supplier has four of the eight as customers, like any seller by default
                "salespeople": 16,
                "suppliers_per_buyer": 8,
                # as much from each supplier as by default
                "volume": 4000.0,
            },
        ),
    }
)
"""The scenarios by name: ``presets["services"]``, ``presets.meaning("services")``."""
