"""Pictures look alike whatever is set elsewhere, and are drawn without a warning."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import matplotlib as mpl
import numpy as np
import pytest
from made_up import curves, made_up, relationships
from matplotlib.figure import Figure
from settings_of_others import settings_of_others  # noqa: F401 - a fixture

from relsim import plots

# Whatever is drawn here is drawn under settings that must not show.
pytestmark = pytest.mark.usefixtures("settings_of_others")


def picture(figure: Figure) -> bytes:
    file = BytesIO()
    plots.save(figure, file)
    return file.getvalue()


DRAWN = {
    "comparison": lambda: plots.comparison(made_up("aggressive", "trusting")),
    "many": lambda: plots.comparison(made_up("aggressive", "trusting", "loyal", "shopper")),
    "trust": lambda: plots.trust_versus_cost(curves(), "Title", "note"),
    "network": lambda: plots.network(relationships()),
}


@pytest.mark.parametrize("name", DRAWN)
def test_settings_of_others_change_nothing_and_stay(name: str) -> None:
    before = dict(mpl.rcParams)
    theirs = picture(DRAWN[name]())
    assert dict(mpl.rcParams) == before
    with mpl.rc_context():
        mpl.rcdefaults()
        assert picture(DRAWN[name]()) == theirs


def test_a_figure_saved_by_others_looks_the_same() -> None:
    files = BytesIO(), BytesIO()
    plots.network(relationships()).savefig(files[0])
    with mpl.rc_context():
        mpl.rcdefaults()
        plots.network(relationships()).savefig(files[1])
    assert files[0].getvalue() == files[1].getvalue()


def test_threads_that_draw_at_once_leave_the_settings_alone() -> None:
    before = dict(mpl.rcParams)
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _: picture(DRAWN["network"]()), range(4)))
    assert len(set(pictures)) == 1
    assert dict(mpl.rcParams) == before


def test_characters_that_the_font_lacks_are_said_once() -> None:
    figure = plots.comparison(made_up("\u4e2d\u6587", "trusting"))
    with pytest.warns(UserWarning, match="no \u4e2d\u6587: there are boxes instead") as noticed:
        picture(figure)
    assert len(noticed) == 1


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("value", [np.nan, 0.0, 1e-300, 1e300])
def test_values_at_the_edge_are_drawn_without_a_warning(value: float) -> None:
    result = made_up("aggressive", "trusting\tor\nnot")
    for table in (result.series, result.buyers, result.table):
        table[table.select_dtypes("float").columns] = value
    picture(plots.comparison(result))
    flat = curves().assign(mean=value, low=value, high=value)
    picture(plots.trust_versus_cost(flat, "Title", "note"))


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("part", ["series", "buyers", "table"])
def test_a_table_without_numbers_is_no_reason_not_to_draw_the_others(part: str) -> None:
    result = made_up("aggressive", "trusting")
    table = getattr(result, part)
    table[table.select_dtypes("float").columns] = np.nan
    picture(plots.comparison(result))
