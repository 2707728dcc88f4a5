"""The command as it is started: without standard streams, stopped by Ctrl-C, any settings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from relsim import __main__ as program
from relsim.cli.main import main

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="signals and streams differ"),
    pytest.mark.usefixtures("in_a_folder_of_its_own"),
]

SMALL = ["--set", "buyers=6", "--set", "salespeople=6", "--set", "warm_up=3", "--periods", "6"]
RUN = ["run", *SMALL]
COMPARE = ["compare", "aggressive", "trusting", "--replicates", "2", *SMALL]

PLAN = """\
design = "grid"
replicates = 2000
periods = 12
arms = ["aggressive", "trusting"]
base = { buyers = 6, salespeople = 6, warm_up = 3 }
parameters = { uncertainty = [0.1, 0.5] }
"""

# Heard from the first line of the command on; before that it is Python that starts.
BEGUN = """\
import signal, sys
import relsim.__main__
signal.signal(signal.SIGINT, signal.SIG_IGN)
print("begun", file=sys.stderr, flush=True)
"""
COMMAND = BEGUN + "sys.exit(relsim.__main__.main())"


def started(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A process that is about to begin its command."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert process.stderr.readline() == "begun\n"
    return process


def hold(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Hold Ctrl-C down until the process has ended; return what it prints."""
    for _ in range(2000):
        if process.poll() is not None:
            break
        process.send_signal(signal.SIGINT)
        time.sleep(0.02)
    return process.communicate(timeout=60)


# --- standard streams -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closed", "arguments", "count"),
    [
        ("2>&-", RUN, 6),
        (">&-", RUN, 6),
        ("<&-", RUN, 6),
        ("<&- >&- 2>&-", COMPARE, 3),
    ],
)
def test_closed_streams_stop_nothing(closed: str, arguments: list[str], count: int) -> None:
    command = f'"{sys.executable}" -m relsim {" ".join(arguments)} {closed}'
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    written = list(Path("results").glob("*/*"))
    assert len(written) == count
    assert all(path.stat().st_size > 0 for path in written)


@pytest.mark.parametrize("closed", ["2>&-", "<&- >&- 2>&-", "2>/dev/full"])
def test_wrong_input_has_its_status_where_nobody_can_be_told(closed: str) -> None:
    if closed.endswith("full") and not Path("/dev/full").exists():
        pytest.skip("no such device here")
    command = f'"{sys.executable}" -m relsim run --set x=1 {closed}'
    assert subprocess.run(["sh", "-c", command], check=False).returncode == 2


def test_no_file_gets_the_number_of_a_closed_stream() -> None:
    code = (
        "import os; from relsim.__main__ import open_streams; open_streams(); "
        "number = os.open('found', os.O_WRONLY | os.O_CREAT); os.write(number, b'%d' % number)"
    )
    command = f'"{sys.executable}" -c "{code}" <&- >&- 2>&-'
    subprocess.run(["sh", "-c", command], check=True)
    assert int(Path("found").read_text(encoding="utf-8")) > 2


# --- Ctrl-C -----------------------------------------------------------------------------------

LONG = {
    "run": ["run", "--set", "buyers=20000", "--set", "salespeople=20000"],
    "compare": [*COMPARE, "--replicates", "100000"],
    "sweep": ["sweep", "plan.toml"],
    "claims": ["claims", "--replicates", "100000"],
    "app": ["app", "--port", "0"],
}


# In the first moments all commands do the same: they import what they need.
@pytest.mark.parametrize(
    ("command", "seconds"), [("run", 0.0), ("sweep", 0.4), *((name, 3.0) for name in LONG)]
)
def test_ctrl_c_held_down_gets_one_line(command: str, seconds: float) -> None:
    Path("plan.toml").write_text(PLAN, encoding="utf-8")
    process = started(COMMAND, *LONG[command])
    time.sleep(seconds)
    out, err = hold(process)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    assert "Exception ignored" not in err
    assert err.splitlines()[-1].startswith("relsim: stopped")
    if command in ("run", "compare"):
        assert (out, Path("results").exists()) == ("", False)


def test_ctrl_c_held_down_on_a_short_command() -> None:
    process = started(COMMAND, "parameters")
    _, err = hold(process)
    assert (process.returncode, err) in ((130, "relsim: stopped; nothing was written\n"), (0, ""))


