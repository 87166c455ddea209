"""Gold texts with their photos marked inline, so that a case is read, and changed, in one look.

    # a heading
    Дороги закрыли. [caption|Пикет 4 мая.] [marker|Фото:] [credit|Асан Примеров / «Зорька»] Совет молчит.
    = Асан Примеров @ Зорька

A line is a text; `⏎` stands for a line break in it. The marks are taken out and say what must be found: `caption`,
`marker` and `credit` of a photo, `after` for a caption that follows its credit, `alone` for the caption of a photo that
credits nobody, `label` for one that is its own marker (`Архивное фото.`). A line that starts with `=` names the
creators, then behind `@` the agencies of the text's first photo, `;` between them. Lines that start with `#` and empty
ones are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg_news.errors import InputError
from kg_news.records import Issue

_OPENING = re.compile(r"\[(caption|marker|credit|after|alone|label)\|")
_MARK = re.compile(rf"{_OPENING.pattern}([^\]]*)\]")


def parse(marked: str) -> dict[str, Any]:
    """The plain text, and its photos in the form of a gold line. ValueError where marks make no photo.

    >>> parse("[marker|Фото:] [credit|А. Примеров]")["photos"][0]["credit"]
    'А. Примеров'
    """
    marked = marked.replace("⏎", "\n")
    pieces: list[str] = []
    photos: list[dict[str, Any]] = []
    photo: dict[str, Any] = {}
    done = length = 0
    for match in _MARK.finditer(marked):
        pieces += [marked[done : match.start()], match[2]]
        start = length + match.start() - done
        length, done = start + len(match[2]), match.end()
        if match[1] == "after" and not photos:
            raise ValueError("an `after` has no photo before it")
        kind = "caption" if match[1] in {"after", "alone", "label"} else match[1]
        photo = photos[-1] if match[1] == "after" else photo
        photo |= {kind: match[2], f"{kind}_start": start, f"{kind}_end": length}
        if match[1] == "label":
            photo |= {"marker": match[2].rstrip("."), "marker_start": start, "marker_end": length - 1}
        if match[1] in {"credit", "alone", "label"}:
            photos.append(photo)
        if match[1] in {"credit", "alone", "label", "after"}:
            photo = {}
    text = "".join([*pieces, marked[done:]])
    if broken := _OPENING.search(text):
        raise ValueError(f"the mark «{text[broken.start() :][:30]}» is never closed")
    return {"text": text, "photos": photos}


def gold_lines(content: str, path: str) -> Iterator[dict[str, Any]]:
    """The gold lines of a file's content, each with its place as `id`. InputError where a mark is wrong."""
    gold: dict[str, Any] | None = None
    name = Path(path).name
    for number, line in enumerate(content.split("\n"), 1):
        if line.startswith("="):
            creators, _, agencies = line[1:].partition("@ ") if "@ " in line else (line[1:].rstrip("@ "), "", "")
            if gold and gold["photos"]:
                for photo in gold["photos"]:
                    photo |= {"creators": [], "agencies": []}
                gold["photos"][0] |= {"creators": _names(creators), "agencies": _names(agencies)}
        elif line.strip() and not line.startswith("#"):
            if gold:
                yield gold
            try:
                gold = {"id": f"{name}:{number}", **parse(line)}
            except ValueError as error:
                way_out = "see tests/gold/photos/README.md"
                raise InputError([Issue("gold-invalid", str(error), way_out, path, number)]) from None
    if gold:
        yield gold


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(";") if name.strip()]
