"""Equations: more of an argument moves the value one way only, and bounds are kept.

Arguments lie anywhere in their ranges: those of the table of parameters, or those below.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import pytest
from equations import check_bounds, check_direction

from relsim.parameters import table
from relsim.parameters.stances import STANCE_RANGES

NAMES_BY_RANGE = {
    (-400_000.0, 1_000_000.0): "cash",
    (-20_000.0, 50_000.0): "usual_profit",
    (-3000.0, 3000.0): "balance",
    (-2000.0, 20_000.0): "fixed",
    (-40.0, 40.0): "drive",
    (-5.0, 5.0): "promise",
    (-2.5, 2.5): "quality",
    (-2.0, 2.0): "expected_quality net",
    (-2.0, 3.0): "liking",
    (-1.0, 1.0): "capability care",
    (-1.0, 2.0): "accustomed_quality gain promised",
    (-0.5, 3.0): "personal_boundary",
    (0.0, 0.003): "flexibility",
    (0.0, 0.15): "effort",
    (0.0, 0.2): "exit_exposure",
    (0.0, 0.4): "markup",
    (0.0, 0.5): "price_pressure",
    (0.0, 0.8): "saving",
    (0.0, 0.999): "occurs size uniform",
    (0.0, 1.0): (
        "acquainted argued asked business_engagement buyer_dependence closeness commitment "
        "confidence contact familiarity faults heard initial_trust key_account_manager known "
        "offered overpromising partnership promises_kept service service_share share skill "
        "trust understanding unprotected_share value weight_of_feeling"
    ),
    (0.0, 2.0): "attention listening load target trend",
    (0.0, 3.0): (
        "business_by_buyer business_by_seller by_buyer by_seller disclosed disclosure_used "
        "integrity level need_shift other personal_by_buyer personal_by_seller"
    ),
    (0.0, 4.0): "harm others",
    (0.0, 6.0): "bonds",
    (0.0, 8.0): "personal_hours",
    (0.0, 10.0): ("accounts inspection_fear mean remedied sources swallowed unsettled"),
    (0.0, 15.0): "bad good",
    (0.0, 20.0): "count grievance",
    (0.0, 24.0): "clauses rounds",
    (0.0, 30.0): "believed_loss engineer_hours idea_value stake_per_unit",
    (0.0, 40.0): "joint_hours planned",
    (0.0, 60.0): "transaction usual_seller_hours",
    (0.0, 100.0): "engaged",
    (0.0, 120.0): "age",
    (0.0, 250.0): "weight",
    (0.0, 1500.0): "band",
    (0.0, 5000.0): "hours_money inspection units units_at_risk",
    (0.0, 6000.0): "wanted",
    (0.0, 10_000.0): "account_prospect charges",
    (0.0, 15_000.0): "loss",
    (0.0, 20_000.0): "account_return elsewhere",
    (0.0, 50_000.0): "delay failure",
    (0.0, 100_000.0): "other_returns replacement switching",
    (0.0, 200_000.0): "monthly_spend",
    (0.0, 400_000.0): "in_use production",
    (0.0, 500_000.0): "relationship_value revenue",
    (0.0, 3_000_000.0): "contract_value",
    (2e-05, 0.002): "binding_harm",
    (0.01, 0.4): "pace",
    (0.05, 0.9): "rate",
    (0.05, 20.0): "proneness",
    (0.1, 0.9): "prior",
    (0.1, 1.0): "firm_memory",
    (0.2, 2.0): "risk",
    (0.5, 1.5): "rivals",
    (0.5, 15.0): "choice_scale",
    (0.7, 1.0): "grievance_monthly_decay",
    (0.89, 0.99): "disclosure_monthly_decay",
    (0.89, 0.995): "idea_monthly_decay",
    (1.0, 24.0): "min_months",
    (1.0, 60.0): "months",
    (5.0, 500.0): "cost_of_clause",
    (10.0, 40.0): "hours_each",
    (10.0, 5000.0): "usual_units",
    (10.0, 10_000.0): "cost_of_reopening",
    (40.0, 60.0): "cost",
    (40.0, 200.0): "hours",
    (50.0, 5000.0): "normal_units",
    (50.0, 20_000.0): "cost_of_round",
    (60.0, 100.0): "cheapest",
    (60.0, 130.0): "price",
    (60.0, 150.0): "alternative own",
    (70.0, 110.0): "floor reservation",
    (70.0, 130.0): "best_rival demand",
    (80.0, 120.0): "fair_quote",
    (80.0, 130.0): "quote",
    (100.0, 5000.0): "capacity",
    (110.0, 150.0): "full",
    (250.0, 2500.0): "total_weight",
    (500.0, 10_000.0): "usual_volume",
    (500.0, 50_000.0): "renegotiation",
}
RANGES = {
    **{entry.name: (entry.low, entry.high) for entry in table()},
    **STANCE_RANGES,
    **{name: bounds for bounds, names in NAMES_BY_RANGE.items() for name in names.split()},
}

OWN_RANGES = {
    "accounting.account_profit": {"service": (0.0, 30_000.0), "hours": (0.0, 5000.0)},
    "choice.believed_promise_value": {"promised": (0.0, 2.0)},
    "choice.gain_of_leaving": {"own": (60.0, 160.0), "alternative": (60.0, 160.0)},
    "choice.marginal_cost": {"loss": (0.0, 60.0), "weight": (0.0, 1.0)},
    "complaint.blame_pays": {"cost": (10.0, 1000.0)},
    "complaint.remedy_chance": {"service": (0.0, 1.5)},
    "delivery.quality": {"loss": (0.0, 2.0)},
    "delivery.service_afforded": {"hours": (0.0, 30.0), "overhead": (0.0, 10.0)},
    "disclosure.contact_share": {"hours": (0.0, 40.0)},
    "disclosure.familiarity_after": {"hours": (0.0, 40.0)},
    "equipment.installation_help": {"service": (0.0, 1.5)},
    "equipment.wear": {"service_life": (120.0, 240.0)},
    "evaluation.bond_pays": {"usual_profit": (-5000.0, 30_000.0), "horizon": (3.0, 60.0)},
    "evaluation.wish": {"engaged": (0.0, 1.0)},
    "exploitation.extras_on_offer": {"price": (50.0, 150.0)},
    "exploitation.is_tempted": {"gain": (0.0, 50_000.0)},
    "ideas.idea_value_after": {"idea_value": (0.0, 40.0)},
    "ideas.is_offered": {"gain": (0.05, 1.0)},
    "improvement.skill_after": {"joint_hours": (0.0, 60.0)},
    "meeting.contact_hours": {"hours": (3.0, 16.0)},
    "negotiation.haggling_rounds": {"units": (10.0, 50_000.0)},
    "offer.fair_quote": {"service": (0.0, 10.0)},
    "ordering.attraction": {"cost": (100.0, 160.0)},
    "shared.exponential_average": {"target": (0.0, 1.0), "rate": (0.01, 1.0)},
    "shared.per_usual_account": {"units_per_account": (50.0, 500.0)},
    "shared.relationship_value": {"balance": (-10_000.0, 10_000.0)},
    "shared.shortened": {"hours": (0.0, 8.0)},
}
"""Where an argument of the same name is something else."""

DIRECTIONS = """
accounting.account_profit +revenue -production -service -hours
accounting.loss_per_unit +failure -usual_units
accounting.units_bearing_loss +in_use
attention.account_weight +usual_profit +account_prospect
attention.attention_after +attention +target -erosion +effort
attention.attention_target +weight -total_weight +hours -standard_hours +max_effort
attention.engineers_for +account_return -other_returns -elsewhere +engineer_pool
attention.expected_return +trust +usual_profit
attention.hours_left +hours -engaged
attention.inherited +trust +initial_trust
audit.drifted +faults +erosion
audit.warning -trend -promises_kept -attention -rivals +audit_tolerance
choice.believed_promise_value +promised +trust +promises_kept
choice.damages +price -cost +usual_units +months
choice.effective_weight +argued +trust +life_cycle_weight
choice.feared_loss -trust +exit_exposure
choice.gain_of_leaving +own -alternative -switching -bonds
choice.marginal_cost +price +loss -idea_value +grievance -promise
complaint.blame_pays +loss -trust -cost
complaint.grievance_after +swallowed +unsettled -remedied +grievance_monthly_decay
complaint.remedy_chance +remedy_rate +attention +service +listening
complaint.voice_drive +asked +candour +promises_kept +attention +commitment
complaint.voice_probability +drive
contracts.at_stake_in_renegotiation -trust +skill +specific_months +monthly_spend
contracts.clauses_wanted -trust +contract_value +clause_exposure -cost_of_clause
contracts.contract_months +trust +renegotiation -monthly_spend -flexibility +min_months \
    +max_contract_months
