"""The folder reads like the model description, and imports go one way."""

import ast
import importlib
import pkgutil
import subprocess
import sys
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from relsim.engine.source_hash import MODEL

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "relsim"

TOP_LEVEL = {
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE",
    "README.md",
    "experiments",
    "pyproject.toml",
    "relsim",
    "tests",
}

ROOMS = (
    "io",
    "engine",
    "parameters",
    "model",
    "design",
    "plots",
    "analysis",
    "comparison",
    "sweep",
    "studies",
    "claims",
    "play",
    "app",
    "cli",
)
"""The order of the rooms: one imports only from rooms before its own, without a circle within."""

DRAWS_ITSELF = ("model.run", "plots")
"""The one import that goes up: ``Run.plot`` asks for a picture, which is made of its tables."""

OUTSIDE = {"__init__", "__main__"}
"""Files in no room: what is imported as relsim, and what is started."""


def room(module: str) -> str:
    """Name the room that a module is in."""
    return module.partition(".")[0]


def module_name(path: Path) -> str:
    """Name a file within the package: `sweep.store`, `sweep`, `__init__`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    if parts[-1] == "__init__" and len(parts) > 1:
        parts = parts[:-1]
    return ".".join(parts)


SOURCES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported(module: str, modules: set[str]) -> set[str]:
    """Find the modules of relsim that one of them imports, wherever in the file.

    An import in a function or for type checking counts like any other: it is a
    dependency all the same.
    """
    path = SOURCES[module]
    package = ("relsim", *path.relative_to(PACKAGE).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join((*start, *((node.module,) if node.module else ())))
            names = [f"{base}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            first, *rest = name.split(".")
            if first != "relsim":
                continue
            # `a.b.c` is the module a.b.c, or the name c in the module a.b.
            while rest and ".".join(rest) not in modules:
                rest.pop()
            found.add(".".join(rest) or "__init__")
    return found - {module}


@cache
def imports() -> dict[str, set[str]]:
    """Return, for each module, the modules of relsim it imports."""
    found = {module: imported(module, set(SOURCES)) for module in SOURCES}
    run, plots = DRAWS_ITSELF
    found[run].remove(plots)
    return found


def test_top_level_holds_nothing_else() -> None:
    if (ROOT / ".git").exists():
        # What git ignores (virtual environments, results) is no part of the project.
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        files = [name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()]
        found = {name.split("/")[0] for name in files}
    else:
        found = {path.name for path in ROOT.iterdir()}
    assert {name for name in found if not name.startswith(".")} <= TOP_LEVEL


def test_every_file_is_in_a_room() -> None:
    assert {room(module) for module in SOURCES} == {*ROOMS, *OUTSIDE}
    files = {path.name for path in PACKAGE.iterdir() if path.is_file()}
    assert files == {"__init__.py", "__main__.py", "ODD.md"}


@pytest.mark.parametrize("module", sorted(set(SOURCES) - OUTSIDE))
def test_imports_only_from_rooms_before_its_own(module: str) -> None:
    before = {*ROOMS[: ROOMS.index(room(module)) + 1]}
    wrong = {other for other in imports()[module] - OUTSIDE if room(other) not in before}
    assert not wrong, f"{module} imports from a room after its own: {sorted(wrong)}"


@pytest.mark.parametrize("package", ["", ".plots", ".comparison", ".sweep", ".studies.calibration"])
def test_no_public_name_is_a_module_too(package: str) -> None:
    """Whichever is imported first would hide the other."""
    found = importlib.import_module(f"relsim{package}")
    modules = {module.name for module in pkgutil.iter_modules(found.__path__)}
    assert not modules & set(found.__all__)


def test_no_import_cycles() -> None:
    # static_order raises CycleError, which names the circle.
    ordered = list(TopologicalSorter(imports()).static_order())
    assert set(ordered) >= set(SOURCES)


def test_the_hash_of_the_model_covers_what_the_numbers_of_a_sweep_come_from() -> None:
    """No file more, or editing a figure would spoil a sweep; none less, or results would mix."""
    # A plan decides points, arms and seeds; a worker makes the runs and reads the measures.
    found, left = set(), {"model.simulation", "design.plan", "sweep.worker"}
    while left:
        module = left.pop()
        found.add(module)
        left |= imports()[module] - found
    covered = {
        module
        for module, path in SOURCES.items()
        if path.relative_to(PACKAGE).as_posix().startswith(MODEL)
    }
    # Words of errors and the reading of text change no number.
    assert {module for module in found - covered if room(module) != "io"} <= OUTSIDE
    assert {room(module) for module in covered} == {
        "parameters",
        "model",
        "engine",
        "design",
        "sweep",
    }
    assert {module for module in covered if room(module) == "sweep"} == {
        "sweep.chunks",
        "sweep.worker",
    }


def test_plots_draw_tables_and_run_no_model() -> None:
    others = set().union(*(imports()[module] for module in SOURCES if room(module) == "plots"))
    assert not {module for module in others if room(module) == "model"}


def test_the_check_itself_finds_imports_of_every_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = PACKAGE / "sweep" / "imaginary.py"
    text = (
        "import numpy, relsim.cli.main\n"
        "from relsim import presets, simulate\n"
        "from relsim.model.submodels.trust import moved\n"
        "from . import store\n"
        "from ..model import RelationshipModel\n"
        "def later():\n"
        "    import relsim.claims as claims\n"
    )
    monkeypatch.setitem(SOURCES, "sweep.imaginary", path)
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: text)
    modules = {"cli.main", "presets", "model", "model.submodels.trust", "sweep.store", "claims"}
    assert imported("sweep.imaginary", modules | {"__init__"}) == modules | {"__init__"}


@pytest.mark.parametrize("package", ["mesa", "pandas", "matplotlib"])
def test_import_relsim_stays_light(package: str) -> None:
    """Each takes a good part of a second to import; many commands need none."""
    code = f"import relsim, sys; print({package!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
