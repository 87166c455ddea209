"""Posts as WordPress' REST API gives them (`/wp-json/wp/v2/posts`, with or without `_embed`): one, or an array."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kg_news.errors import InputError
from kg_news.read.compose import Part, Picture, compose, stem
from kg_news.read.markup import fragment, text_of_html
from kg_news.read.stamps import day
from kg_news.read.strictjson import items
from kg_news.records import Issue, RawArticle, Stated


def read(stream: io.BufferedReader, path: str) -> Iterator[RawArticle | InputError]:
    """An article a post, or what is wrong with it."""
    try:
        for number, post in enumerate(items(stream, path)):
            try:
                yield _article(post, path, number)
            except InputError as error:
                yield InputError(error.issues)
    except InputError as error:
        yield error


def _article(post: Any, path: str, number: int) -> RawArticle:
    content = _rendered(post, "content")
    if content is None or not isinstance(post.get("id"), (int, str)):
        way_out = "give posts as /wp-json/wp/v2/posts lists them, with `id` and `content`; other articles as JSON Lines"
        raise InputError([Issue("post-invalid", "this is no WordPress post", way_out, path, pointer=f"/{number}")])
    link, date = post.get("link"), post.get("date")
    found = fragment(content, path, link=link if isinstance(link, str) else None)
    if not any(isinstance(part, Picture) for part in found):
        found = [*_featured(post, path), *found]
    stated = Stated(
        title=text_of_html(_rendered(post, "title") or "", path) or None,
        url=link if isinstance(link, str) and link.startswith(("http://", "https://")) else None,
        date=day(date) if isinstance(date, str) else None,  # in the site's own time zone
        authors=tuple(_authors(post)),
    )
    return compose(found, article_id=f"{stem(path)}/{post['id']}", path=path, format="wordpress", stated=stated)


def _rendered(value: Any, name: str) -> str | None:
    inner = value.get(name) if isinstance(value, dict) else None
    text = inner.get("rendered") if isinstance(inner, dict) else None
    return text if isinstance(text, str) else None


def _embedded(post: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    embedded = post.get("_embedded")
    found = embedded.get(name) if isinstance(embedded, dict) else None
    yield from (item for item in found if isinstance(item, dict)) if isinstance(found, list) else ()


def _featured(post: dict[str, Any], path: str) -> list[Part]:
    """The photo above the article, which its content lacks."""
    captions = [_rendered(media, "caption") for media in _embedded(post, "wp:featuredmedia")]
    return [Picture(words=words) for caption in captions if caption and (words := text_of_html(caption, path))]


def _authors(post: dict[str, Any]) -> Iterator[str]:
    for author in _embedded(post, "author"):
        if isinstance(author.get("name"), str) and author["name"].strip():
            yield author["name"].strip()
