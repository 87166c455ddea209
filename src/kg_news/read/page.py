"""HTML pages: the main text by trafilatura, on the part of the page that holds it; photos by the page's own marks.

Captions and credits are taken out before the text is sought and stand on lines of their own in the raw text. The title
comes from the page's data (JSON-LD, Open Graph) and is not repeated in the text. The page's language is not taken from
`lang`: of WordPress sites in Russian many say `en-US`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, BinaryIO

from kg_news.errors import InputError
from kg_news.read.charset import page_text
from kg_news.read.compose import Part, Picture, compose, even, stem
from kg_news.read.markup import Element, Found, lines, parse, parts, strip_unseen, take_photos
from kg_news.read.pagefacts import Facts, page_facts
from kg_news.read.streams import whole
from kg_news.records import RawArticle

_SHARE = 0.9
"""The text is sought in the smallest element that holds this much of the page's running text."""
_LITTLE = 0.3
"""Where trafilatura finds less than this much of it, the whole page is read again, in its slower mode."""
_RUNNING = 40
"""Characters from which on a paragraph counts as running text."""
_ENOUGH = 300
"""Characters of running text below which a page says nothing about where its text stands."""
_PARAGRAPHS = ("p", "br", "blockquote", "pre")
_BOXES = ("div", "td")
"""What else holds bare text, as site builders write it, where there are no paragraphs to speak of."""
_CELL = 300
"""Characters of a table's cell from which on the table is there for the layout."""
_ASIDE = frozenset({"aside", "nav", "footer"})
_RULE = re.compile(r"\|[-| ]*\Z")
_BULLET = re.compile(r"\A[-*] ")


def read(stream: BinaryIO, path: str) -> Iterator[RawArticle | InputError]:
    """The one article of a page."""
    yield article(whole(stream, path), path, stem(path))


def article(
    data: bytes,
    path: str,
    article_id: str,
    *,
    url: str | None = None,
    charset: str | None = None,
    format: str = "html",
) -> RawArticle:
    """The article of a page. `url` and `charset` are what HTTP said of it.

    InputError where the page cannot be decoded, is nested too deep, or holds no text.
    """
    text, doubts = page_text(data, path, charset)
    tree = parse(text, path)
    facts = page_facts(tree, url) if tree is not None else Facts()
    found = _parts(tree, text, path, facts) if tree is not None else []
    return compose(found, article_id=article_id, path=path, format=format, stated=facts.stated, doubts=doubts)


def _parts(tree: Element, text: str, path: str, facts: Facts) -> list[Part]:
    strip_unseen(tree)
    described = _descriptions(tree)
    photos = take_photos(tree, text)
    focus, running = _focus(tree)
    here = [photo for photo in photos if _belongs(photo, focus, facts)]
    before = [photo for photo in here if _precedes(photo.place, focus)]
    _cut_to(tree, focus)
    found = _main_text(tree, fast=True)
    if len("".join(found)) < max(1, _LITTLE * running):
        again = parse(text, path)
        take_photos(again, text)
        slow = _main_text(again, fast=False)
        if len("".join(slow)) > 1.5 * len("".join(found)):
            found = slow
    if not found:
        found = list(lines(tree))
    made = parts(_without_title(found, facts.stated.title), photos)
    made = _without_repeats(made, photos, facts)
    made = [Picture(words=part) if isinstance(part, str) and part.casefold() in described else part for part in made]
    return _with_lost(made, here, before, facts)


def _main_text(tree: Element, *, fast: bool) -> list[str]:
    """Paragraphs as trafilatura finds them; none where it finds nothing."""
    from trafilatura import bare_extraction

    document = bare_extraction(tree, options=_options(fast=fast))
    text = getattr(document, "text", None) or ""
    return [line for line in map(_bare, text.split("\n")) if line]


def _bare(line: str) -> str:
    """A line without what trafilatura adds: `- ` before an item of a list, bars between a table's cells."""
    line = even(line)
    if line.startswith("|") and line.endswith("|"):
        line = "" if _RULE.match(line) else even(line.strip("|").replace(" | ", " "))
    return _BULLET.sub("", line)


@cache
def _options(*, fast: bool) -> Any:
    """trafilatura reads its settings anew for every page unless it is given them.

    In the fast mode it does not look at short texts once more (only its focus "balanced" does that, and every other
    word counts as balanced elsewhere): it would compare them with all the words of the page, of which there is only the
    part with the text here, and `_parts` has its own second try.
    """
    from trafilatura.settings import Extractor

    options = Extractor(output_format="python", fast=fast, comments=False)
    if fast:
        options.focus = "once"
    return options


# Where the text stands


def _focus(tree: Element) -> tuple[Element, int]:
    """The smallest element with nearly all running text (link texts do not count), and how much there is."""
    body = tree.find("body") if tree.tag != "body" else tree
    if body is None:
        return tree, 0
    scores: dict[Element, int] = {}
    _score(body, _PARAGRAPHS, scores)
    if scores.get(body, 0) < _ENOUGH:
        _score(body, _BOXES, scores)
    running = scores.get(body, 0)
    focus = body
    while running >= _ENOUGH:
        best = max(focus, key=lambda child: scores.get(child, 0), default=None)
        if best is None or scores.get(best, 0) < _SHARE * running:
            break
        focus = best
    return focus, running


