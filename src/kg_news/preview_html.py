"""A preview as one page for a browser: no script, no network, everything in it."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from kg_news import __version__
from kg_news.atomic import rewrite
from kg_news.errors import InputError
from kg_news.files import PACKAGE
from kg_news.preview import Piece, Preview, counted, described_actor, described_photo, described_quote, facts, visible
from kg_news.records import Issue, Record

TYPES = ("Person", "PublicBody", "Organization", "Company", "Country")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""A browser loads nothing and runs nothing, should anything slip through."""


_MARK = '<meta name="generator" content="kg-news preview">'
"""By which a page is known that may be written anew."""


def write_page(previews: Sequence[Preview], path: Path) -> None:
    """Write the page in one step. InputError where the disk refuses, or a file stands there that is no such page:
    `--html most.html bridge.html` would take the first article for the page's name.
    """
    try:
        if path.is_file() and _MARK.encode() not in path.read_bytes()[:500]:
            way_out = "name a new file: --html PAGE stands before or behind the articles"
            raise InputError([Issue("output-foreign", "there is a file already, and no preview", way_out, str(path))])
        rewrite(path, page(previews).encode())
    except OSError as error:
        way_out = "check the folder and its permissions, or name another page with --html"
        issue = Issue("output-unwritable", f"the page cannot be written: {error.strerror}", way_out, str(path))
        raise InputError([issue]) from error


def page(previews: Sequence[Preview]) -> str:
    """The page as HTML. Whatever an article says stands in it as text."""
    style = (PACKAGE / "preview.css").read_text(encoding="utf-8")
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            _MARK,
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<title>kg-news preview: {_text(_names(previews))}</title><link rel="icon" href="data:,">',
            f"<style>\n{style}</style></head><body>",
            '<a class="skip" href="#main">To the articles</a>',
            '<header class="top"><h1>kg-news preview</h1>',
            f"<p>What will be extracted from {counted(len(previews), 'article')}. "
            "Is a photo block cut wrong, or a name? Say so before it is in the dataset.</p>",
            *_contents(previews),
            _legend(),
            '</header><main id="main">',
            *(_article(preview, number) for number, preview in enumerate(previews, 1)),
            f"</main><footer>Made by kg-news {__version__}.</footer></body></html>\n",
        ]
    )


def _names(previews: Sequence[Preview]) -> str:
    first = _name(previews[0]) if previews else "nothing"
    return first if len(previews) < 2 else f"{first} and {len(previews) - 1} more"


def _name(preview: Preview) -> str:
    return str(preview.record["id"]) if preview.record else preview.name


def _text(text: str) -> str:
    return html.escape(visible(text))


def _contents(previews: Sequence[Preview]) -> Iterator[str]:
    if len(previews) > 1:
        yield '<nav aria-label="Articles"><ol>'
        for number, preview in enumerate(previews, 1):
            yield f'<li><a href="#article-{number}">{_text(_name(preview))}</a> {_badge(preview, number)}</li>'
        yield "</ol></nav>"


def _legend() -> str:
    kinds = "".join(f'<li><mark class="{name}">{name}</mark></li>' for name in TYPES)
    others = (
        '<li><span class="quote">quote</span></li>'
        '<li>in a photo block: <span class="caption">caption</span> <span class="marker">marker</span> '
        '<span class="credit">credit</span></li>'
    )
    return f'<ul class="legend" aria-label="Legend">{kinds}{others}</ul>'


def _badge(preview: Preview, number: int) -> str:
    errors, others = preview.errors, len(preview.issues) - preview.errors
    kind = "error" if errors else "warning" if others else "fine"
    said = ", ".join(counted(count, what) for count, what in ((errors, "error"), (others, "warning")) if count)
    return f'<a class="badge {kind}" href="#issues-{number}">{said or "no issues"}</a>'


