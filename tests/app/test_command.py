"""``relsim app`` and ``relsim play``: what is said to who lacks something or types wrong."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from relsim.cli.app import _serve
from relsim.cli.main import main


def test_without_the_optional_packages_one_line_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['bokeh'] = None;"
        "from relsim.cli.main import main; sys.exit(main(['app', '--port', '0']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.strip().endswith('pip install "relsim[app]"')
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["--port", "many"], "--port many: allowed is a whole number from 0 to 65535"),
        (["--port", "70000"], "--port 70000: allowed is a whole number from 0 to 65535"),
        (["--export", "."], "--export .: is a folder; allowed is the name of a file"),
        (["--export", "a" * 300], "file name too long; allowed is the name of a file"),
        (
            ["--export", "lesson.html", "--language", "de"],
            "unknown --language 'de'; allowed: en, it",
        ),
        # A server has no language of its own: any value is refused, not ignored.
        (["--language", "de"], "--language: allowed only with --export"),
        (["--language", "en", "--port", "0"], "--language: allowed only with --export"),
        (["--language", ""], "--language: allowed only with --export"),
        (["--export", "lesson.html", "--language", ""], "unknown --language ''; allowed: en, it"),
        (["--address", "203.0.113.1", "--port", "0"], "--address 203.0.113.1: "),
    ],
)
def test_wrong_input_gets_one_line(
    typed: list[str],
    words: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def too_late(*_: object, **__: object) -> None:
        raise AssertionError("a lesson was computed")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("relsim.app.export.write", too_late)
    assert main(["app", *typed]) == 2
    said = capsys.readouterr().err.strip()
    assert words in said
    assert len(said.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["--port", "many"], "--port many: allowed is a whole number from 0 to 65535"),
        (["--seed", "-1"], "--seed -1: allowed is a whole number from 0"),
        (["--address", "203.0.113.1", "--port", "0"], "--address 203.0.113.1: "),
    ],
)
def test_a_class_that_cannot_be_opened_gets_one_line(
    typed: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["class", "--no-browser", *typed]) == 2
    said = capsys.readouterr().err.strip()
    assert words in said
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize("browser", [True, False])
def test_play_opens_the_game_in_the_browser_if_it_shall(
    browser: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("relsim.app.serve.start", lambda port, *_, **__: port + 1)
    monkeypatch.setattr("webbrowser.open", opened.append)
    with pytest.raises(TimeoutError):
        asyncio.run(asyncio.wait_for(_serve(4710, "0.0.0.0", "play", browser), 0.2))  # noqa: S104
    assert capsys.readouterr().out.startswith("The game is open: http://localhost:4711/play  ")
    assert opened == ["http://localhost:4711/play"] * browser


def test_play_takes_no_wrong_port(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["play", "--port", "70000"]) == 2
    assert "--port 70000: allowed is" in capsys.readouterr().err
