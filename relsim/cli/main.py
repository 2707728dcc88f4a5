"""The ``relsim`` command: what was typed goes to the command of its name.

Whatever is wrong with it gets one line on the standard error stream and exit status 2. Files are
written at the very end, all of them or none.
"""

from __future__ import annotations

import contextlib
import errno
import io
import sys
import warnings
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from relsim.cli import (
    analysis,
    claims,
    compare,
    lists,
    run,
    session,
    sweep,
    tournament,
    trust_cost,
    where,
)
from relsim.cli import app as pages
from relsim.io.errors import InputError, StoppedError, UnfinishedError, shortened

FAILED, WRONG_INPUT, STOPPED = 1, 2, 130

app = typer.Typer(
    help="Agent-based simulation of buyer-seller relationships: trust, disclosure and cost.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
# In the order of the help: what a newcomer looks for comes first.
for _commands in (
    compare,
    run,
    pages,
    session,
    trust_cost,
    tournament,
    sweep,
    analysis,
    where,
    claims,
    lists,
):
    _commands.register(app)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Agent-based simulation of buyer-seller relationships: trust, disclosure and cost."""
    if version:
        from relsim.engine.versions import __version__

        print(f"relsim {__version__}")
    elif context.invoked_subcommand is None:
        print(context.get_help())


# --- the command itself ---------------------------------------------------------------------------


def take_any_character() -> None:
    """A terminal or file that cannot take a character gets its code, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the ``relsim`` command.

    Parameters
    ----------
    arguments : sequence of str, optional
        What was typed after ``relsim``; that of this process if not given.

    Returns
    -------
    int
        Exit status: 0, 1 if some runs failed or the work cannot go on, 2 if the input was wrong,
        130 if stopped by Ctrl-C.
    """
    take_any_character()
    try:
        with warnings_in_a_line():
            status = app(
                list(arguments) if arguments is not None else None,
                prog_name="relsim",
                standalone_mode=False,
            )
    except InputError as error:
        return complain(str(error), WRONG_INPUT)
    except UnfinishedError as error:
        return complain(str(error), FAILED)
    except StoppedError as error:
        return complain(str(error), STOPPED)
    except (KeyboardInterrupt, typer.Abort):
        return complain("stopped; nothing was written", STOPPED)
    except MemoryError:
        return complain("there is not enough memory for this; nothing was written", FAILED)
    except OSError as error:
        return complain_of_the_system(error)
    except Exception as error:
        # What typer itself finds wrong; its classes moved between its versions.
        if not hasattr(error, "format_message"):
            raise
        return complain(error.format_message(), WRONG_INPUT)
    if status == STOPPED:
        return complain("stopped; nothing was written", STOPPED)
    return status if isinstance(status, int) else 0


def complain(text: str, status: int) -> int:
    """Say in one line why there is no result."""
    with contextlib.suppress(OSError):
        print(f"relsim: {' '.join(text.split())}", file=sys.stderr)
    return status


def complain_of_the_system(error: OSError) -> int:
    """Say in one line what could not be read or written."""
    name, reason = str(error.filename or "writing"), error.strerror or error
    if error.errno == errno.ENAMETOOLONG:
        return complain(f"{shortened(name)}: {reason}", WRONG_INPUT)
    return complain(f"{name}: {reason}", FAILED)


@contextlib.contextmanager
def warnings_in_a_line() -> Iterator[None]:
    """Say each warning in one line, without where in the code it comes from."""

    def say(message: Warning | str, *_: Any, **__: Any) -> None:
        """Say what is warned of, and nothing else."""
        complain(str(message), 0)

    with warnings.catch_warnings():
        warnings.showwarning = say
        yield
