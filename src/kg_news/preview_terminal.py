"""A preview in the terminal. What colours say is said by signs as well: brackets, numbers, bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kg_news.preview import Piece, Preview, counted, described_actor, described_photo, described_quote, facts, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kg_news.records import Record

STYLES = {
    "Person": "bold magenta",
    "PublicBody": "bold cyan",
    "Organization": "bold blue",
    "Company": "bold yellow",
    "Country": "bold green",
}
QUOTE = "italic underline"
PHOTO = {"caption": "yellow", "marker": "dim", "credit": "bold yellow"}
SEVERITY = {"error": "bold red", "warning": "yellow"}
_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def show(preview: Preview, console: Console) -> None:
    """Print one article: facts, text with what was found in it, lists of it, issues."""
    from rich.text import Text

    record = preview.record
    console.print(Text(visible(record["id"] if record else preview.name), style="bold reverse"))
    if record:
        if record["title"]:
            console.print(Text(visible(record["title"]), style="bold"))
        for name, value in facts(record):
            console.print(Text.assemble((f"{name}: ", "dim"), visible(value)), soft_wrap=True)
        console.print()
        for line in _lines(record, preview.pieces):
            console.print(line)
        console.print()
        for part in (_actors(record), _quotes(record)):
            for line in part:
                console.print(line)
    for issue in preview.issues:
        console.print(Text(visible(str(issue)), style=SEVERITY[issue.severity]))
    errors = preview.errors
    said = f"{counted(errors, 'error')}, {counted(len(preview.issues) - errors, 'warning')}"
    console.print(Text(said, style="bold red" if errors else "bold green"))
    console.print()


def legend() -> Text:
    """What the signs and colours mean."""
    from rich.text import Text

    made = Text("actors: ")
    for name, style in STYLES.items():
        made.append(f"[{name}]", style).append(" ")
    made.append("· ").append("quotes", QUOTE)
    made.append(" · ").append("▌", "yellow").append(" photo blocks")
    return made


def _lines(record: Record, pieces: tuple[Piece, ...]) -> Iterator[Text]:
    """The text, broken where photo blocks stand in it."""
    from rich.text import Text

    line, photo = Text(), None
    for piece in pieces:
        if piece.photo != photo:
            if line.plain.strip():
                yield line
            line, photo = Text(), piece.photo
            if photo is not None:
                yield Text(f"▌ {described_photo(record['photo_credits'][photo])}", style="dim yellow")
                line.append("▌ ", "yellow")
        if piece.photo is not None:
            line.append(visible(piece.text), PHOTO.get(piece.part or "", "dim"))
        else:
            _mark(line, replace(piece, text=piece.text if line.plain else piece.text.lstrip()), record)
    if line.plain.strip():
        yield line


def _mark(line: Text, piece: Piece, record: Record) -> None:
    quoted = QUOTE if piece.quote is not None else ""
    if piece.actor is None:
        line.append(visible(piece.text), quoted)
        return
    style = f"{STYLES[record['actors'][piece.actor]['type']]} {quoted}".strip()
    number = str(piece.actor + 1).translate(_DIGITS) if piece.ends else ""
    line.append(f"[{visible(piece.text)}]", style).append(number, "dim")


def _actors(record: Record) -> Iterator[Text]:
    from rich.text import Text

    yield Text(counted(len(record["actors"]), "actor"), style="bold")
    for number, actor in enumerate(record["actors"], 1):
        times = f" · named {len(actor['mentions'])}×"
        line = Text(f"{number:>4} ", "dim").append(visible(actor["name"]), STYLES[actor["type"]])
        yield line.append(f"  {visible(described_actor(actor))}{times}", "dim")


def _quotes(record: Record) -> Iterator[Text]:
    from rich.text import Text

    yield Text(counted(len(record["quotes"]), "quote"), style="bold")
    for quote in record["quotes"]:
        said = f"  — {described_quote(quote)}"
        yield Text("     ").append(visible(quote["text"]), QUOTE).append(visible(said), "dim")
