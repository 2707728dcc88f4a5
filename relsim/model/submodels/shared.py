"""Equations that several submodels use."""

from __future__ import annotations

import math

from relsim.engine.compilation import compiled
from relsim.model.records import Record
from relsim.model.state import LAYERS

NEUTRAL = 0.5
"""Middle of a scale from 0 to 1: what speaks neither for nor against."""

MAX_IDEA_VALUE = 30.0
"""Money/unit: most that ideas can be worth, so that costs stay positive."""

MIN_SHARE = 0.1
"""Share of a usual account: the least units that hours are spread over. Keeps quotes finite."""


@compiled
def clamped(value: float, clamp: float) -> float:
    """The value, or what it is clamped at where that is a number (``nan`` leaves it free).

    >>> clamped(0.5, 0.8), clamped(0.5, float("nan"))
    (0.8, 0.5)
    """
    return clamp if clamp == clamp else value


@compiled
def stance_item(everywhere: float, here: float) -> float:
    """An item of the buyer's stance in a relationship: what is set for it, else the buyer's own.

    Items act so on what is between the two: quotes called for, demand, length of the contract, use
    of what was disclosed, what counts beside the price, how far ahead the relationship is valued.
    How often a buyer looks for newcomers and how it judges one is of no relationship: there its
    own hold.

    >>> stance_item(0.12, float("nan")), stance_item(0.12, 0.02)
    (0.12, 0.02)
    """
    return here if here == here else everywhere


@compiled
def exponential_average(value: float, target: float, rate: float) -> float:
    """A moving average one step on: ``value + rate * (target - value)``.

    >>> exponential_average(4.0, 8.0, 0.25)
    5.0
    """
    return value + rate * (target - value)


@compiled
def power(base: float, count: float) -> float:
    """``base ** floor(count)`` by multiplying: so it has the same bits compiled and in Python.

    >>> power(0.5, 3.0), power(0.5, 3.9), power(0.5, 0.0)
    (0.125, 0.125, 1.0)
    """
    product = 1.0
    for _ in range(int(count)):
        product = product * base
    return product


@compiled
def steps_while_marginal_gain(gain: float, factor: float, cost: float, max_steps: float) -> float:
    """How many steps somebody takes who goes on while the next one pays.

    Step ``n + 1`` is taken if ``gain * factor**n > cost``.

    >>> steps_while_marginal_gain(100.0, 0.5, 20.0, 12.0)
    3.0
    >>> steps_while_marginal_gain(100.0, 0.5, 20.0, 2.0)
    2.0
    """
    steps = 0
    share = 1.0
    while gain * share > cost and steps < max_steps:
        steps += 1
        share = share * factor
    return min(float(steps), float(math.ceil(max_steps)))


@compiled
def relationship_value(balance: float, horizon: float, replacement: float) -> float:
    """What a relationship is worth to a side: what ending it would forgo and cost (B1, B14).

    ``max(0, balance) * horizon + replacement``: what it gives a month over the horizon, if
    anything, and the cost of replacing it.

    >>> relationship_value(100.0, 24.0, 0.0), relationship_value(-50.0, 24.0, 1500.0)
    (2400.0, 1500.0)
    """
    return max(0.0, balance) * horizon + replacement


@compiled
def disclosed_share(disclosed: float) -> float:
    """Disclosure as a share of all there is to disclose.

    >>> disclosed_share(1.5)
    0.5
    """
    # Multiplied, not divided: seven times a relationship and month, and dividing takes four times
    # as long.
    return disclosed * (1.0 / LAYERS)


@compiled
def disclosed_by_both(by_buyer: float, by_seller: float) -> float:
    """How much of a domain both have disclosed: the mean of what each did (A6, B10).

    >>> disclosed_by_both(3.0, 1.5)
    0.75
    """
    return disclosed_share(0.5 * (by_buyer + by_seller))


@compiled
def plans_known(disclosed: float) -> float:
    """Knowing the other's plans is knowing its second and third business layer (KJ22, B10).

    ``max(0, disclosed - 1) / 2``: general talk is no plan.

    >>> plans_known(0.8), plans_known(2.0), plans_known(3.0)
    (0.0, 0.5, 1.0)
    """
    return 0.5 * max(0.0, disclosed - 1.0)


