"""RSS 0.9 to 2.0, RSS 1.0 (RDF) and Atom: an article an entry."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from kg_news.errors import InputError
from kg_news.read.compose import Part, Picture, compose, even, key, stem
from kg_news.read.markup import fragment, text_of_html
from kg_news.read.stamps import day
from kg_news.read.xmlstream import ATOM, CONTENT, DC, MEDIA, Element, child, elements, line_of, local
from kg_news.records import Issue, RawArticle, Stated

_ENTRIES = frozenset({"item", "entry"})


def read(stream: io.BufferedReader, path: str) -> Iterator[RawArticle | InputError]:
    """An article an entry, or what is wrong with it."""
    try:
        for entry in elements(stream, path, _ENTRIES):
            try:
                yield _article(entry, path)
            except InputError as error:
                yield InputError(error.issues)
    except InputError as error:
        yield error


def _article(entry: Element, path: str) -> RawArticle:
    atom = entry.tag.startswith(ATOM)
    link = _atom_link(entry) if atom else child(entry, "link", "guid")
    full = _atom_content(entry) if atom else child(entry, f"{CONTENT}encoded")
    content = full or child(entry, "description", "summary")
    parts = fragment(content, path, link=link or None)
    doubts = () if full else (_only_summary(path, entry),)
    stated = Stated(
        title=text_of_html(child(entry, "title"), path) or None,
        url=link if link.startswith(("http://", "https://")) else None,
        date=day(child(entry, "published") if atom else child(entry, "pubDate", f"{DC}date")),
        authors=tuple(filter(None, map(even, _authors(entry, atom=atom)))),
    )
    article_id = f"{stem(path)}/{key(child(entry, 'guid', 'id') or link or content)}"
    photos = [photo for photo in _media(entry) if not any(isinstance(part, Picture) for part in parts)]
    found = [*photos, *parts]
    made = compose(found, article_id=article_id, path=path, format="feed", stated=stated, doubts=doubts)
    return replace(made, line=line_of(entry))


def _atom_link(entry: Element) -> str:
    links = [found for found in entry if found.tag == f"{ATOM}link" and found.get("rel", "alternate") == "alternate"]
    return links[0].get("href") or "" if links else ""


def _atom_content(entry: Element) -> str:
    """HTML as text (`type="html"`), or as elements (`type="xhtml"`)."""
    from lxml import etree

    for found in entry:
        if found.tag == f"{ATOM}content":
            inner = "".join(etree.tostring(item, encoding="unicode", with_tail=True) for item in found)
            return ((found.text or "") + inner).strip()
    return ""


def _authors(entry: Element, *, atom: bool) -> list[str]:
    if atom:
        return [child(found, "name") for found in entry if found.tag == f"{ATOM}author"]
    return ["".join(found.itertext()) for found in entry if found.tag == f"{DC}creator"]


def _media(entry: Element) -> Iterator[Part]:
    """Media RSS: the entry's photo with its description and credit."""
    for found in entry.iter(f"{MEDIA}content"):
        if found.get("medium", "image") == "image" and not (found.get("type") or "image").startswith("video"):
            caption, credit = child(found, f"{MEDIA}description"), child(found, f"{MEDIA}credit")
            if caption or credit:
                yield Picture(caption=caption, credit=credit) if credit else Picture(words=caption)
                return


def _only_summary(path: str, entry: Element) -> Issue:
    message = f"the feed's {local(entry)} has no full text; its summary was taken for the article"
    way_out = "give the article's page instead, if the summary is not all of it"
    return Issue("feed-summary", message, way_out, path, line_of(entry), severity="warning")
