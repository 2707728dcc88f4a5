"""Arms of a comparison: stances, presets, parameters and custom agents."""

from pathlib import Path
from typing import Any

import pytest
from comparisons import SMALL, same

from relsim.comparison import Arm, again, arm, compare
from relsim.io.errors import InputError
from relsim.model.agents import Buyer, Salesperson
from relsim.model.simulation import simulate
from relsim.model.supervision import ExitError
from relsim.parameters.presets import presets


class Plain(Buyer):
    """Does what every buyer does."""

    def inspection(self) -> None:
        super().inspection()


def test_arms_of_all_kinds() -> None:
    assert arm("loyal", SMALL).parameters == SMALL.with_values(buyer_stances="loyal")
    assert arm("honest", SMALL).parameters == SMALL.with_values(seller_stances="honest")
    assert arm(0.25, SMALL).parameters == SMALL.with_values(aggressiveness=0.25)
    assert arm({"wage": 60.0}, SMALL).name == "wage=60.0"
    whole = SMALL.with_values(uncertainty=0.5)
    assert arm(whole, SMALL) == Arm("uncertainty=0.5", whole)


def test_a_preset_is_an_arm_on_top_of_the_base() -> None:
    found = arm("capital_equipment", SMALL.with_values(periods=7)).parameters
    assert found.periods == 7
    preset = presets["capital_equipment"]
    for name in preset.model_fields_set:
        assert getattr(found, name) == getattr(preset, name)


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_custom_code_that_exits_ends_neither_program_nor_comparison_in_silence(
    error: type[BaseException],
) -> None:
    class Exits(Buyer):
        def ordering(self) -> None:
            raise error

    with pytest.raises(
        ExitError, match=rf"arm Exits \(neutral\), seed \d+: it raised {error.__name__}"
    ):
        compare(Exits, "trusting", base=SMALL, replicates=2)


def test_custom_buyers_are_an_arm(tmp_path: Path) -> None:
    loyal = SMALL.with_values(buyer_stances="loyal")
    result = compare("loyal", Plain, base=loyal, replicates=2)
    assert result.names == ("loyal", "Plain (loyal)")
    assert set(result.table["difference"].dropna()) == {0.0}
    result.save(tmp_path)
    with pytest.raises(InputError, match="give buyers="):
        again(tmp_path)
    assert same(again(tmp_path, buyers={"Plain": Plain}), result)


def test_custom_salespeople_are_an_arm(tmp_path: Path) -> None:
    class Silent(Salesperson):
        def disclosure(self) -> None:
            """Tell nothing."""

    result = compare({"wage": SMALL.wage}, Silent, base=SMALL, replicates=2)
    told = result.table.set_index("measure").loc["information_received"]
    assert told["Silent (mixed stances)"] < 0.5 * told[result.names[0]]
    one = simulate(SMALL, result.seeds[0], salesperson=Silent).measures
    of_the_arm = result.runs[result.runs["arm"] == "Silent (mixed stances)"].iloc[0]
    assert {name: of_the_arm[name] for name in one} == pytest.approx(one, rel=0, nan_ok=True)
    result.save(tmp_path)
    with pytest.raises(InputError, match="give salespeople="):
        again(tmp_path)
    with pytest.raises(InputError, match=r"^salespeople = .*allowed is"):
        again(tmp_path, salespeople=Silent)  # type: ignore[arg-type]
    assert same(again(tmp_path, salespeople={"Silent": Silent}), result)


def test_a_class_and_a_stance_are_two_things_and_both_are_said(
    recwarn: pytest.WarningsRecorder,
) -> None:
    plain = Arm("plain", buyer=Plain, stance="trusting")
    alike = compare(plain, "trusting", base=SMALL, replicates=2)
    assert alike.names == ("plain", "trusting")
    assert set(alike.table["difference"].dropna()) == {0.0}
    assert not recwarn.list
    with pytest.warns(UserWarning, match=r"Plain \(neutral\) and trusting differ in the class"):
        other = compare(Plain, "trusting", base=SMALL, replicates=2)
    assert other.names == ("Plain (neutral)", "trusting")
    neutral = compare(Plain, "neutral", base=SMALL, replicates=2)
    assert set(neutral.table["difference"].dropna()) == {0.0}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (Plain, "Plain (neutral)"),
        ({"buyer": Plain, "aggressiveness": 0.2}, "buyer=Plain, aggressiveness=0.2"),
        (Arm("x", buyer=Plain), "x"),
        ("neutral", "neutral"),
    ],
)
def test_an_arm_is_named_after_all_that_it_sets(given: object, named: str) -> None:
    understood = arm(given, SMALL.with_values(uncertainty=0.6))
    assert understood.name == named
    assert understood.parameters.uncertainty == 0.6


def test_a_stance_that_is_unknown_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="unknown stance 'trustin'; did you mean 'trusting'"):
        Arm("x", stance="trustin")


class Both(Buyer, Salesperson):
    pass


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("agressive", "did you mean 'aggressive'"),
        ({"wagee": 60.0}, "did you mean 'wage'"),
        ({"wage": -1.0}, "wage = -1"),
        (7.0, "aggressiveness"),
        (None, "unknown arm None"),
        (True, "unknown arm True"),
        ({"self": 2}, "unknown parameter 'self'"),
        pytest.param(10**400, "unknown arm 1000", id="10**400"),
        ({"buyer": Salesperson}, "buyer = .*allowed is a subclass of relsim.Buyer"),
        ({"salesperson": "loyal"}, "salesperson = 'loyal': allowed is a subclass"),
        (Arm("x", buyer=Salesperson), "buyer = .*allowed is a subclass of relsim.Buyer"),
        (int, "unknown arm <class 'int'>; allowed: a stance"),
        (Both, "arm Both: allowed is one of Buyer, Salesperson"),
        (Arm("measure"), "arm 'measure': allowed is a name in Unicode"),
    ],
)
def test_wrong_arms_are_refused_in_a_line(given: Any, message: str) -> None:
    with pytest.raises(InputError, match=message) as error:
        compare("trusting", given, base=SMALL, replicates=2)
    assert "\n" not in str(error.value)


@pytest.mark.quick
@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": 3}, "name = 3: allowed is a text"),
        ({"name": "x", "parameters": {"uncertainty": 0.5}}, "allowed is a relsim.Parameters"),
    ],
)
def test_an_arm_of_something_else_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Arm(**given)