@compiled
def plans_known_by_both(p: Record, by_buyer: float, by_seller: float) -> float:
    """How far both know each other's plans; all talk counts where that is switched off."""
    if p.with_deeper_plans > 0.0:
        return 0.5 * (plans_known(by_buyer) + plans_known(by_seller))
    return disclosed_by_both(by_buyer, by_seller)


@compiled
def shortened(hours: float, understanding: float, saving: float) -> float:
    """Hours that a matter takes two who understand each other: ``h * (1 - saving * u)`` (A6).

    >>> shortened(2.0, 0.5, 0.5)
    1.5
    """
    return hours * (1.0 - saving * understanding)


@compiled
def quality_cost(capability: float, capability_cost: float) -> float:
    """What better goods cost more to make, in money a unit: ``capability_cost * capability``.

    >>> quality_cost(0.5, 4.0)
    2.0
    """
    return capability_cost * capability


@compiled
def learned_saving(unit_cost: float, skill: float, cost_by_skill: float) -> float:
    """What a seller saves a unit by having learned to work for a customer (W36, A99).

    ``unit_cost * cost_by_skill * skill``.

    >>> round(learned_saving(70.0, 0.5, 0.04), 6)
    1.4
    """
    return unit_cost * cost_by_skill * skill


@compiled
def shared_gain(idea_value: float, idea_share: float) -> float:
    """What the giver of an idea keeps of its gain, in money a unit (D96): ``idea_share * value``.

    >>> shared_gain(2.0, 0.5)
    1.0
    """
    return idea_share * idea_value


@compiled
def cost_quoted(p: Record, r: Record, seller: Record) -> float:
    """Cost of a unit that a quote to this account starts from.

    What was learned together lowers it, and of the gain by the buyer's process ideas the part that
    is the buyer's (B20). What is the seller's of its own ideas is not given away.
    """
    cost: float = (
        seller.unit_cost
        + p.with_full_cost * quality_cost(seller.capability, p.capability_cost)
        - p.with_improvement * learned_saving(seller.unit_cost, r.skill, p.cost_by_skill)
    )
    if p.with_shared_gains > 0.0:
        cost -= shared_gain(r.process_idea_value, p.idea_share)
    else:
        cost -= r.process_idea_value
    return cost


@compiled
def cost_of_unit(p: Record, r: Record, seller: Record) -> float:
    """Cost of making a unit for an account, less what ideas of either side gain the seller."""
    cost: float = cost_quoted(p, r, seller)
    if p.with_shared_gains > 0.0:
        cost -= r.process_idea_value - shared_gain(r.process_idea_value, p.idea_share)
        cost -= shared_gain(r.idea_value, p.idea_share)
    return cost


@compiled
def idea_saving(p: Record, r: Record) -> float:
    """What a supplier's ideas save the buyer a unit: their value, less what the supplier keeps."""
    saving: float = r.idea_value
    if p.with_shared_gains > 0.0:
        saving -= shared_gain(r.idea_value, p.idea_share)
    return saving


@compiled
def min_units(p: Record) -> float:
    """Least units in a month that hours and losses are spread over."""
    least: float = MIN_SHARE * p.units_per_account
    return least


@compiled
def usual_volume(p: Record) -> float:
    """Units a month of a supplier with an equal share of the market: overhead is for them."""
    units: float = p.volume * p.buyers / p.salespeople
    return units


@compiled
def per_usual_account(count: float, usual_units: float, units_per_account: float) -> float:
    """Problems as they would be in an account of usual size: ``count * units_per_account / units``.

    Large accounts have more problems at the same quality; what is felt is how often a unit fails.

    >>> per_usual_account(3.0, 600.0, 200.0)
    1.0
    """
    return count * units_per_account / usual_units


@compiled
def felt(p: Record, r: Record, count: float) -> float:
    """Problems or grievance of a relationship as they would be in an account of usual size."""
    share: float = per_usual_account(count, max(min_units(p), r.usual_units), p.units_per_account)
    return share


@compiled
def transaction_hours(r: Record) -> float:
    """Hours of the month on transaction matters: haggling, clauses and blame (B16)."""
    hours: float = r.haggling_hours + r.contract_hours + r.blame_hours
    return hours


@compiled
def is_managed(p: Record, seller: Record) -> float:
    """1 if a key account manager answers for the whole account, else 0 (B4)."""
    managed: float = seller.key_account_manager * p.with_key_account_manager
    return managed
