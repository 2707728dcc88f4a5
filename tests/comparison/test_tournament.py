"""Strategies that answer what suppliers do, and tournaments of ways to buy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from relsim import (
    Arm,
    Buyer,
    InputError,
    Parameters,
    RelationshipModel,
    Salesperson,
    compare,
    plots,
    tournament,
)
from relsim.cli.main import main
from relsim.cli.tournament import tournament_table
from relsim.design.strategies import GenerousTitForTat, Grudger, TitForTat
from relsim.parameters.stances import BUYER_STANCES
from relsim.plots import tournament as picture

SMALL = Parameters(buyers=6, salespeople=6, suppliers_per_buyer=2, periods=24, warm_up=6)
TINY = SMALL.with_values(periods=6)


def at_rest(strategy: type[TitForTat]) -> Any:
    """A buyer of a strategy whose suppliers have done nothing wrong."""
    buyer = RelationshipModel(SMALL, buyer=strategy, rng=1, collect=False).buyers[0]
    for one in buyer.relationships:
        one.promise_outcome = "kept"
        one.exploited_by_seller = one.negotiated = 0.0
    return buyer


def stances(buyer: Any) -> list[Any]:
    buyer.exploitation()
    return [one.stance for one in buyer.relationships]


WRONGS = {
    "broken promise": {"promise_outcome": "broken"},
    "extras found": {"exploited_by_seller": 1.0},
    "padding found": {"negotiated": 1.0, "padding": 0.1},
}


@pytest.mark.quick
@pytest.mark.parametrize("wrong", WRONGS.values(), ids=WRONGS)
def test_tit_for_tat_answers_a_wrong_toward_that_supplier_only(wrong: dict[str, Any]) -> None:
    buyer = at_rest(TitForTat)
    assert stances(buyer) == ["trusting", "trusting"]
    for name, value in wrong.items():
        setattr(buyer.relationships[1], name, value)
    assert stances(buyer) == ["trusting", "aggressive"]
    buyer.relationships[1].promise_outcome = "kept"
    buyer.relationships[1].exploited_by_seller = buyer.relationships[1].negotiated = 0.0
    assert stances(buyer) == ["trusting", "trusting"]


@pytest.mark.quick
def test_what_was_padded_before_the_last_month_is_forgotten() -> None:
    buyer = at_rest(TitForTat)
    buyer.relationships[0].padding = 0.1
    assert stances(buyer) == ["trusting", "trusting"]


@pytest.mark.quick
def test_a_grudger_never_trusts_that_firm_again_but_the_next_one() -> None:
    buyer = at_rest(Grudger)
    here = buyer.relationships[0]
    here.promise_outcome = "broken"
    stances(buyer)
    here.promise_outcome = "kept"
    assert stances(buyer) == ["aggressive", "trusting"]
    here.columns["firm"][here.index] = 99
    assert stances(buyer) == ["trusting", "trusting"]


@pytest.mark.quick
def test_generous_tit_for_tat_lets_a_third_of_wrongs_pass() -> None:
    buyer = at_rest(GenerousTitForTat)
    answered = []
    for _ in range(900):
        buyer.relationships[0].promise_outcome = "broken"
        first, second = stances(buyer)
        answered.append(first == "aggressive")
        assert second == "trusting"
    assert 0.60 < np.mean(answered) < 0.73


# --- tournaments --------------------------------------------------------------------------------


class Same(Buyer):
    """Does what every buyer does."""

    def ordering(self) -> None:
        super().ordering()


def test_equal_strategies_do_not_differ() -> None:
    twins = [Arm(name, buyer=Same, stance="trusting") for name in ("one", "other", "third")]
    result = tournament(*twins, base=TINY, replicates=3)
    assert result.ranking[["difference", "against_others"]].abs().to_numpy().max() < 1e-9
    assert result.matches["difference"].abs().max() < 1e-9
    assert "no strategy can be told apart" in result.finding


def test_one_run_says_nothing_of_the_uncertainty() -> None:
    result = tournament("aggressive", "trusting", "loyal", base=SMALL, replicates=1)
    ranks = result.ranking
    gap = ranks["cost"][1] - ranks["cost"][0]
    assert result.finding == (
        f"In the one replicate that counts, a unit costs least with {ranks['strategy'][0]}, "
        f"{gap:.2f} less than with {ranks['strategy'][1]}, the next; one replicate says nothing of "
        "the uncertainty."
    )
    assert result.how.startswith("1 replicate of 6 buyers")
    assert "95%" not in result.how
    table = tournament_table(result)
    assert "nan" not in table
    assert [line.split()[-5:] for line in table.splitlines()][4][1] == "-"
    text = picture.tournament_text(ranks, result.matches, result.finding)
    assert "nan" not in text
    assert "95%" not in text
    labels = [axes.get_xlabel() for axes in result.plot().axes]
    assert not any("95%" in label for label in labels)


def test_the_map_has_no_sign_before_zero_and_strategies_their_own_colours() -> None:
    names = ["tit_for_tat", "generous_tit_for_tat", "grudger", *BUYER_STANCES]
    assert len(set(plots.colours(names).values())) == len(names)
    result = tournament("aggressive", "trusting", base=TINY, replicates=2)
    result.matches["difference"] = [-0.04, 0.04]
    cells = [text.get_text() for text in result.plot().axes[1].texts]
    assert cells == ["0.0", "0.0"]


def test_a_strategy_alone_costs_what_it_does_in_a_comparison() -> None:
    names = ("trusting", "aggressive", "shopper")
    result = tournament(*names, base=SMALL, replicates=4, seed=5)
    table = compare(*names, base=SMALL, replicates=4, seed=5).table
    costs = table[table["measure"] == "total_cost_per_unit"].iloc[0]
    alone = result.ranking.set_index("strategy")["alone"]
    for name in names:
        assert alone[name] == pytest.approx(costs[name], rel=1e-12)


def test_a_custom_buyer_that_adds_nothing_is_worth_its_stance() -> None:
    given = ("trusting", Arm("same", buyer=Same, stance="trusting"), "aggressive")
    result = tournament(*given, base=TINY, replicates=2)
    np.testing.assert_array_equal(result.pairs[0, 0], result.pairs[1, 1])
    np.testing.assert_array_equal(result.pairs[0, 2], result.pairs[1, 2])
    np.testing.assert_allclose(result.pairs[0, 1], result.pairs[1, 0], rtol=1e-12)
    assert not np.allclose(result.pairs[0, 2], result.pairs[2, 0])


def test_the_number_of_threads_changes_nothing() -> None:
    given = ("trusting", "tit_for_tat")
    one, two = (tournament(*given, base=TINY, replicates=2, workers=n) for n in (1, 2))
    np.testing.assert_array_equal(one.pairs, two.pairs)


@pytest.mark.quick
@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("trusting",), "1 strategies: allowed are 2 to 6"),
        (("trusting", "tit_for_tit"), "did you mean 'tit_for_tat'"),
        (("trusting", "honest"), "unknown strategy 'honest'"),
        (("trusting", {"uncertainty": 0.5}), "and nothing else"),
        (("trusting", Arm("none", buyer=Same)), "and nothing else"),
        (("trusting", 0.5), "and nothing else"),
        (
            ("trusting", Arm("sells", stance="trusting", salesperson=Salesperson)),
            "and nothing else",
        ),
    ],
)
def test_what_is_no_strategy_is_refused(given: tuple[Any, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        tournament(*given, base=SMALL, replicates=1)
    with pytest.raises(InputError, match=r"base = 'x': allowed is a relsim.Parameters"):
        tournament("trusting", "loyal", base="x")  # type: ignore[arg-type]


def test_items_of_a_stance_that_the_market_sets_for_all_make_no_strategy_another() -> None:
    """As its docstring says: how buyers bargain is set by the strategies."""
    settings: dict[str, Any] = {"replicates": 2, "seed": np.int64(3)}
    plain = tournament("aggressive", "trusting", base=SMALL, **settings)
    items = dict(BUYER_STANCES["aggressive"])
    same = tournament(
        "aggressive", "trusting", base=SMALL.with_values(stance_items=items), **settings
    )
    assert (same.mixed == plain.mixed).all()
    assert json.loads(json.dumps(same.record()))["seed"] == 3


OWN = '''
from relsim import Buyer

class Even(Buyer):
    """Orders the same from each."""

    def ordering(self):
        super().ordering()
        for one in self.relationships:
            one.units = self.need / self.relationship_count
'''


def test_the_command_ranks_and_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own_of_test.py").write_text(OWN)
    words = "tournament trusting aggressive own_of_test:Even --replicates 2 --periods 6 "
    words += "--set buyers=6 --set salespeople=6 --out there"
    assert main(words.split()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("With all in one market, ")
    assert max(map(len, lines)) <= 100
    assert {path.name for path in (tmp_path / "there").iterdir()} == {
        "tournament.csv",
        "tournament_pairs.csv",
        "tournament.png",
        "tournament.json",
    }
    assert main([*words.split(), "--seed", "1"]) == 2
    assert "another tournament is kept there" in capsys.readouterr().err
    assert main(words.split()) == 0
    assert "The same numbers were there already" in capsys.readouterr().out


@pytest.mark.usefixtures("in_a_folder_of_its_own")
def test_replicates_without_a_delivery_are_left_out_and_none_is_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = "tournament aggressive trusting --set lead_time=6 --set warm_up=0 --periods 6 "
    words += "--set buyers=6 --set salespeople=6 --replicates 2"
    assert main(words.split()) == 2
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith("relsim: in each replicate some strategy got nothing delivered")
    assert not Path("results").exists()


@pytest.mark.quick
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("trusting nowhere:Even", "nowhere cannot be imported"),
        ("trusting math:pi", "allowed is a subclass of relsim.Buyer"),
        ("trusting loyal --set aggressiveness=0.3", "tournament sets it itself"),
    ],
)
def test_the_command_refuses_in_a_line(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["tournament", *words.split()]) == 2
    assert said in capsys.readouterr().err
