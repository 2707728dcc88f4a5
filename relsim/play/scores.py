"""What came of a round of a class session: the scatter, the guesses, rows of the table."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from typing import Any

from relsim.play.game import STANCES
from relsim.play.rounds import Dot, Fair, Market
from relsim.play.students import Student

COLUMNS = (
    "round",
    "kind",
    "scenario",
    "seed",
    "student",
    "name",
    "guess",
    "years_decided",
    "cost",
    "twin_cost",
    "difference",
    "suppliers_trust_in_buyer",
    "decisions",
)
"""Of the table of results: the same in every language, so that scripts can read it; what each means
stands in the catalogues, table ``column``."""


class Scores:
    """What came of a round, as it was when it ended.

    Parameters
    ----------
    number : int
        Of the round, from 1.
    played : Fair or Market
        With all twins.
    students : iterable of Student
        Also those who came too late for it.
    """

    def __init__(self, number: int, played: Fair | Market, students: Iterable[Student]) -> None:
        self.dots: dict[int, Dot] = played.dots()
        self._ghosts = played.ghost_dots()
        self.rows = {
            each.number: {
                "round": number,
                "kind": played.kind,
                "scenario": played.scenario,
                "seed": played.seed,
                "student": each.number + 1,
                "name": each.name,
                "guess": each.guess or "",
                "years_decided": each.years,
                **self._numbers(each.number),
                "decisions": played.code(each.number) if each.number in self.dots else "",
            }
            for each in students
        }

    def remove(self, student: int) -> None:
        """Count a student no more."""
        self.dots.pop(student, None)
        self.rows.pop(student, None)

    def _numbers(self, student: int) -> dict[str, Any]:
        one = self.dots.get(student)
        values = (one.cost, one.twin, one.difference, one.trust) if one else ("",) * 4
        names = ("cost", "twin_cost", "difference", "suppliers_trust_in_buyer")
        return dict(zip(names, values, strict=True))

    def revealed(self, hidden: bool) -> dict[str, Any]:
        """The scatter, of students by name or by number, and the guesses."""
        given = Counter(row["guess"] for row in self.rows.values())
        return {
            "dots": [
                {
                    "name": str(number + 1) if hidden else self.rows[number]["name"],
                    "trust": one.trust,
                    "difference": one.difference,
                }
                for number, one in self.dots.items()
            ],
            "ghosts": [
                {"stance": stance, "trust": one.trust, "difference": one.difference}
                for stance, one in self._ghosts.items()
            ],
            "cheaper": sum(one.shown < 0.0 for one in self.dots.values()),
            "guesses": {stance: given[stance] for stance in STANCES},
        }


def table(scores: Iterable[Scores], hidden: bool) -> str:
    """Rows of several rounds as CSV; without names where these are hidden."""
    columns = [name for name in COLUMNS if not (hidden and name == "name")]
    written = io.StringIO()
    rows = csv.DictWriter(written, columns, extrasaction="ignore", lineterminator="\n")
    rows.writeheader()
    for each in scores:
        rows.writerows(each.rows.values())
    return written.getvalue()
