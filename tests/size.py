"""How large the project is: ``python -m tests.size``.

Counts lines of code: those that hold more than a comment or a docstring. JavaScript and CSS count
by their lines that are neither empty nor comments.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SILENT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}


def docstring_lines(tree: ast.AST) -> set[int]:
    """Lines of strings that stand alone: docstrings, also those of variables."""
    return {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }


def code_lines(source: str) -> int:
    r"""Lines of Python that are neither empty, comment nor docstring.

    >>> code_lines("'What it is.'\n\n# why\nx = 1  # one\ny = (\n    2)\n")
    3
    """
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in SILENT:
            lines |= set(range(token.start[0], token.end[0] + 1))
    return len(lines - docstring_lines(ast.parse(source)))


def page_lines(source: str) -> int:
    r"""Lines of JavaScript or CSS that are neither empty nor comments.

    >>> page_lines("/* why\n   so */\nlet x = 1; // one\n\n// two\n")
    1
    """
    without = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    lines = (line.strip() for line in without.splitlines())
    return sum(bool(line) and not line.startswith("//") for line in lines)


def size(path: Path) -> int:
    """Lines of code of a file."""
    source = path.read_text("utf-8")
    return code_lines(source) if path.suffix == ".py" else page_lines(source)


def sizes(folder: Path) -> dict[Path, int]:
    """Lines of code of every file in a folder."""
    files = (path for path in folder.rglob("*") if path.suffix in {".py", ".js", ".css"})
    return {path: size(path) for path in sorted(files)}


def main() -> None:
    """Print lines of code by folder, and the largest files."""
    for top in ("relsim", "tests", "experiments"):
        found = sizes(ROOT / top)
        sys.stdout.write(f"{top:40}{sum(found.values()):8}\n")
        rooms: dict[str, int] = {}
        for path, lines in found.items():
            parts = path.relative_to(ROOT / top).parts
            room = parts[0] if len(parts) > 1 else "(files)"
            rooms[room] = rooms.get(room, 0) + lines
        for room, lines in sorted(rooms.items(), key=lambda item: -item[1]):
            sys.stdout.write(f"  {room:38}{lines:8}\n")
        for path, lines in sorted(found.items(), key=lambda item: -item[1])[:5]:
            sys.stdout.write(f"    {path.relative_to(ROOT).as_posix():36}{lines:8}\n")


if __name__ == "__main__":
    main()
