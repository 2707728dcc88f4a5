"""Results of the claims as they were run last, kept with the code, and the reasons found.

When a submodel, a default or a claim has changed, ``relsim claims``, ``relsim claims --robust`` and
``relsim claims --family`` are run again, and ``python -m relsim.claims.stored FOLDER`` keeps the
tables that they wrote.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from relsim.io.files import write_atomically

RESULTS = Path(__file__).with_name("results.csv")
"""Table of results with 200 replicates; ``sources`` is the hash of the code that made it."""

STUDIES = {"robust": "--robust", "family": "--family"}
"""Tables of where claims hold, kept beside it, and the option that makes them anew."""

FOUND: Mapping[str, str] = MappingProxyType(
    {
        "A1": (
            "By the phases as they are counted the order holds, but no phase is called "
            "personal before there is joint work. Looked at apart, time as persons comes first "
            "in more than nine of ten relationships that have it: affinity and boundaries "
            "allow it from the first month, joint work needs understanding that takes a year "
            "to grow. One pace for both domains changes nothing, so the slower personal pace "
            "is not what carries the order. Needed: time as persons that grows out of "
            "closeness reached in working together, not out of affinity alone."
        ),
        "A2": (
            "Each domain takes one step, not two. Business is told by more than half a layer "
            "more in the collaborative phase and hardly more in the personal one; personal "
            "disclosure differs between personal and collaborative pairs and hardly between "
            "collaborative and commercial ones. Needed: an innermost business layer that "
            "closeness between the persons opens, and personal openness that grows with joint "
            "work."
        ),
        "A4": (
            "It holds by little: relationships with the better balance of money and hours so "
            "far move up by hardly more than counts. The balance so far enters engagement with "
            "a small weight beside understanding, trust and the stake; and without that weight "
            "the difference grows, so it is not what brings it: who is large enough to engage "
            "also has the larger balance. Needed: a comparison level that the balance so far "
            "can really miss."
        ),
        "A5": (
            "It holds; but trust goes with the personal phase also where nothing personal "
            "could be lost: being told more makes trust, so part of the order is the other way "
            "round."
        ),
        "A6": (
            "Trust, and hours of blame over a problem, come out. A month takes no fewer hours "
            "on transaction matters: deep partners trade half as much again, so there is more "
            "at stake in each, contracts are shorter and problems more. For each unit the "
            "hours are lower (A7). Agreeing a contract is shorter, and mostly for what the two "
            "know and trust."
        ),
        "A7": (
            "Time for what is sold and self-confidence come out, the former because deep "
            "accounts are larger: it stays with trust and understanding held. Service does not "
            "get cheaper: better margins pay for more of it. Profit for an hour does not rise, "
            "since the deepest phase adds hours of joint and personal time that the month's "
            "profit does not repay. Self-confidence goes with trust and kept promises of "
            "whoever became personal, not with shared plans: without them it stays."
        ),
        "A8": (
            "A3 and A4 are seen in over half of the studies, A2 in about half; labels dealt "
            "anew are seen about as often as tests allow. A1 is not there to be seen: time as "
            "persons comes before joint work. A5 asks for three reasons at once: affinity is "
            "always seen, boundaries in half of the studies, trust seldom. A6 and A7 come out "
            "only in part in the market itself, and what does (trust, self-confidence) differs "
            "too little for 47 blurred answers about one relationship each."
        ),
        "B1": (
            "The most aggrieved customers stay longer, also at equal size of account: "
            "grievance adds up with the months, and who has stayed long will stay; in orders a "
            "grievance counts less than usual differences of price. What the buyer believes of "
            "the supplier does decide (the reported part): the trusting third is kept far more "
            "often. That frequent purchases have the larger difference holds only in that it "
            "is less far on the wrong side. Needed: grievance that weighs against what is "
            "expected, not a sum over time."
        ),
        "B2": (
            "Suppliers are kept longer, but contracts are no longer than for consumables: "
            "length weighs hours of renegotiating against what a month's trade risks, and "
            "neither delivery time nor the life of the equipment enters. With switching as "
            "cheap as for consumables they would be kept less long. Needed: contracts that "
            "reckon with lead time and life."
        ),
        "B5": (
            "It holds by little, and for the most part by what sales promises to fill idle "
            "capacity: what production and service take away is seen by half of the sellers, who "
            "promise less."
        ),
        "B6": (
            "Attention falls as it must; trust hardly follows. Sellers promise what they "
            "expect to deliver, so quality falls and promises with it. Needed: buyers who "
            "judge by what they were used to."
        ),
        "B7": (
            "Auditing sellers lose as many accounts as others. By the rules, an audit repairs "
            "habits and calls attention back, which costs the seller hours that its quotes "
            "then carry, and quality enters what buyers weigh by losses of three or four in a "
            "hundred of the price."
        ),
        "B8": (
            "Silence tells nothing at equal problems and phase, and asking saves nothing. "
            "Swallowed problems count less in what buyers weigh than usual differences of "
            "price, and most silence comes from small problems that almost nobody voices. "
            "Needed: departures that grievance alone can bring about."
        ),
        "B9": (
            "Buyers depend more in strong relationships, and volunteering keeps accounts, for "
            "the most part by bonds. Sellers do not depend more: every seller has about four "
            "accounts, of which the deep one is not much larger than the rest."
        ),
        "B11": (
            "Life-cycle buyers do pay less, but for how they bargain, not for what they look "
            "at: with one criterion for all most of the difference stays, and the criterion "
            "alone saves a quarter of what counts. Losses after the purchase differ little "
            "between suppliers; arguing about them moves nothing. Needed: suppliers whose "
            "quality and service differ more, at a price."
        ),
        "B12": (
            "Buyers pay for service that the price does not carry. Squeezed sellers cut "
            "service by a little less than counts, and they do not fail more often: sellers of "
            "trusting buyers do, because loyal small accounts take hours that they do not "
            "repay. Ten years of pressing lower the price by 0.4 only. Needed: pressure on "
            "price that outlasts the first year."
        ),
        "B13": (
            "Ideas come; accounts are not kept better but a little worse, and that goes with "
            "the programme: listening adds a fifth of a quality unit at most, and that costs "
            "hours that quotes carry."
        ),
        "B14": (
            "Worth it, less flexible, and hurt by one betrayal for more than a year: that "
            "comes out. The risk is there and goes without exploitation, but opportunists take "
            "less than a twentieth of a money unit: extras are too small beside all other "
            "costs."
        ),
        "B15": (
            "It holds, but most of the hours between the two markets are the bargaining's own: "
            "rivals' quotes and rebidding stay when trust is held. Trust alone saves about "
            "half as much (second part)."
        ),
        "B16": (
            "Reached, as it was tuned. Of the difference between the least and the most "
            "trusted buyer most is the bargaining's: with trust held most of it is left, and "
            "among eight that bargain alike it is a quarter."
        ),
        "B17": (
            "Inspection is trust's: most of the difference goes with it. The hours are the "
            "bargaining's: they stay."
        ),
        "B18": (
            "A component is cheaper by about one money unit in the first year, as little as "
            "counts, and by 0.4 over ten years. Hours of haggling go into later quotes, and "
            "suppliers whose customers tell them how to work better can ask less. In total "
            "cost aggressive buying is dearer from the first year on, since its hours cost "
            "more than it saves. Needed: more to be gained by pressing, for instance higher "
            "markups (the aggressive buyer wins in that part of the parameter space)."
        ),
        "B19": (
            "Suppliers tell less and bring fewer ideas, and that costs in the long run. That "
            "aggressive buyers gain at first does not come out: they are cheaper in the first "
            "two months in a third of the replicates, and dearer in all ever after; in the others "
            "from the start."
        ),
        "B22": (
            "Trusting buyers and their suppliers have an advantage, part of which is trust's. "
            "That it grows with uncertainty does not come out: misfit is worked off almost as "
            "fast without the partner, and costs little beside the rest."
        ),
    }
)
"""Why a claim does not hold, or holds for another reason than its sources give."""


def results() -> pd.DataFrame:
    """The stored table of results.

    Returns
    -------
    DataFrame
        A row a part of a claim, see ``report.COLUMNS``.
    """
    table = pd.read_csv(RESULTS)
    words = ["ablation", "vanishes"]
    return table.assign(**table[words].astype(object).fillna(""))


def study(name: str, folder: Path = RESULTS.parent) -> pd.DataFrame | str:
    """A stored table of where claims hold, if it belongs to the stored results.

    Parameters
    ----------
    name : {"robust", "family"}
        Over parameter space, or over settings that fit the calibration equally well.
    folder : Path
        Where tables are kept.

    Returns
    -------
    DataFrame or str
        See ``robust.judging.COLUMNS``; or why there is none.
    """
    path = folder / f"{name}.csv"
    command = f"`relsim claims {STUDIES[name]}`"
    if not path.exists():
        return f"not run; {command} does"
    table = pd.read_csv(path)
    if table["sources"][0] != results()["sources"][0]:
        return f"not run with the code that made the results above; {command} does"
    return table.assign(decided_by=table["decided_by"].astype(object).fillna(""))


def keep(folder: Path, place: Path = RESULTS.parent) -> list[Path]:
    """Keep the tables of a folder that ``relsim claims`` has written, with six figures.

    Parameters
    ----------
    folder : Path
        Where the command wrote ``claims.csv``, ``robust.csv``, ``family.csv``; those that are there
        are kept.
    place : Path
        Where to.

    Returns
    -------
    list of Path
        What was written.
    """
    names = {"claims": RESULTS.name, **{name: f"{name}.csv" for name in STUDIES}}
    written = []
    for name, kept in names.items():
        source = folder / f"{name}.csv"
        if source.exists():
            text = pd.read_csv(source).to_csv(index=False, float_format="%.6g", lineterminator="\n")
            write_atomically(place / kept, str(text))
            written.append(place / kept)
    return written


def main(arguments: Sequence[str]) -> int:
    """Keep the tables of the folder that is named."""
    if len(arguments) != 1:
        sys.stderr.write("relsim: allowed is one folder that relsim claims has written\n")
        return 2
    written = keep(Path(arguments[0]))
    sys.stdout.write("".join(f"kept {path.name}\n" for path in written))
    return 0 if written else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
