"""Every parameter in one table: default, range, unit, meaning, source, reason of the range.

One line a parameter, and nothing twice: sliders, command-line help, bounds of sweeps and the table
in ODD.md are made from here. Sources are the keys of the bibliography; ``assumption`` marks what
the sources leave open, ``calibrated`` what was tuned on the calibration table.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


def _span(default: float, low: float, high: float) -> str:
    """A range that has no other reason than to be wide: how wide it is.

    >>> _span(2.0, 0.5, 3.0), _span(2.0, 0.0, 4.0)
    ('wide: 0.25 to 1.5 times the default', 'wide: none to 2 times the default')
    """
    if default == 0.0:
        raise ValueError("a default of 0 needs a reason for its range")
    least, most = sorted((low / default, high / default))
    return f"wide: {f'{least:.2g}' if least else 'none'} to {most:.2g} times the default"


def _number(
    default: float,
    low: float,
    high: float,
    unit: str,
    meaning: str,
    source: str = "assumption",
    why: str | None = None,
    *,
    fixed: bool = False,
    monthly: str = "",
) -> Any:
    """A numeric parameter: one line of the table.

    ``fixed`` is used when a run is set up, so that changing it later would do nothing; of a
    half-life, ``monthly`` is what equations call the share that is left after a month.
    """
    reason = why or _span(default, low, high)
    extra: dict[str, Any] = {"unit": unit, "source": source, "why": reason}
    extra |= {"fixed": fixed, "monthly": monthly}
    return Field(default, ge=low, le=high, description=meaning, json_schema_extra=extra)


class Fields(BaseModel):
    """The values of all parameters, each within its range."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, allow_inf_nan=False)

    # fmt: off
    # --- population and time -----------------------------------------------------------------
    buyers: int = _number(40, 1, 1_000_000, "count", "buyers", why="memory", fixed=True)
    salespeople: int = _number(40, 1, 1_000_000, "count", "salespeople, one a firm", why="memory", fixed=True)
    suppliers_per_buyer: int = _number(4, 1, 64, "count", "suppliers a buyer has room for", why="memory", fixed=True)
    periods: int = _number(120, 1, 12_000, "month", "length of a run", why="a month to a millennium", fixed=True)
    warm_up: int = _number(24, 0, 240, "month", "neutral buying before period 0", why="none to twenty years", fixed=True)
    contacts: int = _number(4, 0, 64, "count", "peers that a buyer, or a salesperson, hears from", why="none to many", fixed=True)

    # --- who they are ------------------------------------------------------------------------
    buyer_stances: str | list[str] | dict[str, float] | None = Field(
        None, description="stance of all buyers, one each, or shares of a mixture"
    )
    aggressiveness: float | list[float] | None = Field(
        None, description="0 (trusting) to 1 (aggressive), for all buyers or one each"
    )
    stance_items: dict[str, float] = Field(
        default_factory=dict, description="items of every buyer's stance set apart from the stance"
    )
    seller_stances: str | list[str] | dict[str, float] = Field(
        default_factory=lambda: {"honest": 0.55, "over_promising": 0.15, "opportunist": 0.15, "partner_minded": 0.15},
        description="stance of all sellers, one each, or shares of a mixture",
    )
    volume: float = _number(2000.0, 200.0, 20000.0, "unit/month", "mean need of a buyer", "HCK", why="a tenth to ten times", fixed=True)
    volume_spread: float = _number(0.3, 0.0, 0.8, "log sd", "spread of needs between buyers", why="alike to a factor of five", fixed=True)
    candour: float = _number(0.5, 0.0, 1.0, "0 to 1", "mean readiness to say what is wrong", "ASR", "closed to open", fixed=True)
    person_spread: float = _number(0.3, 0.0, 0.6, "sd", "spread of candour, integrity, personal boundaries and affinity between persons", "KJ22", "alike to all kinds")
    personal_boundary: float = _number(0.5, 0.0, 1.5, "gain", "mean firmness of personal boundaries", "KJ22", "none to closed")
    affinity: float = _number(0.8, 0.0, 2.0, "gain", "mean gladness to spend free time together", "KJ22", "strangers to friends")
    unit_cost: float = _number(70.0, 50.0, 85.0, "money/unit", "mean cost of making a unit", why="list price is about 80")
    unit_cost_spread: float = _number(2.0, 0.0, 6.0, "sd", "spread of cost between sellers", why="alike to strongly unlike")
    capability_cost: float = _number(4.0, 0.0, 12.0, "money/unit", "what a unit of one more quality costs more to make", "ASR", "free to dear")
    markup: float = _number(0.02, 0.01, 0.3, "share of cost", "mean markup", why="commodity to speciality", fixed=True)
    capability_spread: float = _number(0.25, 0.0, 0.6, "sd", "spread of sellers' capability", why="alike to unlike")
    spare_capacity: float = _number(0.4, 0.0, 1.0, "share", "capacity beyond the mean load", why="tight to ample")
    practice_share: float = _number(0.5, 0.0, 1.0, "share", "firms with each good practice: audits, contact with the silent, one person for the whole account, engineers who visit customers; buyers that review their records", "L83", "none to all", fixed=True)
    effort_share: float = _number(1.0, 0.0, 1.0, "share", "sellers that make the deliberate effort to keep up attention", "L83", "none to all", fixed=True)
    service_in_price_share: float = _number(0.5, 0.0, 1.0, "share", "sellers whose price carries later service", "ASR", "none to all", fixed=True)

    # --- money and hours in general ----------------------------------------------------------
    wage: float = _number(60.0, 20.0, 120.0, "money/hour", "cost of an hour of either side", "HCK", why="clerk to engineer")
    units_per_account: float = _number(500.0, 100.0, 5000.0, "unit/month", "units that problem rates refer to", why="scale only")
    smoothing: float = _number(0.1, 0.03, 0.3, "1/month", "how fast averages move", why="three months to three years")
    seller_horizon: float = _number(24.0, 3.0, 60.0, "month", "how far ahead sellers count", why="a quarter to five years")

    # --- 1 environment -----------------------------------------------------------------------
    uncertainty: float = _number(0.3, 0.0, 1.0, "shock", "mean size of a change of needs", "DC03", "still to turbulent")
    change_probability: float = _number(0.1, 0.0, 0.3, "1/month", "chance of a change of needs", why="never to every quarter")
    adaptation_alone: float = _number(0.08, 0.02, 0.2, "1/month", "misfit worked off without the partner's plans")
    adaptation_together: float = _number(0.6, 0.0, 1.0, "1/month", "misfit worked off with plans known and joint work", "ASR", "none to at once")
    misfit_cost: float = _number(1500.0, 0.0, 5000.0, "money", "monthly loss by a misfit of one shock on a usual account", why="harmless to harmful")

    # --- 2 audit -----------------------------------------------------------------------------
    audit_interval: int = _number(6, 1, 24, "month", "months between audits and reviews", "L83", "monthly to every two years")
    inquiry_hours: float = _number(1.0, 0.2, 4.0, "hour", "hours to audit an account, review a supplier, ask a silent customer or voice a problem", why="a call to half a day")
    audit_repair: float = _number(0.6, 0.2, 1.0, "share", "faulty habits that remain after an audit", "L83", "most to none repaired")
    audit_tolerance: float = _number(0.85, 0.5, 1.0, "share", "orders, promises, attention below which an audit warns", why="late to early warning")

    # --- 3 attention -------------------------------------------------------------------------
    selling_hours: float = _number(100.0, 20.0, 200.0, "hour/month", "hours a salesperson has for its accounts", "ZSL", why="overloaded to idle")
    standard_hours: float = _number(20.0, 10.0, 40.0, "hour/month", "hours that count as full attention", "ZSL")
    max_effort: float = _number(1.2, 1.0, 2.0, "ratio", "most attention or service that is of use", why="the standard to twice it")
    account_prospect: float = _number(2000.0, 100.0, 10000.0, "money/month", "profit a seller takes for fair: of any account as a prospect, or of other work")
    erosion: float = _number(0.05, 0.01, 0.15, "1/month", "attention that is lost by itself", "L83", "slow to fast")
    deliberate_effort: float = _number(0.9, 0.0, 1.0, "share", "attention renewed over attention lost", "L83", "none to full")
    care_hours: float = _number(5.0, 1.0, 10.0, "hour/month", "hours behind the scenes at full attention")
    customer_time_hours: float = _number(2.0, 0.5, 8.0, "hour/month", "engineers' hours with a customer", "ASR", "a word to a day")
    staff_turnover: float = _number(0.008, 0.0, 0.03, "1/month", "chance that a salesperson, or a buyer's person, leaves", why="never to every three years")
    firm_memory: float = _number(0.7, 0.3, 1.0, "share", "business knowledge that stays when a salesperson leaves", why="half to all")

    # --- 4 exploitation ----------------------------------------------------------------------
    exploitation_rate: float = _number(0.06, 0.0, 0.2, "share", "share of a price that can be pressed, or of spend that can be taken on top, where all was disclosed", "DC03", "harmless to harmful")
    leverage_months: float = _number(6.0, 1.0, 24.0, "month", "months a buyer expects a pressed price to last")
    detection: float = _number(0.3, 0.05, 0.9, "chance", "chance that exploitation is found out", why="hidden to open")
    ideas_shopped: float = _number(0.3, 0.0, 1.0, "share", "value that a shopped idea has with another supplier", "DC03", "none to all")
    betrayal_by_buyer: float = _number(0.0, 0.0, 1.0, "share", "relationships in which the buyer is found out betraying; for interventions", why="none to all")
    monthly_variation: float = _number(0.4, 0.0, 0.8, "share", "how temptation, the harm of an idea, what depends on a lot and the mood to disclose vary from month to month", why="none to strong")

    # --- 5 offer -----------------------------------------------------------------------------
    padding_rate: float = _number(0.1, 0.0, 0.25, "share", "padding of a quote to a buyer not trusted at all", why="none to a quarter")
    promise_reach: float = _number(0.5, 0.1, 1.0, "quality", "how far over-promising goes beyond what is expected", "ASR", "little to much")
    floor_markup: float = _number(0.02, 0.0, 0.1, "share of cost", "least markup a seller accepts")

    # --- 6 negotiation -----------------------------------------------------------------------
    round_hours: float = _number(1.0, 0.5, 30.0, "hour", "hours of a round of haggling, a side", "assumption", "a phone call to a day")
    opening_hours: float = _number(134.0, 5.0, 400.0, "hour", "hours to open and write any contract", "calibrated")
    document_hours: float = _number(4.0, 1.0, 16.0, "hour", "hours of a clause, of a rival's quote, or of writing needs anew", "assumption", "standard form to lawyers")
    gap_closing: float = _number(0.7, 0.5, 0.9, "share", "part of the gap that is left after a round", why="fast to slow")
    impatience: float = _number(0.002, 0.0, 0.02, "share", "part of a contract's value that the delay by a round costs: a week at a tenth a year", "R82", "patient to pressed")
    incumbent_premium: float = _number(0.01, 0.0, 0.05, "share", "premium over a rival's quote for being known")
    clause_exposure: float = _number(0.0015, 0.0, 0.02, "share of contract value", "harm feared under a contract without clauses", "assumption", "none to a tenth")
    clause_strength: float = _number(0.75, 0.5, 0.95, "share", "exposure that one more clause leaves open")
    binding_harm: float = _number(0.0004, 0.0001, 0.002, "share/month", "harm of being bound to one not trusted at all", "D96")
    specific_months: float = _number(0.25, 0.0, 1.0, "month", "months of spend that could be held up where all has been learned for one partner", "J87", "none to a month")
    rebid_value: float = _number(7e-05, 0.0, 0.0003, "share/month", "gain of a fresh bid, for one rebid a year in the stance", "D96", "none to four times the default")
    max_contract_months: float = _number(60.0, 12.0, 96.0, "month", "longest contract", "D96", why="a year to five")
    change_harm: float = _number(0.005, 0.0, 0.05, "share", "harm feared from a partner not trusted after a change of one", why="none to a fifth")
    understanding_saving: float = _number(0.5, 0.0, 0.8, "share", "hours that full understanding saves", "KJ22", "none to most")

    # --- 7 ordering --------------------------------------------------------------------------
    purchase_interval: int = _number(1, 1, 60, "month", "months between purchases", "ASR", "each month to every five years", fixed=True)
    promise_value: float = _number(3.0, 0.0, 10.0, "money/unit", "value of a promise of one more quality, if believed", "ASR", "deaf to eager")
    choice_scale: float = _number(5.0, 1.0, 15.0, "money/unit", "difference of cost that shifts orders by a factor e", "WKH00", "sharp to blunt")
    grievance_weight: float = _number(0.8, 0.0, 3.0, "money/unit", "what a grievance of one problem counts", "ASR", "forgiving to bitter")
    switching_cost: float = _number(3000.0, 0.0, 100000.0, "money", "cost of moving to a new supplier", "GN06", "free to prohibitive")
    acquisition_cost: float = _number(30000.0, 0.0, 150000.0, "money", "cost of winning new orders in place of all that a seller has", why="none to five months of a salesperson, whose month is the default")
    bond_hold: float = _number(0.2, 0.0, 0.6, "share", "dependence that one bond adds", "ASR", "none to strong")
    exit_exposure: float = _number(0.01, 0.0, 0.1, "share of spend", "loss feared from one not trusted at all, when leaving is weighed", "DC03", "none to a tenth")
    search_by_grievance: float = _number(0.12, 0.0, 0.4, "1/problem/month", "more search for each problem of a usual account not forgotten", "K95", "none to much")

    # --- 8 delivery --------------------------------------------------------------------------
    lead_time: int = _number(0, 0, 24, "month", "months from order to delivery", "ASR", "from stock to built to order", fixed=True)
    full_service_money: float = _number(4.0, 1.0, 15.0, "money/unit", "money that full service takes", "ASR", "little to much service")
    service_share: float = _number(0.5, 0.1, 1.0, "share", "part of the margin over cost and hours that goes into service", "ASR", "little to all")
    departmental_interest: float = _number(0.15, 0.0, 0.5, "quality", "quality lost, or promised too much, where production, service or sales follow only their own objective", "ASR", "none to much")
    shading: float = _number(0.6, 0.0, 1.5, "quality", "quality an opportunist shades where nobody inspects", "DC03", "none to much")
    quality_by_care: float = _number(0.8, 0.0, 1.5, "quality", "quality by full attention, and by full service", "L83", "none to much")
    quality_by_knowledge: float = _number(0.4, 0.0, 1.0, "quality", "quality by knowing the buyer's plans", "ASR", "none to much")
    quality_by_faults: float = _number(0.5, 0.0, 1.5, "quality", "quality lost by faulty habits", "L83", "none to much")
    quality_by_skill: float = _number(0.6, 0.0, 1.5, "quality", "quality by all that can be learned for a customer", "KMD03", "none to much")
    cost_by_skill: float = _number(0.04, 0.0, 0.1, "share of cost", "cost saved by all that can be learned for a customer", "A99", "none to a tenth")
    learning_rate: float = _number(0.0012, 0.0, 0.02, "1/hour", "share of what is left to learn that an hour of joint work teaches", "W36", "none to fast")
    confidence_effect: float = _number(0.4, 0.0, 1.0, "share", "how far self-confidence makes attention count", "KJ22", "none to much")
    delivery_noise: float = _number(0.3, 0.05, 0.8, "quality", "random variation of a delivery", why="sure to erratic")
    promise_tolerance: float = _number(0.6, 0.0, 0.8, "quality", "shortfall that passes for a promise kept", "ASR", "exacting to lenient")
    serious_rate: float = _number(0.25, 0.05, 0.8, "1/month", "serious problems of a usual account at mean quality", why="rare to frequent")
    small_rate: float = _number(1.2, 0.2, 4.0, "1/month", "small problems of a usual account at mean quality", why="rare to frequent")
    delay_loss: float = _number(2.0, 0.0, 10.0, "money/unit", "delay cost where there is no service, or at a load of twice the capacity", "ASR", "none to much")
    service_life: int = _number(0, 0, 240, "month", "life of equipment; 0 if consumed at once", "ASR", "none to twenty years", fixed=True)
    installed_rate: float = _number(1.0, 0.005, 4.0, "ratio", "trouble of a unit in use in a month over that of a unit delivered", why="solid to fragile")
    equipment_harm: float = _number(0.75, 0.0, 4.0, "ratio", "added trouble of equipment at the end of its life, or installed without help", "ASR", "none to much")
    maintenance_price: float = _number(0.5, 0.0, 5.0, "money/unit/month", "maintenance that the price did not carry", "ASR", "free to dear")

    # --- 9 inspection ------------------------------------------------------------------------
    inspection_hours_per_unit: float = _number(0.01, 0.002, 0.04, "hour/unit", "hours to inspect a unit")
    inspection_fear: float = _number(1.0, 0.0, 5.0, "money/unit", "loss that a buyer without trust fears beyond what it knows", why="none to strong")
    catch_rate: float = _number(0.7, 0.3, 0.95, "share", "serious problems that inspection catches", why="coarse to thorough")

    # --- 10 complaint ------------------------------------------------------------------------
    voice_serious: float = _number(-0.65, -4.0, 1.0, "log-odds", "readiness to voice a serious problem", "calibrated", "silent to outspoken")
    voice_sensitivity: float = _number(1.25, 0.0, 4.0, "log-odds", "effect on voice of being asked, of candour, promises kept, contact and an expected future", "ASR", "none to strong")
    voice_lost_by_grievance: float = _number(0.4, 0.0, 1.5, "log-odds", "effect of a grievance of one problem", "ASR", "none to strong")
    remedy_rate: float = _number(0.6, 0.2, 1.0, "chance", "chance that a voiced problem is made good at full attention and full service")
    repair_cost: float = _number(600.0, 0.0, 3000.0, "money", "what repair after a serious problem costs: the seller, or the buyer where the price did not carry it", "ASR", "free to dear")
    serious_loss: float = _number(4000.0, 500.0, 15000.0, "money", "loss by a serious problem", "WW", why="harmless to harmful")
    small_share: float = _number(0.05, 0.01, 0.3, "share", "what a small problem is of a serious one: in loss, grievance, repair and reason to voice it", "WW", "next to nothing to a third")
    grievance_half_life: float = _number(12.0, 2.0, 48.0, "month", "time in which half a grievance is forgotten", why="a quarter to four years", monthly="grievance_monthly_decay")

    # --- 11 meeting --------------------------------------------------------------------------
    contact_hours: float = _number(10.4, 3.0, 16.0, "hour/month", "hours set aside to meet at full attention", "calibrated", "a third to half as much again")
    personal_hours: float = _number(3.0, 1.0, 8.0, "hour/month", "hours of personal contact in the personal phase")
    engineer_pool: float = _number(12.0, 5.0, 120.0, "hour/month", "hours of a firm's engineers for work with customers (HDT08)", "calibrated", "a day a week to most of a person")
    blame_hours: float = _number(4.0, 0.5, 12.0, "hour", "hours of blame over an unsettled problem", "assumption", "a call to days")
    blame_recovery: float = _number(0.2, 0.05, 1.0, "share", "part of a loss that blaming is expected to recover")

    # --- 12 disclosure -----------------------------------------------------------------------
    disclosure_risk: float = _number(1.0, 0.2, 2.0, "gain", "harm feared of the first layer from one not trusted at all", "AT73", "little to much")
    layer_growth: float = _number(3.0, 1.2, 5.0, "ratio", "harm of a layer over the one before", "AT73", "shallow to steep")
    answering: float = _number(0.5, 0.0, 1.5, "gain", "readiness to answer what the other disclosed, a layer of lead", "CM94", "none to strong")
    disclosure_hold: float = _number(0.4, 0.0, 1.0, "gain", "net loss up to which what was disclosed is kept up")
    disclosure_pace: float = _number(0.3, 0.05, 0.5, "layers/month", "pace of disclosure at full contact", "AT73", "slow to fast")
    personal_understanding: float = _number(0.2, 0.0, 0.5, "share", "weight of the personal domain in understanding", "KJ22", "none to half")
    familiarity_hours: float = _number(130.0, 30.0, 300.0, "hour", "hours together in which most of what there is to know of a person is known", "H19", "casual to close friends")
    work_weight: float = _number(0.3, 0.0, 1.0, "share", "what an hour at work counts of one of personal contact", "H19", "nothing to all")
    disclosure_half_life: float = _number(18.0, 6.0, 60.0, "month", "time in which half goes out of date without contact", "AT73", "half a year to five years", monthly="disclosure_monthly_decay")

    # --- 13 ideas ----------------------------------------------------------------------------
    idea_rate: float = _number(0.08, 0.0, 0.3, "1/hour", "ideas an hour of joint work with full understanding", "D96", "none to many")
    listening_effect: float = _number(0.5, 0.0, 2.0, "share", "more ideas, remedies and adaptation where engineers know customers", "ASR", "none to three times")
    idea_harm: float = _number(1.2, 0.1, 4.0, "gain", "harm if an idea is shopped around", "DC03", "little to much")
    idea_share: float = _number(0.5, 0.0, 1.0, "share", "part of the gain by an idea that its giver keeps", "D96", "none to all")
    value_per_idea: float = _number(0.5, 0.0, 2.0, "money/unit", "value of a supplier's idea to the buyer", "NAP99", "nothing to three in a hundred")
    idea_half_life: float = _number(30.0, 6.0, 120.0, "month", "time in which half the value of an idea is gone", why="half a year to ten years", monthly="idea_monthly_decay")

    # --- 14 trust ----------------------------------------------------------------------------
    initial_trust: float = _number(0.5, 0.1, 0.9, "0 to 1", "first trust in a stranger", why="suspicious to trusting")
    trust_gain: float = _number(0.04, 0.01, 0.1, "1/month", "how fast trust is gained by a promise kept")
    trust_loss: float = _number(0.08, 0.02, 0.3, "1/month", "how fast it is lost by a promise broken", "DC03", "more than gained")
    weight_of_disclosure: float = _number(3.0, 0.0, 8.0, "weight/layer", "of more disclosed by the other", "CM94", "none to much")
    weight_of_problem: float = _number(0.8, 0.0, 2.0, "weight", "of an unsettled problem", "ASR", "none to much")
    weight_of_exploitation: float = _number(6.0, 1.0, 12.0, "weight", "of exploitation found out", "DC03", "a slight to a breach")
    weight_of_fairness: float = _number(1.0, 0.2, 2.0, "weight", "of all that could be told of a business, at risk in a month of trade and honoured")
    weight_of_unfair_price: float = _number(10.0, 0.0, 40.0, "weight/share", "of padding found in a quote, or of a price below the fair quote", "DC03", "none to much")
    weight_of_dispute: float = _number(0.1, 0.0, 0.5, "weight/hour", "of being blamed", "DC03", "none to much")
    commitment_scale: float = _number(40000.0, 5000.0, 150000.0, "money", "value of a relationship that makes a side half committed")

    # --- 15 accounting -----------------------------------------------------------------------
    salience: float = _number(1.0, 0.3, 3.0, "ratio", "how serious problems loom in memory")
    overhead: float = _number(5500.0, 0.0, 20000.0, "money/month", "fixed cost of a seller's firm")
    working_capital: float = _number(250000.0, 10000.0, 1000000.0, "money", "means that a firm begins with and keeps, and as much credit; what it earns beyond is paid out")

    # --- 16 evaluation -----------------------------------------------------------------------
    balance_weight: float = _number(0.3, 0.0, 1.0, "share", "weight of the balance so far in what more engagement promises", "KJ22", "none to full")
    engagement_stake: float = _number(0.08, 0.0, 0.2, "share of spend", "yield of joint work with full understanding, and what could be lost to a partner not trusted at all", "NAP99", "none to much")
    hysteresis: float = _number(500.0, 0.0, 3000.0, "money/month", "balance too small to begin or end joint work, or to leave an account, for", why="at once to hardly ever")
    personal_ease: float = _number(0.4, 0.0, 1.5, "gain", "ease that personal disclosure by the other gives", "KJ22", "none to much")
    personal_exposure: float = _number(1.0, 0.0, 3.0, "gain", "what a person could lose to one not trusted at all", "KJ22", "none to much")
    personal_band: float = _number(0.15, 0.0, 0.5, "gain", "hysteresis of personal contact", why="none to strong")
    bond_cost: float = _number(3500.0, 500.0, 30000.0, "money", "cost of a bond", "ASR", "a gesture to a system")

    # --- 17 turnover, 18 word of mouth -------------------------------------------------------
    max_accounts: float = _number(6.0, 1.0, 64.0, "count", "accounts a salesperson can look after", why="a few to many")

    # --- what is switched off, clamped or changed -------------------------------------------------
    without: frozenset[str] = Field(default_factory=frozenset, description="mechanisms switched off")
    hold: dict[str, float] = Field(default_factory=dict, description="outputs clamped to one value for everybody")
    interventions: tuple[tuple[int, dict[str, Any]], ...] = Field(
        default=(), description="(period, {name: value}): parameters changed in mid-run"
    )
    reset_contracts: bool = Field(True, description="whether contracts end when stances begin at period 0")

    # fmt: on
