"""Buyers and salespeople as Mesa agents: thin faces over the records of a market.

An agent has no state of its own. Its attributes are the variables of its record (ODD 2), read and
written in place; those that say who is where are only read, since the model keeps them. Each of its
methods takes one submodel's step for it (ODD 7), compiled. To give an agent a mind of its own,
override the method of that name in plain Python; all the rest stays compiled.

Examples
--------
A buyer that orders all it needs from whoever is cheapest:

>>> import relsim
>>> class Miser(Buyer):
...     def ordering(self):
...         super().ordering()
...         cheapest = min(self.relationships, key=lambda r: r.price, default=None)
...         for relationship in self.relationships:
...             relationship.units = self.need if relationship is cheapest else 0.0
>>> small = relsim.Parameters(buyers=4, salespeople=4, periods=6)
>>> run = relsim.simulate(small, seed=1, buyer=Miser)
>>> len(run.series)
6
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from relsim.io.errors import known
from relsim.model.actor import Actor
from relsim.model.attributes import with_variables_of
from relsim.model.choices import Choices
from relsim.model.entities import BUYER, SALESPERSON
from relsim.model.observation import BUYER_MEASURES, table_of
from relsim.model.relationship import Relationship
from relsim.model.stance_allotment import items_set, named, number_of
from relsim.model.state import NOBODY
from relsim.parameters.stances import SELLER_STANCES, STANCE_RANGES


@with_variables_of(BUYER)
class Buyer(Choices, Actor):
    """A firm that buys, with the person who buys for it.

    Every variable of a buyer's record is an attribute, ``buyer.volume`` for one.
    """

    kind = "buyer"
    _trust = "buyer_trust_in_seller"

    @property
    def relationships(self) -> list[Relationship]:
        """What it has with each of its suppliers, empty slots left out; see ``Relationship``."""
        own = self.model.relationships[self.first_slot : self.end_slot]
        return [relationship for relationship in own if relationship.seller != NOBODY]

    @property
    def stance(self) -> str | dict[str, float]:
        """How it bargains: the name of its stance, or the items if they are of none.

        Set the name of a stance, an aggressiveness from 0 to 1, or single items by name; for one
        supplier see ``Relationship.stance``. In tables of a run ``stance`` is what it began with.
        """
        items = {name: self.columns[name].item(self.index) for name in STANCE_RANGES}
        return named(items, self.model.parameters)

    @stance.setter
    def stance(self, stance: str | float | Mapping[str, float]) -> None:
        for name, value in items_set(stance, self.model.parameters).items():
            setattr(self, name, value)
        number = math.nan if isinstance(stance, Mapping) else number_of(stance)
        self.columns["aggressiveness"][self.index] = number

    @property
    def aggressiveness(self) -> float:
        """0 trusting, 1 aggressive; nan: other. Setting it sets the stance.

        Setting a single item of the stance leaves it as it is.
        """
        number: float = self.columns["aggressiveness"].item(self.index)
        return number

    @aggressiveness.setter
    def aggressiveness(self, number: float) -> None:
        self.stance = number

    @property
    def suppliers(self) -> list[Salesperson]:
        """The salespeople that it buys from, in the order of ``relationships``."""
        return [self.model.salespeople[r.seller] for r in self.relationships]

    @property
    def measures(self) -> dict[str, float]:
        """Every measure of its own, over the whole run so far."""
        ledger = self.model.market.buyer_ledgers[self.index : self.index + 1]
        names = [measure.name for measure in BUYER_MEASURES]
        return dict(zip(names, table_of(BUYER_MEASURES, ledger)[0].tolist(), strict=True))

    def environment(self) -> None:
        """See its needs shift, and what its suppliers deliver adapt."""
        self.take("environment")

    def audit(self) -> None:
        """Read its records on each supplier when a review is due."""
        self.take("audit")

    def attention(self) -> None:
        """Now and then have a new person buy; the firm and its stance stay."""
        self.take("attention")

    def exploitation(self) -> None:
        """Decide of each supplier whether to use what it disclosed against it."""
        self.take("exploitation")

    def negotiation(self) -> None:
        """Negotiate each contract that has run out, or that a side wants reopened."""
        self.take("negotiation")

    def ordering(self) -> None:
        """Order what it needs, and consider one newcomer for its worst slot."""
        self.take("ordering")

    def delivery(self) -> None:
        """Install capital goods that have arrived, and keep its equipment running."""
        self.take("delivery")

    def inspection(self) -> None:
        """Decide of each delivery whether to inspect it."""
        self.take("inspection")

    def complaint(self) -> None:
        """Voice or swallow this period's problems with each supplier."""
        self.take("complaint")

    def meeting(self) -> None:
        """Spend the hours of the month with each supplier."""
        self.take("meeting")

    def disclosure(self) -> None:
        """Answer each salesperson; what both know then is their understanding."""
        self.take("disclosure")

    def ideas(self) -> None:
        """Bring suppliers ideas for their processes and delivery."""
        self.take("ideas")

    def trust(self) -> None:
        """Learn how far each supplier can be trusted."""
        self.take("trust")

    def accounting(self) -> None:
        """Close its books and learn from them what suppliers really cost."""
        self.take("accounting")

    def evaluation(self) -> None:
        """Weigh each supplier and say how far it wants to engage."""
        self.take("evaluation")

    def turnover(self) -> None:
        """Lose suppliers that failed, and move to the one that took it on."""
        self.take("turnover")

    def word_of_mouth(self) -> None:
        """Ask around about each supplier that is new to it."""
        self.take("word_of_mouth")