def _article(preview: Preview, number: int) -> str:
    record = preview.record
    title = f'<h2 id="article-{number}">{_text((record and record["title"]) or _name(preview))}</h2>'
    parts = [f'<article aria-labelledby="article-{number}"><div class="head">{title}{_badge(preview, number)}</div>']
    if record:
        rows = [*([("article", record["id"])] if record["title"] else []), *facts(record)]
        listed = "".join(f"<dt>{_text(name)}</dt><dd>{_value(value)}</dd>" for name, value in rows)
        aside = _actors(record, number) + _quotes(record) + _photos(record, number)
        body = "".join(_body(record, preview.pieces, number))
        parts += [
            f'<dl class="facts">{listed}</dl>',
            '<div class="columns">',
            f'<div class="card text" lang="{_text(record["language"])}">{body}</div>',
            f'<aside class="card side">{aside}</aside></div>',
        ]
    return "\n".join([*parts, _issues(preview, number), "</article>"])


def _value(value: str) -> str:
    """An address is a link, anything else text. The browser tells the site nothing of the page it comes from."""
    if value.startswith(("https://", "http://")):
        return f'<a href="{_text(value)}" rel="noreferrer noopener">{_text(value)}</a>'
    return _text(value)


def _body(record: Record, found: Sequence[Piece], number: int) -> Iterator[str]:
    for photo, pieces in groupby(found, key=lambda piece: piece.photo):
        inside = "".join(_piece(piece, record, number) for piece in pieces)
        if photo is None:
            if inside.strip():
                yield f"<p>{inside}</p>"
        else:
            said = _text(described_photo(record["photo_credits"][photo]))
            yield f'<figure class="photo" id="photo-{number}-{photo + 1}"><figcaption>{said}</figcaption>'
            yield f"<p>{inside}</p></figure>"


def _piece(piece: Piece, record: Record, number: int) -> str:
    made = _text(piece.text)
    if piece.photo is not None:
        return f'<span class="{piece.part}">{made}</span>' if piece.part else made
    if piece.actor is not None:
        actor = record["actors"][piece.actor]
        kind = actor["type"] if piece.ends else f"{actor['type']} open"
        made = f'<mark class="{kind}" title="{_text(actor["name"])}">{made}</mark>'
        if piece.ends:
            place = piece.actor + 1
            made += f'<sup><a href="#actor-{number}-{place}" aria-label="actor {place}">{place}</a></sup>'
    return f'<span class="quote">{made}</span>' if piece.quote is not None else made


def _actors(record: Record, number: int) -> str:
    items = [
        f'<li id="actor-{number}-{place}"><span class="number">{place}</span>'
        f'<mark class="{actor["type"]}">{_text(actor["name"])}</mark>'
        f"<small>{_text(described_actor(actor))} · named {len(actor['mentions'])}×</small></li>"
        for place, actor in enumerate(record["actors"], 1)
    ]
    return _section(counted(len(items), "actor"), items)


def _quotes(record: Record) -> str:
    items = [
        f'<li><span class="number">{place}</span><span class="quote">{_text(_short(quote["text"]))}</span>'
        f"<small>{_text(described_quote(quote))}</small></li>"
        for place, quote in enumerate(record["quotes"], 1)
    ]
    return _section(counted(len(items), "quote"), items)


def _photos(record: Record, number: int) -> str:
    items = [
        f'<li><a class="number" href="#photo-{number}-{place}">{place}</a>{_text(photo["credit"] or "no credit")}'
        f"<small>{_text(photo['caption'] or 'no caption')}</small></li>"
        for place, photo in enumerate(record["photo_credits"], 1)
    ]
    return _section(counted(len(items), "photo"), items)


def _section(title: str, items: list[str]) -> str:
    return f"<section><h3>{title}</h3><ol>{''.join(items)}</ol></section>"


def _short(text: str) -> str:
    return text if len(text) <= 100 else f"{text[:100].rstrip()} …"


def _issues(preview: Preview, number: int) -> str:
    items = []
    for issue in preview.issues:
        where = " at ".join(part for part in (issue.place, issue.pointer if issue.line is None else None) if part)
        items.append(
            f'<li class="{issue.severity}"><code>{issue.severity}[{_text(issue.code)}]</code> {_text(issue.message)}; '
            f'<strong>{_text(issue.way_out)}</strong><span class="place">{_text(where)}</span></li>'
        )
    said = "Issues" if items else "No issues"
    return f'<section class="issues" id="issues-{number}"><h3>{said}</h3><ol>{"".join(items)}</ol></section>'
