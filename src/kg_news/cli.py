"""The command `kg-news`: finds the subcommand and runs it. Data goes to stdout, messages go to stderr."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from kg_news import __version__
from kg_news.commands import COMMANDS
from kg_news.commands.common import BROKEN_PIPE, INTERRUPTED, complain
from kg_news.errors import KgNewsError, MissingExtra
from kg_news.quick import frugal

EXIT_CODES = "exit codes: 0 fine; 1 problems in the data or on the disk; 2 wrong use; 130 interrupted"


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (by default the process's own); returns the exit code. SystemExit for wrong use."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a record is UTF-8 whatever the locale
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    frugal()
    args = _parser().parse_args(argv)
    run: Callable[[argparse.Namespace], int] = args.run
    try:
        code = run(args)
        sys.stdout.flush()
        return code
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("kg_news"):
            raise
        return complain(MissingExtra("build", error.name))
    except KgNewsError as error:
        return complain(error)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # `kg-news show | head`: the reader has what it wanted
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE


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
