"""Finds the subcommand and runs it. Data goes to stdout, messages go to stderr."""

from __future__ import annotations

import argparse
import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from kg_news import __version__
from kg_news.atomic import FULL
from kg_news.commands import COMMANDS
from kg_news.commands.common import BROKEN_PIPE, complain
from kg_news.errors import KgNewsError, MissingExtra
from kg_news.quick import frugal
from kg_news.records import Issue

EXIT_CODES = "exit codes: 0 fine; 1 problems in the data or on the disk; 2 wrong use; 130 interrupted"


def dispatch(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv`; returns the exit code."""
    if not sys.stdout:  # `kg-news show >&-`: a file that is opened later would take its place
        return complain(_unwritable(OSError(errno.EBADF, os.strerror(errno.EBADF))))
    if isinstance(sys.stdout, io.TextIOWrapper):  # a record is UTF-8 whatever the locale
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    frugal()
    return _run(_parser().parse_args(argv))


def _run(args: argparse.Namespace) -> int:
    """The exit code of the subcommand; what it raises becomes a line on stderr."""
    run: Callable[[argparse.Namespace], int] = args.run
    try:
        code = run(args)
        sys.stdout.flush()
        return code
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("kg_news"):
            raise
        if error.name in sys.stdlib_module_names:  # fcntl, say: no library can be installed for it
            return complain(KgNewsError(f"this step needs {error.name}, which Python has on Linux and macOS alone"))
        return complain(MissingExtra("build", error.name))
    except KgNewsError as error:
        return complain(error)
    except BrokenPipeError:  # `kg-news show | head`: the reader has what it wanted
        _discard()
        return BROKEN_PIPE
    except OSError as error:
        return complain(_of_the_disk(error))


def _of_the_disk(error: OSError) -> KgNewsError:
    """The message for what no room below has words of its own for."""
    if error.filename is None:
        _discard()  # what Python says of a stream, such as `kg-news show >/dev/full`, names no file
        return _unwritable(error)
    message, way_out = f"cannot be read or written: {error.strerror}", "check the name and the permissions"
    return KgNewsError(Issue("file-unreadable", message, way_out, str(error.filename)))  # a name too long, say


def _discard() -> None:
    """Else Python would write what is left when it ends, and fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _unwritable(error: OSError) -> KgNewsError:
    """The message for a standard output that takes nothing."""
    if error.errno in FULL:
        message, way_out = f"the disk is full ({error.strerror})", "free some space, or write elsewhere"
        return KgNewsError(Issue("disk-full", message, way_out, "output"))
    message = f"the output cannot be written: {error.strerror}"
    return KgNewsError(Issue("output-unwritable", message, "let it lead to a file, a pipe or a terminal", "output"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kg-news", description="Build, check, show and cite the kg-news dataset.", epilog=EXIT_CODES
    )
    parser.add_argument("--version", action="version", version=f"kg-news {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in COMMANDS:
        module = import_module(f"kg_news.commands.{name}")
        text: str = module.TEXT
        made = commands.add_parser(name, help=text, description=f"{text[0].upper()}{text[1:]}.", epilog=EXIT_CODES)
        module.arguments(made)
        made.set_defaults(run=module.run)
    return parser
