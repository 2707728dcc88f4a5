"""What the commands that load a server share: their options, and limits that hold or are missed."""

import argparse


def options(document: str, **defaults: float) -> argparse.Namespace:
    """What the command line says, by the first line of a module's documentation."""
    parser = argparse.ArgumentParser(description=document.splitlines()[0])
    for name, default in defaults.items():
        parser.add_argument(f"--{name}", type=type(default), default=default)
    return parser.parse_args()


class Limits:
    """Says of figures whether they are within their limits, and remembers whether all were."""

    def __init__(self) -> None:
        self.hold = True

    def said(self, figure: float, most: float, unit: str = "") -> str:
        """A limit, and whether a figure keeps to it."""
        holds = figure <= most
        self.hold = self.hold and holds
        return f"at most {most:g}{unit}: {'holds' if holds else 'MISSED'}"
