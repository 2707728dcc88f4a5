"""Units and meanings of what equations take that is neither a parameter nor a state variable.

An argument of an equation with the name of a parameter or of a state variable is that parameter or
variable, with its unit and range. All others stand here, each once.
"""

from __future__ import annotations

from typing import NamedTuple


class Arguments(NamedTuple):
    """Names of arguments that mean the same kind of thing: their unit, and what they are."""

    names: tuple[str, ...]
    unit: str
    meaning: str


def _row(names: str, unit: str, meaning: str) -> Arguments:
    return Arguments(tuple(names.split()), unit, meaning)


# fmt: off
ARGUMENTS = (
    _row("market p r month", "record", "all records of a run; its parameters; a relationship; a ledger of the month"),
    _row("b s slot rival number", "index", "of a buyer, a salesperson, a relationship, a salesperson that bids; its position among those asked"),
    _row("only", "index", "of the slot that is looked at, or all"),
    _row("first", "month", "period in which something was first reached"),
    _row("interval offset age min_months months", "month", "from one time to the next; the agent's own month in it; since the first; least length; still bound"),
    _row("trust commitment", "0 to 1", "of the side that decides"),
    _row("disclosed level other other_domain", "layers, 0 to 3", "what was disclosed: in a domain, by this side, by the other, by the other in the other domain"),
    _row("by_buyer by_seller", "layers, 0 to 3", "what was disclosed by either side"),
    _row("business_by_buyer business_by_seller personal_by_buyer personal_by_seller", "layers, 0 to 3", "what was disclosed, by domain and side"),
    _row("contact closeness known acquainted", "0 to 1", "hours together over those usually set aside, at most 1; of what there is to tell, as a person; of plans or books; in the other domain"),
    _row("gain liking willing harm risk net switch", "gain", "of being understood or of an idea; of the other as a person, as far as it is known; of more disclosed, by choice; harm feared; what is left; 0 switches a domain off"),
    _row("choice", "0, 1 or nan", "what a buyer chooses for one supplier; nan is to weigh it"),
    _row("pace mood", "layers/month", "deepening at full contact; and a standard normal draw of the month"),
    _row("business personal engaged reached exploited", "0 or 1", "whether both agreed to it, whether the two are engaged, whether it is so, whether it was found out"),
    _row("begins vacant", "0 or 1", "whether it is the first month of the two; whether a slot is empty"),
    _row("without_risk", "0 or 1", "what a month of trade counts where risk is not looked at"),
    _row("balance band fixed", "money/month", "what a relationship gives, of either sign; half the width of a hysteresis; what is paid whatever is ordered"),
    _row("account_return other_returns elsewhere", "money/month", "what engineers are expected to earn on an account, on the other accounts, on other work"),
    _row("monthly_spend contract_value stake_per_unit", "money/month, money, money/unit", "worth of a month of the trade, of all months of a contract; what haggling could gain a unit"),
    _row("relationship_value replacement switching", "money", "what a relationship is worth to a side; what replacing it costs; what moving costs"),
    _row("cost cost_of_round cost_of_clause cost_of_reopening renegotiation", "money", "of a step, a round, a clause, reopening or agreeing anew"),
    _row("own alternative judged cheapest promise", "money/unit", "cost of a unit here, elsewhere, from a stranger, and where it is lowest; worth of a promise"),
    _row("usual_volume", "unit/month", "of a supplier with an equal share of the market"),
    _row("best_rival reservation demand full", "money/unit", "lowest rival's quote, lowest price agreed to, price demanded, quote of one that bids alone"),
    _row("revenue production charges delay failure inspection hours_money idea_savings", "money", "sums of the month by what they are for"),
    _row("hours hours_each planned transaction clause_hours", "hour", "of a matter, an account, set aside, on transaction matters, of a clause"),
    _row("flexibility unprotected_share share saving effort", "share", "gain of fresh bids forgone a month; what clauses leave open; of supply; of hours; of attention renewed"),
    _row("good bad", "weight", "events of the month that raise trust, and that lower it"),
    _row("heard prior sources", "0 to 1, count", "mean trust reported; readiness to trust a stranger; how many report"),
    _row("loss care", "quality or money", "what quality or a buyer loses; care above the standard"),
    _row("trend rivals", "ratio", "orders over those at the last audit; what rivals ask over the own price"),
    _row("drive", "log-odds", "what speaks for voicing a problem"),
    _row("problems swallowed count rounds max_steps wanted", "count", "of problems, those swallowed, events, rounds, steps; what is called for, as quotes or capacity"),
    _row("left withdrew failed offered others", "count", "suppliers that the buyer left, that left it, that failed; ideas offered; other bids called for"),
    _row("draw uniform fraction occurs size", "0 to 1", "random draws"),
    _row("mean rate probability factor", "share or 1/month", "events expected; how fast or often; chance of each; of a step over the last one"),
    _row("weight total_weight", "weight", "of one in what is shared out, and of all"),
    _row("everywhere here", "any", "an item of the buyer's stance; what is set of it for one relationship"),
    _row("weight_of_feeling autonomy", "0 to 1", "of grievance and promise beside the price; of departments in what they aim at"),
    _row("most_aggrieved", "problems", "largest grievance against a supplier"),
    _row("value target clamp base", "any", "so far, newest, fixed for everybody, multiplied"),
)
"""In groups, by what they are."""
# fmt: on
