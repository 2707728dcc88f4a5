"""What goes to a page over its websocket: columns of numbers as JSON.

Arrays travel as their bytes, so that a page has the same numbers to the last bit, ``nan`` included.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from relsim.app import portraits, sentences, views
from relsim.app.jobs import Answer, Problem
from relsim.app.settings import Settings
from relsim.app.texts import Words

KINDS = ("float64", "int16", "uint8")
"""Types of arrays that the page knows."""


class Question(NamedTuple):
    """What a page asked for.

    Attributes
    ----------
    link : str
        As the page wrote it: so it knows what the numbers belong to.
    settings : Settings
        What the link says.
    words : Words
        To answer in.
    """

    link: str
    settings: Settings
    words: Words


def of_answer(answer: Answer) -> dict[str, Any]:
    """Everything that a page shows of an answer, ready to be written as JSON.

    Parameters
    ----------
    answer : Answer
        Of the engine, to a ``Question``.

    Returns
    -------
    dict
        Columns by source, ``status``, and ``alternatives``: texts by picture.
    """
    question: Question = answer.question
    words = question.words
    if answer.comparison is None:
        assert answer.error is not None
        return of_problem(answer.error, words)
    shown = views.of_comparison(answer.comparison, question.settings, words)
    shown["words"]["query"] = [question.link]
    said = sentences.alternatives(shown, words)
    if answer.drawn:
        shown |= portraits.of_portraits(*answer.drawn, words)
        said |= portraits.alternatives(*answer.drawn, words)
    name = "status.at_rest" if answer.drawn else "status.moving"
    status = {"text": words(name, count=answer.comparison.replicates), "error": ""}
    columns = {source: packed(columns) for source, columns in shown.items()}
    return {"status": status, "alternatives": said, **columns}


def of_problem(problem: Problem, words: Words) -> dict[str, Any]:
    """What a page shows when there are no new numbers."""
    message = problem.refused.said(words.language) if problem.refused else ""
    error = words(problem.sentence, message=message)
    return {"status": {"text": "", "error": error}}


def packed(columns: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as JSON can keep them.

    Parameters
    ----------
    columns : mapping
        Lists or arrays by name.

    Returns
    -------
    dict
        Arrays as their bytes, little end first; in lists null for what is not finite.

    Examples
    --------
    >>> packed({"x": np.array([1, 2], np.uint8), "y": [0.5, float("nan")]})
    {'x': {'kind': 'uint8', 'bytes': 'AQI='}, 'y': [0.5, None]}
    """
    return {name: _column(values) for name, values in columns.items()}


def _column(values: Any) -> Any:
    if isinstance(values, np.ndarray):
        if values.dtype.name in KINDS:
            little = values.astype(values.dtype.newbyteorder("<"), copy=False)
            return {
                "kind": values.dtype.name,
                "bytes": base64.b64encode(little.tobytes()).decode("ascii"),
            }
        values = values.tolist()
    return [
        None if isinstance(value, float) and not math.isfinite(value) else value for value in values
    ]
