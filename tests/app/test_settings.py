"""Links: what is written is understood again, and what is not allowed is said."""

import pytest

from relsim import compare, presets
from relsim.app import settings
from relsim.app.lessons import LESSONS
from relsim.app.sentences import because
from relsim.app.serve import opened
from relsim.app.texts import words
from relsim.app.views import MEASURES
from relsim.io.errors import InputError
from relsim.play.catalogue import LANGUAGES


@pytest.mark.parametrize(
    "query",
    [
        "",
        "seed=7&a.stance=loyal&b.aggressiveness=0.25",
        "preset=services&seed=9007199254740991&a.stance=aggressive&b.stance=trusting",
        "a.uncertainty=0.1&b.audit_interval=12&b.life_cycle_weight=0.3&b.over_promising=1",
        "a.aggressiveness=0.5&a.clamped_trust=0.2&b.without=ideas,bonds&theme=dark",
        "lang=it&theme=dark",
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
        ("lang=de", "unknown language"),
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
    assert opened("lesson=cause").first["clamped_trust"] == 0.8
    assert opened("lesson=cause&theme=dark").theme == "dark"
    assert opened("lang=it&lesson=cause").first["clamped_trust"] == 0.8
    assert opened("lesson=cause&seed=3").first == {"stance": "aggressive"}


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.key for lesson in LESSONS])
def test_lesson_comes_out_as_its_answer_says(lesson) -> None:
    first, second = settings.arms(lesson.opened)
    made = compare(first.parameters, second.parameters, replicates=12, seed=lesson.opened.seed)
    rows = made.rows(MEASURES).set_index("measure")

    def sign(name: str) -> int:
        row = rows.loc[name]
        return int(row["low"] > 0.0) - int(row["high"] < 0.0)

    assert {name: sign(name) for name in lesson.because} == lesson.because
    assert 1 <= len(lesson.sliders) <= 2
    assert not lesson.crosses or made.crossing.iloc[0]["period_of_means"] > 12
    for language in LANGUAGES:
        told = because(lesson.opened, made, rows, words(language))
        assert "{" not in told
        assert len(told) > 40
        assert "%" in told


def test_a_lesson_with_other_settings_gives_no_reason() -> None:
    shown = LESSONS[0]
    changed = settings.parse(shown.link.replace("a.stance=aggressive", "a.stance=shopper"))
    made = compare(*(arm.parameters for arm in settings.arms(changed)), replicates=4, seed=0)
    rows = made.rows(MEASURES).set_index("measure")
    assert because(changed, made, rows, words("en")) == ""


def test_there_are_lessons_of_every_kind() -> None:
    aggressive_wins = [
        one
        for one in LESSONS
        if one.because.get("total_cost_per_unit") == (1, -1, None)[one.right]
        and (one.opened.first, one.opened.second)[one.right % 2].get("stance") == "aggressive"
    ]
    assert aggressive_wins
    assert any(one.crosses for one in LESSONS)
    for one in LESSONS:
        assert (one.right == 2) == (0 in one.because.values())