contracts.is_reopened -trust +need_shift -cost_of_reopening
delivery.capacity_after +wanted +units_per_account
delivery.care_taken +attention +confidence
delivery.delay_cost +delay_loss +load -service
delivery.financial_health +cash +working_capital
delivery.is_kept +quality +promise_tolerance -promised -accustomed_quality
delivery.production_quality_loss +departmental_interest +load
delivery.quality +capability +care +service +known -loss
delivery.service_afforded +price -unit_cost -hours +service_share -overhead +max_effort
delivery.service_quality_loss +departmental_interest -service
disclosure.contact_share +hours -contact_hours
disclosure.familiarity_after +familiarity +hours -familiarity_hours
disclosure.harm_of_layer +level +layer_growth
disclosure.hours_as_persons +joint_hours +personal_hours +work_weight
disclosure.level_after +net +pace +contact +level
disclosure.net_gain +trust -level +other +gain -risk +acquainted
disclosure.understanding +business_by_buyer +personal_by_seller
environment.adaptation +known +joint_hours +listening +adaptation_alone +adaptation_together \
    -contact_hours
environment.need_shift -occurs +size +change_probability +uncertainty
equipment.installation_help +service +joint_hours -contact_hours
equipment.wear +age +equipment_harm
evaluation.bond_pays +usual_profit -commitment -buyer_dependence +bond_hold -bond_cost \
    +partnership
