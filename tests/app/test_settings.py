"""Links: what is written is understood again, and what is not allowed is said."""

import pytest

from relsim import compare, presets
from relsim.app import settings
from relsim.app.lessons import LESSONS
from relsim.app.serve import opened
from relsim.io.errors import InputError


@pytest.mark.parametrize(
    "query",
    [
        "",
        "seed=7&a.stance=loyal&b.aggressiveness=0.25",
        "preset=services&seed=9007199254740991&a.stance=aggressive&b.stance=trusting",
        "a.uncertainty=0.1&b.audit_interval=12&b.life_cycle_weight=0.3&b.over_promising=1",
        "a.aggressiveness=0.5&a.clamped_trust=0.2&b.without=ideas,bonds&theme=dark",
        *(lesson.link for lesson in LESSONS),
    ],
)
def test_link_restores_the_settings(query: str) -> None:
    chosen = settings.parse(query)
    assert settings.parse(settings.link(chosen)) == chosen


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("b.uncertainty=7", "b.uncertainty = 7: allowed is 0 to 1"),
        ("b.uncertainty=lots", "allowed is a number from 0 to 1"),
        ("b.uncertainty=nan", "allowed is a number from 0 to 1"),
        ("a.audit_interval=2.5", "allowed is a whole number from 1 to 24"),
        ("a.uncertanty=0.5", "did you mean 'uncertainty'?"),
        ("a.stance=agressive", "did you mean 'aggressive'?"),
        ("c.uncertainty=0.5", "unknown arm in the link 'c'"),
        ("preset=service", "did you mean 'services'?"),
        ("seed=-1", "seed"),
        ("seed=1.5", "allowed is a whole number"),
        ("sead=1", "did you mean 'seed'?"),
        ("a.stance=loyal&a.aggressiveness=0.5", "not both"),
        ("a.buyers=1000000", "allowed in the classroom"),
        ("a.salespeople=2", "suppliers_per_buyer"),
        ("b.without=everything", "unknown mechanism"),
        ("lesson=nothing", "unknown lesson"),
        ("theme=pink", "unknown theme"),
    ],
)
def test_wrong_links_are_explained_in_one_line(query: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        opened(query)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_opening_is_aggressive_against_trusting() -> None:
    arms = settings.arms(settings.parse(""))
    for arm, stance in zip(arms, ("aggressive", "trusting"), strict=True):
        assert arm.parameters == presets["classroom"].with_values(buyer_stances=stance)


def test_sliders_made_of_several_parameters() -> None:
    chosen = settings.parse("a.over_promising=1&a.life_cycle_weight=0.4&b.clamped_trust=0.3")
    first, second = (arm.parameters for arm in settings.arms(chosen))
    assert first.seller_stances["over_promising"] == 1.0
    assert sum(first.seller_stances.values()) == pytest.approx(1.0)
    assert first.stance_items == {"life_cycle_weight": 0.4}
    assert second.hold == {"trust": 0.3}


def test_a_lesson_alone_opens_as_it_is_written() -> None:
    assert opened("lesson=cause").first["clamped_trust"] == 0.2
    assert opened("lesson=cause&theme=dark").theme == "dark"


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.key for lesson in LESSONS])
def test_lesson_comes_out_as_its_answer_says(lesson) -> None:
    first, second = (arm.parameters for arm in settings.arms(lesson.opened))
    result = compare(first, second, replicates=12, seed=lesson.opened.seed)
    row = result.table.set_index("measure").loc[lesson.measure]
    sign = int(row["low"] > 0.0) - int(row["high"] < 0.0)
    assert sign == lesson.sign
    assert len(lesson.guesses) == 3
    assert 0 <= lesson.right < 3
    assert 1 <= len(lesson.sliders) <= 2
