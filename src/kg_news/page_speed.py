"""How fast HTML pages are read, with trafilatura on the same pages in the same run.

`page_speed(pages)` takes any pages; `invented_pages(count)` makes some, with the articles of `corpus` among the menus,
lists, forms and scripts that a news site puts around them. On invented pages the figures say nothing of how well pages
are read: `scripts/measure-html` says that.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import NamedTuple

from kg_news.corpus import OUTLET, SENTENCES, texts, without_header
from kg_news.errors import InputError

AROUND = 120
"""Links in the menus and lists around an invented article."""
PARAGRAPH = 3
"""Sentences of a paragraph."""


class Speed(NamedTuple):
    """Pages a second of core time."""

    pages: int
    ours: float
    theirs: float
    """trafilatura's `extract` with its own settings."""

    @property
    def ratio(self) -> float:
        """How many times as fast as trafilatura."""
        return self.ours / self.theirs


def page_speed(pages: Sequence[bytes]) -> Speed:
    """The speed on some pages, read by turns; the first is read once more before, as it loads what both need.

    ValueError where there is no page; ModuleNotFoundError without the libraries of `kg-news[build]`.
    """
    if not pages:
        raise ValueError("there is no page to measure")
    spent = [0.0, 0.0]
    readers = (read_ours, read_theirs)
    with _silence():
        for number, data in enumerate([pages[0], *pages]):
            for which, read in enumerate(readers):
                start = time.process_time()
                read(data)
                spent[which] += (time.process_time() - start) if number else 0.0
    ours, theirs = (len(pages) / max(seconds, 1e-9) for seconds in spent)
    return Speed(len(pages), ours, theirs)


def read_ours(data: bytes) -> str:
    """The text that the reader makes, photo blocks taken out as the layout does it; empty where there is none."""
    from kg_news.read import page

    try:
        article = page.article(data, "page.html", "page")
    except InputError:
        return ""
    text = article.text
    for photo in reversed(article.photos):
        text = text[: photo.span.start] + text[photo.span.end :]
    return text


def read_theirs(data: bytes) -> str:
    """The text as trafilatura alone gives it, without readers' comments."""
    from trafilatura import extract

    return extract(data, include_comments=False) or ""


def invented_pages(count: int, seed: int = 0) -> Iterator[bytes]:
    """Pages of an invented outlet, always the same; some 40 kB each."""
    for number, (article_id, text) in enumerate(texts(count, seed)):
        yield _page(without_header(text), f"/{article_id}/", number).encode()


def _page(text: str, path: str, number: int) -> str:
    title = escape(SENTENCES[number % len(SENTENCES)])
    sentences = text.split(". ")
    paragraphs = [". ".join(sentences[at : at + PARAGRAPH]) for at in range(0, len(sentences), PARAGRAPH)]
    body = "\n".join(
        f'<p class="article__p">{escape(words)}.</p>'
        f'<div class="article__ad" id="slot-{at}"><script>show("slot-{at}");</script></div>'
        for at, words in enumerate(paragraphs)
    )
    figure = (
        f'<figure class="wp-caption"><img src="/photos/{number}-1024x683.jpg" alt="" width="1024" height="683">'
        f'<figcaption class="wp-caption-text">{title} <span class="credit">Фото: Азамат Тестов</span></figcaption>'
        "</figure>"
    )
    links = [
        f'<li class="item item-{at}"><a href="/news/{at}/"><span class="item__title">{escape(sentence)}</span></a>'
        f'<time class="item__time" datetime="2031-04-01">1 апреля</time></li>'
        for at, sentence in enumerate((SENTENCES * (1 + AROUND // len(SENTENCES)))[:AROUND])
    ]
    menu, related, latest = (f"<ul>{''.join(links[at::3])}</ul>" for at in range(3))
    return f"""<!DOCTYPE html>
<html lang="ru"><head><meta charset="utf-8"><title>{title} — Пробный листок</title>
<meta property="og:title" content="{title}"><meta property="og:url" content="https://{OUTLET}.example{path}">
<link rel="canonical" href="https://{OUTLET}.example{path}">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "2031-04-01T09:00:00+06:00"}}</script>
<style>.article__p {{ margin: 0 0 1em }} .item {{ display: flex }}</style></head>
<body class="single"><header class="site-header"><nav class="menu" id="menu-main">{menu}</nav></header>
<main id="main"><article class="post"><h1>{title}</h1>{figure}<div class="article__body">
{body}
</div><div class="share-buttons"><button>Поделиться</button></div><section class="related">{related}</section></article>
<aside class="sidebar">{latest}<form class="subscribe"><input name="mail"><button>Подписаться</button></form></aside>
</main><footer class="site-footer"><p>Пробный листок. Все права сохранены.</p></footer>
<script>window.data = {{"path": "{path}", "number": {number}}};</script></body></html>
"""


@contextmanager
def _silence() -> Iterator[None]:
    """trafilatura tells of each page that it finds odd."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)