evaluation.buyer_reward +alternative -own -hours_money
evaluation.engagement_balance +understanding +trust -hours_money
evaluation.personal_balance +liking +closeness -personal_boundary +trust
evaluation.wish +balance +engaged
exploitation.extras_on_offer +exploitation_rate +buyer_dependence +disclosed +unprotected_share
exploitation.is_tempted +gain -relationship_value -detection -integrity
exploitation.leverage_from_disclosure +disclosed -disclosure_used +unprotected_share \
    +leverage_use +exploitation_rate
exploitation.protection -clauses +clause_strength
ideas.idea_chance +understanding +joint_hours +listening
ideas.idea_value_after +offered +idea_monthly_decay
ideas.is_offered +trust +gain -harm
improvement.skill_after +skill +joint_hours +known +learning_rate
inspection.loss_avoided -trust +believed_loss +inspection_fear +catch_rate +units_at_risk
meeting.contact_hours +attention +business_engagement +engineer_hours
meeting.joint_hours +planned -transaction
negotiation.agreed_price -rounds +reservation +demand
negotiation.competing_bid +floor +full -others
negotiation.delay_of_round +impatience +contract_value
negotiation.expected_reduction -trust -known +padding_rate -best_rival
negotiation.haggling_rounds +stake_per_unit +units -cost_of_round
negotiation.reservation_price +best_rival +fair_quote +incumbent_premium
offer.argument +partnership +attention
offer.departmental_autonomy -key_account_manager
offer.fair_quote +unit_cost +hours +service +overhead +markup
offer.hours_per_unit +usual_seller_hours -normal_units
offer.keen_markup +markup +accounts -hours +hours_each
offer.lowest_price +unit_cost +hours +floor_markup
offer.overhead_per_unit +overhead -usual_volume
offer.pad -trust +price_pressure
offer.promise +overpromising
offer.sales_overpromise +departmental_interest -load
ordering.attraction -cost
ordering.dependence +share +bonds
ordering.search_chance +search_by_grievance +grievance
problems.poisson +mean +uniform
problems.problem_rate +units_at_risk +proneness
problems.proneness -quality
shared.disclosed_by_both +by_buyer +by_seller
shared.exponential_average +value +target
shared.learned_saving +unit_cost +skill +cost_by_skill
shared.per_usual_account +count -usual_units
shared.plans_known +disclosed
shared.quality_cost +capability
shared.relationship_value +balance +replacement
shared.shared_gain +idea_value +idea_share
shared.shortened -understanding
trust.at_risk +disclosed +unprotected_share
trust.commitment_after +relationship_value +trust
trust.trust_after +good -bad
word_of_mouth.initial_trust +prior +heard
"""
BOUNDS = {
    "attention.attention_target": (0.0, 2.0),
    "delivery.service_afforded": (0.0, 2.0),
    "disclosure.level_after": (0.0, 3.0),
    "contracts.clauses_wanted": (0.0, 24.0),
    "negotiation.haggling_rounds": (0.0, 24.0),
    "ideas.idea_value_after": (0.0, 30.0),
    "attention.engineers_for": (0.0, 120.0),
    "attention.hours_left": (0.0, 200.0),
    "contracts.contract_months": (1.0, 96.0),
    "negotiation.competing_bid": (70.0, 150.0),
}
SHARES = """
audit.drifted choice.effective_weight complaint.remedy_chance complaint.voice_probability
delivery.financial_health disclosure.contact_share disclosure.familiarity_after
disclosure.understanding environment.adaptation equipment.installation_help
exploitation.protection ideas.idea_chance improvement.skill_after ordering.attraction
ordering.dependence shared.disclosed_by_both shared.exponential_average shared.plans_known
trust.at_risk trust.commitment_after trust.trust_after word_of_mouth.initial_trust
"""


def equation(name: str) -> Callable[..., Any]:
    room, _, function = name.partition(".")
    return getattr(importlib.import_module(f"relsim.model.submodels.{room}"), function)


def ranges_of(name: str) -> dict[str, tuple[float, float]]:
    return RANGES | OWN_RANGES.get(name, {})


@pytest.mark.parametrize(
    ("name", "signed"),
    [(row.split()[0], each) for row in DIRECTIONS.split("\n") for each in row.split()[1:]],
)
def test_direction(name: str, signed: str) -> None:
    sign = {"+": 1, "-": -1}[signed[0]]
    check_direction(equation(name), signed[1:], sign, ranges_of(name))


@pytest.mark.parametrize("life", [(0.0, 0.0), (1.0, 240.0)])
def test_what_lasts_bears_the_losses_of_its_life_and_what_is_used_up_those_of_the_month(
    life: tuple[float, float],
) -> None:
    argument, sign = ("service_life", -1) if life[1] else ("usual_units", 1)
    ranges = RANGES | {"service_life": life}
    check_direction(equation("accounting.units_bearing_loss"), argument, sign, ranges)


@pytest.mark.parametrize("name", [*BOUNDS, *SHARES.split()])
def test_bounds(name: str) -> None:
    check_bounds(equation(name), *BOUNDS.get(name, (0.0, 1.0)), ranges_of(name))