@pytest.mark.quick
@pytest.mark.parametrize("where", [program.main, program.Interruption.hear_no_more])
def test_between_the_lines_of_the_program_itself_nothing_is_raised(where: Any) -> None:
    interruption = program.Interruption()
    interruption(2, SimpleNamespace(f_code=where.__code__, f_back=None))  # type: ignore[arg-type]
    assert interruption.heard
    with pytest.raises(KeyboardInterrupt):
        interruption(2, None)


# Python cannot pass on what is raised while an object is being removed.
LOST = """\
import time
from relsim.cli import main as cli

class Lasting:
    def __del__(self):
        print("removed", flush=True)
        time.sleep(10)

def command():
    lasting = Lasting()
    del lasting
    print("next", flush=True)
    time.sleep(60)

cli.main = command
sys.exit(relsim.__main__.main())
"""


def test_an_interruption_that_python_loses_leaves_no_trace_and_the_next_is_heard() -> None:
    process = started(BEGUN + LOST)
    assert process.stdout is not None
    assert process.stdout.readline() == "removed\n"
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "next\n"
    _, err = hold(process)
    assert (process.returncode, err) == (130, "relsim: stopped; nothing was written\n")


FAILING = """\
import os
from relsim.cli import main as cli

def command():
    try:
        {interruption}
    except KeyboardInterrupt:
        pass
    raise RuntimeError("a fault of relsim")

cli.main = command
sys.exit(relsim.__main__.main())
"""


@pytest.mark.parametrize(
    ("interruption", "status", "told"),
    [
        ("os.kill(os.getpid(), signal.SIGINT)", 130, "relsim: stopped; nothing was written"),
        ("pass", 1, "RuntimeError: a fault of relsim"),
    ],
)
def test_an_error_is_told_unless_it_comes_after_an_interruption(
    interruption: str, status: int, told: str
) -> None:
    process = started(BEGUN + FAILING.format(interruption=interruption))
    *trace, last = process.communicate(timeout=60)[1].splitlines()
    assert (process.returncode, last, bool(trace)) == (status, told, status == 1)


# --- no temporary folder ----------------------------------------------------------------------

NO_TEMPORARY_FOLDER = """\
import json, sys, tempfile

def gettempdir():
    if tempfile.tempdir is None:
        raise FileNotFoundError(2, "No usable temporary directory found")
    return tempfile.tempdir

tempfile.gettempdir = gettempdir
from relsim.__main__ import main
for arguments in json.loads(sys.argv[1]):
    sys.argv[1:] = arguments
    main()
"""


def test_without_a_temporary_folder_commands_run() -> None:
    screening = (
        'design = "morris"\npoints = 2\nreplicates = 2\nperiods = 6\n'
        "base = { buyers = 6, salespeople = 6, warm_up = 3 }\n"
        "[parameters]\nuncertainty = { low = 0.1, high = 0.5 }\n"
    )
    Path("plan.toml").write_text(screening, encoding="utf-8")
    curve = ["--x", "uncertainty", "--y", "total_cost_per_unit"]
    commands = [COMPARE, ["sweep", "plan.toml"], ["curve", "results.duckdb", *curve]]
    done = subprocess.run(
        [sys.executable, "-c", NO_TEMPORARY_FOLDER, json.dumps(commands)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(list(Path("results").glob("*/comparison.png"))) == 1
    assert len(list(Path("results").glob("**/curve.png"))) == 1


# --- settings of others -----------------------------------------------------------------------


def test_settings_of_matplotlib_change_no_picture() -> None:
    assert main([*COMPARE, "--out", "plain"]) == 0
    settings = "text.usetex: True\nfigure.facecolor: black\nfont.family: serif\nno.such.key: 1\n"
    Path("matplotlibrc").write_text(settings, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "relsim", *COMPARE, "--out", "other"],
        env=os.environ | {"MPLBACKEND": "nonsense"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "no.such.key" not in done.stderr
    plain, other = (Path(folder, "comparison.png").read_bytes() for folder in ("plain", "other"))
    assert plain == other


def test_settings_that_cannot_be_read_lose_no_numbers() -> None:
    Path("matplotlibrc").write_bytes(b"font.family: \xff\n")
    command = [sys.executable, "-m", "relsim", *COMPARE, "--out", "other"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("relsim: other/comparison.png: could not be")
    assert sorted(path.name for path in Path("other").iterdir()) == ["comparison.csv", "run.json"]
