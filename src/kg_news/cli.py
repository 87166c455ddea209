"""The command `kg-news`. Nothing is imported before Ctrl-C is looked after: the modules take a quarter of a second."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # typing itself takes a while
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (by default the process's own); returns the exit code. SystemExit for wrong use."""
    try:
        from kg_news.commands.dispatch import dispatch

        return dispatch(argv)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return INTERRUPTED


INTERRUPTED = 130
