"""The folder reads like the model description, and imports go one way."""

import ast
import subprocess
import sys
from fnmatch import fnmatchcase
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from relsim.sources import has_effect

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

# The order of the files: one imports only from lines above its own.  Files of
# one line (a folder) may import each other, without a circle.
ORDER = (
    "sources",
    "machine_code",
    "compilation",
    "versions",
    "errors",
    "files",
    "reading",
    "console",
    "mechanisms",
    "stances",
    "parameters*",
    "presets",
    "records",
    "state",
    "ledgers",
    "luck",
    "pcg64",
    "initialization",
    "memory",
    "submodels*",
    "observation*",
    "schedule",
    "course",
    "agents",
    "model",
    "run",
    "simulation",
    "supervision",
    "appearance",
    "plots*",
    "comparison*",
    "reporting",
    "sweep*",
    "outcomes",
    "curves",
    "replication",
    "indices",
    "studies*",
    "claims*",
    "odd",
    "app*",
    "analysis_commands",
    "arguments",
    "cli",
    "__main__",
    "__init__",
)

# What holds or runs a market.  Plots draw tables that were saved, so that
# running and analysing stay apart.
MODEL = (
    "records",
    "state",
    "ledgers",
    "luck",
    "pcg64",
    "initialization",
    "memory",
    "submodels*",
    "schedule",
    "course",
    "agents",
    "model",
    "run",
    "simulation",
)


def matches(module: str, line: str) -> bool:
    """Say whether a module belongs to a line; `sweep*` is a folder with its files."""
    folder = line.removesuffix("*")
    return module == folder or (line.endswith("*") and fnmatchcase(module, f"{folder}.*"))


def line_of(module: str) -> int:
    """Return the place of a module in ORDER."""
    lines = [number for number, line in enumerate(ORDER) if matches(module, line)]
    assert lines, f"relsim/{module.replace('.', '/')}.py has no place in ORDER: give it one"
    return lines[0]


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
    return {module: imported(module, set(SOURCES)) for module in SOURCES}


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


@pytest.mark.parametrize("module", SOURCES)
def test_imports_only_from_lines_above(module: str) -> None:
    own = line_of(module)
    wrong = {
        other
        for other in imports()[module]
        if line_of(other) > own or (line_of(other) == own and not ORDER[own].endswith("*"))
    }
    assert not wrong, f"{module} imports from a line below its own: {sorted(wrong)}"


def test_no_import_cycles() -> None:
    # static_order raises CycleError, which names the circle.
    ordered = list(TopologicalSorter(imports()).static_order())
    assert set(ordered) >= set(SOURCES)


def test_the_hash_of_the_model_covers_what_the_numbers_of_a_sweep_come_from() -> None:
    """No file more, or editing a figure would spoil a sweep; none less, or results would mix."""
    # A plan decides points, arms and seeds; a worker makes the runs and reads the measures.
    found, left = set(), {"simulation", "sweep.plan", "sweep.worker"}
    while left:
        module = left.pop()
        found.add(module)
        left |= imports()[module] - found
    covered = {
        module
        for module, path in SOURCES.items()
        if has_effect(path.relative_to(PACKAGE).as_posix())
    }
    # Packages are files too, imported by name or not.
    assert covered - found <= {module.partition(".")[0] for module in found}
    assert found <= covered


def test_plots_import_no_model() -> None:
    wrong = {
        other
        for module, others in imports().items()
        for other in others
        if matches(module, "plots*") and any(matches(other, line) for line in MODEL)
    }
    assert not wrong


def test_the_check_itself_finds_imports_of_every_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = PACKAGE / "sweep" / "imaginary.py"
    text = (
        "import numpy, relsim.cli\n"
        "from relsim import presets, simulate\n"
        "from relsim.submodels.trust import moved\n"
        "from . import store\n"
        "from ..model import RelationshipModel\n"
        "def later():\n"
        "    import relsim.claims as claims\n"
    )
    monkeypatch.setitem(SOURCES, "sweep.imaginary", path)
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: text)
    modules = {"cli", "presets", "submodels.trust", "sweep.store", "model", "claims", "__init__"}
    assert imported("sweep.imaginary", modules) == modules


@pytest.mark.parametrize("package", ["mesa", "pandas", "matplotlib"])
def test_import_relsim_stays_light(package: str) -> None:
    """Each takes a good part of a second to import; many commands need none."""
    code = f"import relsim, sys; print({package!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
