"""How fast the classroom is, as ratios: ``python -m tests.app.speed``.

Times of one computer say little about another. A moved slider is measured against the bare
``compare`` that makes the same runs, the first page against ``python -c "import numpy, numba"``;
in turns, in a headless Chromium.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import browser as chromium
from serving import classroom

from relsim import compare, presets

PAIRS = 8
"""Pairs of runs while a slider moves."""

FOLLOWS, FIRST = 3.0, 12.0
"""The most that either may be."""

MOVE = """
([name, value]) => new Promise((done) => {
    document.getElementById("both").checked = true;
    const input = document.querySelector(`input[data-arm=a][data-name=${name}]`);
    const start = performance.now();
    input.value = value;
    input.dispatchEvent(new Event("input", {bubbles: true}));
    const wanted = relsim.query();
    const look = () => {
        if (document.documentElement.dataset.shown !== wanted) return requestAnimationFrame(look);
        // Drawn by the frame after the next.
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
    };
    look();
})
"""

SHOWN = "document.documentElement.dataset.ready && relsim.updates > 0"


@contextmanager
def chrome() -> Iterator[Any]:
    """A browser, to the end of the block."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=chromium.executable(), args=list(chromium.ARGUMENTS)
        )
        yield launched
        launched.close()


def moves(repeats: int) -> list[tuple[float, float]]:
    """Seconds from a slider's event to all curves, and of ``compare`` for the same runs."""
    base = presets["classroom"]
    pairs = []
    with classroom() as served, chrome() as launched:
        page = launched.new_page(viewport={"width": 1280, "height": 720})
        page.goto(f"{served.address}sandbox")
        page.wait_for_function(SHOWN)
        compare("aggressive", "trusting", base=base, replicates=2)
        for number in range(repeats):
            value = round(0.31 + 0.01 * number, 2)
            page.wait_for_function("/^50 /.test(document.getElementById('status').textContent)")
            ours = page.evaluate(MOVE, ["uncertainty", value]) / 1000.0
            page.wait_for_function("/^50 /.test(document.getElementById('status').textContent)")
            start = time.perf_counter()
            arms = (
                base.with_values(uncertainty=value, buyer_stances=stance)
                for stance in ("aggressive", "trusting")
            )
            _ = compare(*arms, replicates=PAIRS, seed=0).table
            pairs.append((ours, time.perf_counter() - start))
    return pairs


def first_pages(repeats: int) -> list[tuple[float, float]]:
    """Seconds from the command to the first curves, and of importing numpy and numba."""
    pairs = []
    with chrome() as launched:
        for _ in range(repeats + 1):
            page = launched.new_page(viewport={"width": 1280, "height": 720})
            start = time.perf_counter()
            with classroom() as served:
                page.goto(f"{served.address}sandbox")
                page.wait_for_function(SHOWN)
                ours = time.perf_counter() - start
            page.close()
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", "import numpy, numba"], check=True)
            pairs.append((ours, time.perf_counter() - start))
    return pairs[1:]  # the first one may have compiled


def told(name: str, pairs: list[tuple[float, float]], most: float) -> bool:
    """Print a figure; whether it holds."""
    ratios = [ours / bare for ours, bare in pairs]
    middle = statistics.median(ratios)
    print(
        f"{name}: {statistics.median(ours for ours, _ in pairs):.3f} s, bare "
        f"{statistics.median(bare for _, bare in pairs):.3f} s; {middle:.2f} times "
        f"({min(ratios):.2f} to {max(ratios):.2f}), at most {most:g}: "
        f"{'holds' if middle <= most else 'MISSED'}"
    )
    return middle <= most


def main() -> int:
    """Print the figures; status 1 if one misses."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=9)
    repeats = parser.parse_args().repeats
    good = told("a moved slider, to all curves", moves(repeats), FOLLOWS)
    return 0 if told("the first page", first_pages(repeats), FIRST) and good else 1


if __name__ == "__main__":
    sys.exit(main())
