"""What several subcommands share: exit codes, options, how they complain."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg_news.registry import Registry

FINE, PROBLEMS, WRONG_USE, BROKEN_PIPE = 0, 1, 2, 141


def registry_option(parser: argparse.ArgumentParser) -> None:
    """`--registry DIR`."""
    text = "the registry of outlets, actors and words (default: the one that ships with kg-news)"
    parser.add_argument("--registry", type=Path, metavar="DIR", help=text)


def citation_option(parser: argparse.ArgumentParser) -> None:
    """`--citation FILE`."""
    text = "CITATION.cff of your own dataset, by which its card and citations speak (default: that of kg-news)"
    parser.add_argument("--citation", type=Path, metavar="FILE", help=text)


def folder_option(parser: argparse.ArgumentParser) -> None:
    """`--folder DIR`."""
    text = "dataset folder (default: the one that ships with kg-news)"
    parser.add_argument("--folder", type=Path, metavar="DIR", help=text)


def columns_option(parser: argparse.ArgumentParser) -> None:
    """`--columns FIELD=NAME,…`, as a mapping."""
    text = "where CSV or JSON Lines have id, text, title, url, date, author: text=Body,date=Day"
    parser.add_argument("--columns", metavar="FIELD=NAME,…", type=_columns, help=text)


def _columns(words: str) -> dict[str, str]:
    from kg_news.read.mapping import parse_mapping

    try:
        return parse_mapping(words)
    except ValueError as error:  # argparse prints the message of its own error only
        raise argparse.ArgumentTypeError(str(error)) from None


def at_least(least: int) -> Callable[[str], int]:
    """What reads a whole number from `least` on, as the `type` of an option.

    >>> at_least(1)("4")
    4
    """

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number") from None
        if number < least:
            raise argparse.ArgumentTypeError(f"it must be {least} or more, not {number}")
        return number

    return read


def several(read: Callable[[str], int]) -> Callable[[str], list[int]]:
    """What reads values with commas between them, each by `read`.

    >>> several(at_least(1))("1,20")
    [1, 20]
    """
    return lambda text: [read(part) for part in text.split(",")]


def registry(folder: Path | None) -> Registry:
    """The registry in the folder, or the shipped one. InputError where it is broken."""
    from kg_news.registry import load_registry

    return load_registry(folder)


def wrong_use(message: str) -> int:
    """Say what is wrong with the call; the exit code for it."""
    print(message, file=sys.stderr)
    return WRONG_USE


def complain(error: BaseException) -> int:
    """Print an error without its traceback; the exit code for it."""
    print(error, file=sys.stderr)
    return PROBLEMS


@contextmanager
def bar() -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar on stderr: tell it a stage, how much is done and of how many, None where nobody knows."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as shown:
        tasks = {}

        def tell(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = shown.add_task(stage, total=total, rate="")
            speed = shown.tasks[tasks[stage]].speed
            shown.update(tasks[stage], completed=done, total=total, rate=f"{speed:,.0f}/s" if speed else "")

        yield tell
