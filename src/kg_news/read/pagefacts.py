"""What a page says of itself for machines: JSON-LD (schema.org), Open Graph, canonical address."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg_news.read.compose import Picture, even
from kg_news.read.markup import JSON_LD, Element, text_of
from kg_news.read.stamps import day
from kg_news.records import Stated
from kg_news.weburl import is_web_address

_ARTICLES = frozenset(
    {"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting", "report"}
)
"""schema.org's Article and those of its kinds that news sites use, in lower case."""


@dataclass(frozen=True)
class Facts:
    stated: Stated = field(default_factory=Stated)
    images: tuple[str, ...] = ()
    """Addresses of the article's main image."""
    photo: Picture | None = None
    """Caption and credit of that image (schema.org ImageObject: caption, creditText)."""


def page_facts(tree: Element, url: str | None) -> Facts:
    """The facts of a page; `url` is where it was fetched, and gives way to the address that the page calls its own."""
    article = next(_articles(tree), {})
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name, content = element.get("property") or element.get("name"), element.get("content")
        if name and content and content.strip():
            meta.setdefault(name.lower(), html.unescape(content.strip()))
    images = [item for item in _list(article.get("image")) if item]
    addresses = [item if isinstance(item, str) else _string(item.get("url")) for item in images]
    own = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    stamps = (article.get("datePublished"), meta.get("article:published_time"), meta.get("datepublished"))
    return Facts(
        stated=Stated(
            title=_title(tree, _string(article.get("headline")), meta.get("og:title")),
            url=next((link for link in (*own, meta.get("og:url"), url) if link and is_web_address(link)), None),
            date=next((found for stamp in stamps if isinstance(stamp, str) and (found := day(stamp))), None),
            authors=tuple(dict.fromkeys(name for item in _list(article.get("author")) if (name := _name(item)))),
        ),
        images=tuple(address for address in (*addresses, meta.get("og:image")) if address),
        photo=next((photo for item in images if isinstance(item, dict) and (photo := _photo(item))), None),
    )


def _articles(tree: Element) -> Iterator[dict[str, Any]]:
    """Every article in the page's JSON-LD. Pages with broken JSON are as common as sound ones: it counts as absent."""
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() == JSON_LD and script.text:
            try:
                value = json.loads(script.text, strict=False)
            except (ValueError, RecursionError):
                continue
            for node in _nodes(value):
                if any(str(kind).lower() in _ARTICLES for kind in _list(node.get("@type"))):
                    yield node


def _nodes(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The objects of a JSON-LD document, those in its lists and in `@graph` too."""
    for item in _list(value):
        if isinstance(item, dict):
            yield item
            if depth < 3:
                yield from _nodes(item.get("@graph"), depth + 1)
        elif isinstance(item, list) and depth < 3:
            yield from _nodes(item, depth + 1)


def _photo(image: dict[str, Any]) -> Picture | None:
    caption = _string(image.get("caption"))
    credit = _string(image.get("creditText")) or next(filter(None, map(_name, _list(image.get("creator")))), None)
    return Picture(caption=caption or "", credit=credit or "") if caption or credit else None


def _title(tree: Element, headline: str | None, shared: str | None) -> str | None:
    """The page's one `h1` where its data confirm it (they add the outlet's name, or cut it off), else the data."""
    heads = [words for element in tree.iter("h1") if (words := text_of(element))]
    named = next((text_of(title) for title in tree.iter("title")), None)
    claims = [claim for claim in (headline, shared, named) if claim]
    confirmed = [head for head in heads if any(head in claim or claim.rstrip("….") in head for claim in claims)]
    return confirmed[0] if len(set(confirmed)) == 1 else next(iter(claims), None)


def _name(item: Any) -> str | None:
    return _string(item.get("name") if isinstance(item, dict) else item)


def _string(value: Any) -> str | None:
    return even(html.unescape(value)) or None if isinstance(value, str) else None


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
