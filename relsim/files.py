"""Files that are whole or not there."""

from __future__ import annotations

import uuid
from pathlib import Path


def write_atomically(path: str | Path, content: str | bytes) -> Path:
    """Write a file so that nobody ever finds half of it.

    Parameters
    ----------
    path : str or Path
        Where to; missing folders are made.
    content : str or bytes
        All of it; text is written as UTF-8 with line feeds, on any system.

    Returns
    -------
    Path
        The file written.

    Notes
    -----
    Written beside its place and then renamed: a program that is stopped leaves the old file.
    """
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    try:
        with temporary.open("xb") as stream:
            stream.write(data)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    return target