def _score(body: Element, tags: tuple[str, ...], scores: dict[Element, int]) -> None:
    """Give what is around each paragraph of running text the paragraph's length."""
    for paragraph in body.iter(*tags):
        length = _length(paragraph)
        if length >= _RUNNING:
            around = paragraph.iterancestors()
            for element in (paragraph, *around) if paragraph.tag in _BOXES else around:
                scores[element] = scores.get(element, 0) + length


def _length(paragraph: Element) -> int:
    if paragraph.tag == "br":
        return len((paragraph.tail or "").strip())
    if paragraph.tag in _BOXES:
        return len((paragraph.text or "").strip())
    own = len(paragraph.text or "") + sum(len(child.tail or "") for child in paragraph)
    return own + sum(len("".join(child.itertext())) for child in paragraph if child.tag != "a")


def _cut_to(tree: Element, focus: Element) -> None:
    """Take everything out of the tree that is neither in the focus nor around it, menus, and tables for the layout."""
    for menu in list(focus.iter("nav")):
        if menu is not focus:
            menu.drop_tree()
    tables = {cell.getparent() for cell in tree.iter("td") if len("".join(cell.itertext())) >= _CELL}
    for row in tables:
        table = next(row.iterancestors("table"), row)
        for element in table.iter("table", "tbody", "tr", "td"):
            element.tag = "div"  # trafilatura sets a table's cells in one line, bars between them
    while focus is not tree and (parent := focus.getparent()) is not None:
        if parent.tag == "html":
            break
        for child in list(parent):
            if child is not focus:
                parent.remove(child)
        focus.tail = parent.text = None
        focus = parent


# Photos that the text does not hold, and captions that no element marks


def _descriptions(tree: Element) -> set[str]:
    """What images say of themselves (`alt`, `title`), of four words and more: a line that is the same is a caption."""
    said = (even(image.get(name) or "").casefold() for image in tree.iter("img") for name in ("alt", "title"))
    return {words for words in said if words.count(" ") > 2}


def _belongs(photo: Found, focus: Element, facts: Facts) -> bool:
    """Whether a photo is the article's: it stands in the text or in the same `article`, or the page's data name it."""
    around = list(photo.place.iterancestors())
    if any(image and image in {_stem(source) for source in photo.sources} for image in map(_stem, facts.images)):
        return True
    if any(element.tag in _ASIDE for element in around):
        return False
    containers = (element for element in (focus, *focus.iterancestors()) if element.tag in {"article", "main"})
    container = next(containers, focus)
    return container in around


def _precedes(place: Element, focus: Element) -> bool:
    """Whether it stands before the text's element in the page."""
    mine = [*reversed(list(place.iterancestors())), place]
    other = [*reversed(list(focus.iterancestors())), focus]
    for one, two in zip(mine, other, strict=False):
        if one is not two:
            return bool(one.getparent().index(one) < two.getparent().index(two))
    return False


def _stem(address: str) -> str:
    """An image's file name without WordPress' size and the suffix: `/2031/04/most-1024x683.jpg` gives `most`."""
    name = address.split("?", maxsplit=1)[0].rstrip("/").rpartition("/")[2]
    return re.sub(r"(?:-\d+x\d+|-scaled)?\.\w{3,4}\Z", "", name)


def _with_lost(made: list[Part], here: list[Found], before: list[Found], facts: Facts) -> list[Part]:
    """With the article's photos that the text extraction dropped: those before the text at its head, the others behind
    the paragraph that they stand behind. Without any photo on the page, the one that the page's data describe.
    """
    have = [part for part in made if isinstance(part, Picture)]
    lost = [photo for photo in here if photo.picture not in have and _says(photo.picture)]
    head: list[Part] = []
    for photo in lost:
        if photo in before:
            head.append(photo.picture)
        elif (index := _behind(photo, made)) is not None:
            made = [*made[:index], photo.picture, *made[index:]]
    made = head + made
    if facts.photo and not any(isinstance(part, Picture) and _says(part) for part in made):
        made = [facts.photo, *made]
    return made


def _behind(photo: Found, made: list[Part]) -> int | None:
    """Index behind the paragraph before a photo; 0 where none is before it."""
    for paragraph in photo.place.xpath("preceding::p")[::-1]:
        words = even("".join(paragraph.itertext()))
        if len(words) >= _RUNNING:
            return made.index(words) + 1 if words in made else None
    return 0


def _says(picture: Picture) -> bool:
    return bool(picture.words or picture.caption or picture.credit)


def _without_title(found: list[str], title: str | None) -> list[str]:
    """A headline above the text is the title, not text."""
    name = (title or "").casefold()
    first = next((number for number, line in enumerate(found[:3]) if line.casefold() == name), None)
    return found if first is None else found[:first] + found[first + 1 :]


def _without_repeats(made: list[Part], photos: list[Found], facts: Facts) -> list[Part]:
    """Without lines that say a caption or credit once more, as galleries and slide shows do."""
    pictures = [photo.picture for photo in photos] + ([facts.photo] if facts.photo else [])
    said = {
        even(words).casefold()
        for picture in pictures
        for words in (picture.words, picture.caption, picture.credit, f"{picture.caption} {picture.credit}")
    } - {""}
    return [part for part in made if isinstance(part, Picture) or part.casefold() not in said]