@with_variables_of(SALESPERSON)
class Salesperson(Actor):
    """A supplier firm, with the person who sells for it.

    Every variable of a salesperson's record is an attribute, ``salesperson.confidence`` for one.
    """

    kind = "salesperson"
    _trust = "seller_trust_in_buyer"

    @property
    def relationships(self) -> list[Relationship]:
        """What it has with each of its customers; see ``Relationship``."""
        slots = self.model.market.account_slots[self.first_account : self.end_account]
        return [self.model.relationships[slot] for slot in slots.tolist()]

    @property
    def stance(self) -> str:
        """How it deals: the name of the stance that was set last. Setting one sets its items."""
        code: int = self.columns["stance"].item(self.index)
        return list(SELLER_STANCES)[code]

    @stance.setter
    def stance(self, name: str) -> None:
        known("stance", [name], SELLER_STANCES)
        for item, value in SELLER_STANCES[name].items():
            setattr(self, item, value)
        self.columns["stance"][self.index] = list(SELLER_STANCES).index(name)

    @property
    def customers(self) -> list[Buyer]:
        """The buyers that it sells to, in the order of ``relationships``."""
        return [self.model.buyers[r.buyer] for r in self.relationships]

    def audit(self) -> None:
        """Audit its accounts when that is due, and ask the silent."""
        self.take("audit")

    def attention(self) -> None:
        """Spread its hours over its accounts; now and then a new person takes its place."""
        self.take("attention")

    def exploitation(self) -> None:
        """Decide of each customer whether to take extras."""
        self.take("exploitation")

    def offer(self) -> None:
        """Quote, promise and argue."""
        self.take("offer")

    def delivery(self) -> None:
        """Deliver to every account what is due."""
        self.take("delivery")

    def complaint(self) -> None:
        """Make good what it hears of, as far as care and service go."""
        self.take("complaint")

    def disclosure(self) -> None:
        """Speak first: tell each customer more, as much, or less."""
        self.take("disclosure")

    def improvement(self) -> None:
        """Learn to work for each customer."""
        self.take("improvement")

    def ideas(self) -> None:
        """Bring customers ideas for design and production of the part."""
        self.take("ideas")

    def trust(self) -> None:
        """Learn how far each customer can be trusted, and how well it does itself."""
        self.take("trust")

    def accounting(self) -> None:
        """Close its books: profit of each account, and what is left."""
        self.take("accounting")

    def evaluation(self) -> None:
        """Weigh each customer; engage where both want it; offer bonds."""
        self.take("evaluation")

    def turnover(self) -> None:
        """Take on applicants while there is room, or fail and be replaced."""
        self.take("turnover")

    def word_of_mouth(self) -> None:
        """Ask around about each customer that is new to it."""
        self.take("word_of_mouth")
