"""WXR, the file of WordPress' "Tools > Export": an article a published post; pages, attachments and drafts are none."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

from kg_news.errors import InputError
from kg_news.read.compose import compose, even, key, stem
from kg_news.read.markup import fragment, text_of_html
from kg_news.read.stamps import day
from kg_news.read.xmlstream import CONTENT, DC, Element, child, elements, line_of, local
from kg_news.records import RawArticle, Stated


def read(stream: io.BufferedReader, path: str) -> Iterator[RawArticle | InputError]:
    """An article a published post, or what is wrong with it."""
    try:
        for item in elements(stream, path, frozenset({"item"})):
            values = _wordpress(item)
            if values.get("post_type", "post") == "post" and values.get("status", "publish") == "publish":
                try:
                    yield _article(item, values, path)
                except InputError as error:
                    yield InputError(error.issues)
    except InputError as error:
        yield error


def _wordpress(item: Element) -> dict[str, str]:
    """The values of the `wp:` namespace, whose address changes with the version of the format."""
    return {
        local(found): (found.text or "").strip()
        for found in item
        if isinstance(found.tag, str) and found.tag.startswith("{http://wordpress.org/export/") and not len(found)
    }


def _article(item: Element, values: dict[str, str], path: str) -> RawArticle:
    link = child(item, "link")
    content = child(item, f"{CONTENT}encoded")
    # `0000-00-00 00:00:00` stands for "never".
    date = day(values.get("post_date", "")) or day(child(item, "pubDate"))
    stated = Stated(
        title=text_of_html(child(item, "title"), path) or None,
        url=link if link.startswith(("http://", "https://")) else None,
        date=date,
        authors=tuple(filter(None, [even(child(item, f"{DC}creator"))])),
    )
    article_id = f"{stem(path)}/{values.get('post_id') or key(link or content)}"
    found = fragment(content, path, raw=True, link=link or None)
    made = compose(found, article_id=article_id, path=path, format="wxr", stated=stated)
    return replace(made, line=line_of(item))
