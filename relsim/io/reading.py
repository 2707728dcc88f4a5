"""Text as people's programs write it: UTF-8 or UTF-16, with or without a byte-order mark."""

from __future__ import annotations

import json
from pathlib import Path


def encoding_of(path: str | Path) -> str:
    """Find the encoding of a text file that begins with a letter, a bracket or the like.

    PowerShell writes UTF-16 with ``>``, and some editors begin UTF-8 with a byte-order mark.
    """
    with Path(path).open("rb") as stream:
        return json.detect_encoding(stream.read(4))


def read_text(path: str | Path) -> str:
    """Read a text file.

    Parameters
    ----------
    path : str or Path
        Of the file.

    Returns
    -------
    str
        Its content, with line feeds.

    Raises
    ------
    OSError
        If it cannot be read.
    ValueError
        If it is no text in these encodings.
    """
    try:
        return Path(path).read_text(encoding=encoding_of(path))
    except UnicodeError:
        raise ValueError("is no text in UTF-8 or UTF-16") from None
