"""What is kept in a folder is never replaced by something else."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from relsim.io.errors import InputError


def check_not_another(
    folder: Path,
    name: str,
    record: Mapping[str, Any],
    original: Path | None = None,
    where: str = "--out",
) -> None:
    """Check that what is kept in a folder is what is to be made there, or nothing.

    Parameters
    ----------
    folder : Path
        Where results will be written.
    name : str
        Of the record there.
    record : mapping
        Of what is to be made; versions of the code may differ.
    original : Path, optional
        A record that must stay as it is.
    where : str
        What a message calls the folder.

    Raises
    ------
    InputError
        If something else is kept there.
    """
    file = folder / name
    if not os.path.exists(file):  # noqa: PTH110 - of an impossible name it is False, too
        return
    if original is not None and file.resolve() == original.resolve():
        raise InputError(
            f"{where} {folder}: the comparison itself is kept there; allowed is another folder"
        )
    try:
        there = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        there = None
    if not isinstance(there, dict) or _essence(there) != _essence(json.loads(json.dumps(record))):
        what = "run" if "parameters" in record else "comparison"
        if "strategies" in record:
            what = "tournament"
        raise InputError(
            f"{where} {folder}: another {what} is kept there; allowed is another folder"
        )


def _essence(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a record says of the experiment, not of the code or of what came out."""
    kept = {name: value for name, value in record.items() if name not in ("versions", "finding")}
    return kept | {"measures": list(kept.get("measures") or ())}
