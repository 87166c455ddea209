"""What kg-news raises.

    KgNewsError
    ├── InputError        a raw article, sidecar, registry file or correction is broken; says where and how to mend it
    ├── BuildError        a build cannot go on: its folders, its totals, its disk
    ├── DataError         the dataset's folder is not what its manifest says
    └── MissingExtra      a step needs the libraries of `kg-news[build]`

Catch `KgNewsError` for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg_news.records import Issue


class KgNewsError(Exception):
    """The root of every error that kg-news raises itself."""


class InputError(KgNewsError):
    """Broken input, with every problem that was found in it."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))

    def __reduce__(self) -> tuple[type[InputError], tuple[tuple[Issue, ...]]]:
        """By what it was made of, not by its message: it is raised in one process and read in another."""
        return type(self), (self.issues,)


class BuildError(KgNewsError):
    """A build that cannot go on; nothing was published."""


class DataError(KgNewsError):
    """A dataset folder that is incomplete, or differs from its manifest."""


class MissingExtra(KgNewsError, ImportError):  # noqa: N818 - the extra is what is missing, not the error
    """A library of an optional extra is not installed."""

    def __init__(self, extra: str, module: str | None) -> None:
        self.extra, self.module = extra, module
        super().__init__(
            f"this step needs {module or 'more libraries'}; install what it needs with: pip install 'kg-news[{extra}]'"
        )

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str | None]]:
        return type(self), (self.extra, self.module)
