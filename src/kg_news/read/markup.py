"""HTML as a tree, and what whole pages and fragments (feeds, WordPress) both need of it: its photos and its lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kg_news.errors import InputError
from kg_news.read.compose import Part, Picture, even
from kg_news.records import Issue

Element = Any
"""An element of lxml's; lxml has no types of its own, and loading must not import it."""

JSON_LD = "application/ld+json"
_UNSEEN = ("style", "noscript", "template", "svg", "iframe", "canvas", "select", "button", "object", "embed")
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """address article aside blockquote body br caption center dd details div dl dt figcaption figure footer form
        h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul""",
    )
)
_PICTURES = ("img", "picture", "amp-img", "source")

_CAPTION = frozenset({"caption", "captions", "figcaption", "cutline"})
_CREDIT = frozenset({"credit", "credits", "photographer", "copyright", "attribution"})
_NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
"""Class names are taken apart into words: `wp-caption-text`, `photo_credit`, `imageCaption`."""
_NEVER = frozenset({"body", "html", "head", "img", "meta", "link", "table"})
_LONGEST = 800
"""Characters of the longest caption; an element with more is a box that happens to be called so."""
_NEAR = 3
"""How far above a caption the element is looked for that holds its picture."""

_SHORTCODE = re.compile(r"\[(?:wp_)?caption\b[^\]]*\](?P<inner>.*?)\[/(?:wp_)?caption\]", re.DOTALL | re.IGNORECASE)
_IMAGE = re.compile(r"\s*(?:<a\b[^>]*>\s*)?<img\b[^>]*>\s*(?:</a>)?", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<p[\s>]", re.IGNORECASE)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*")
_SPACED = bytes(0x20 if byte < 0x20 and byte not in b"\t\n\r" else byte for byte in range(256))
_TOKEN = re.compile(r"kgnewsphoto(\d+)end")


@dataclass(frozen=True)
class Found:
    """A photo of a page; a paragraph with `token` stands where it stood."""

    picture: Picture
    token: str
    place: Element
    sources: tuple[str, ...]
    """Addresses of the image."""


def parse(text: str, path: str) -> Element | None:
    """The tree of a page or fragment; None where there is nothing in it.

    InputError where elements are nested so deep (256) that libxml2 gives up, and with it everything behind.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))  # its own asks Python
    clean = _clean(text)
    if not clean.strip():
        return None
    try:
        tree = etree.fromstring(clean, parser)  # bytes, as lxml refuses a `str` that declares its charset
    except etree.XMLSyntaxError:  # nothing but comments
        tree = None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        message = "elements are nested more than 256 deep: no person wrote this"
        raise InputError([Issue("html-too-deep", message, "save the article's text as plain text instead", path)])
    return tree


def _clean(text: str) -> bytes:
    """UTF-8 with a space for each character that XML does not have."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        data = re.sub(r"[\ud800-\udfff]", " ", text).encode()
    for forbidden in ("\ufffe", "\uffff"):
        if forbidden in text:
            data = data.replace(forbidden.encode(), b" ")
    return data.translate(_SPACED)  # ten times as fast as a regular expression


def strip_unseen(tree: Element) -> None:
    """Take out what no reader of the page sees. JSON-LD stays: trafilatura finds an article in it."""
    from lxml import etree

    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    for script in list(tree.iter("script")):
        if (script.get("type") or "").strip().lower() != JSON_LD:
            script.drop_tree()


def fragment(content: str, path: str, *, raw: bool = False, link: str | None = None) -> list[Part]:
    """The paragraphs and photos of an article that comes as HTML without a page around it.

    `raw` is text as WordPress keeps it: a blank line parts paragraphs. The last paragraph goes where it links back
    to the article itself: `The post … appeared first on …`, which WordPress adds to its feeds.
    """
    content = _SHORTCODE.sub(_figure, content)
    if raw or not _PARAGRAPH.search(content):
        content = _BLANK_LINE.sub("<br>", content)
    tree = parse(f"<div>{content}</div>", path)
    if tree is None:
        return []
    strip_unseen(tree)
    if link:
        _drop_backlink(tree, link)
    photos = take_photos(tree, content)
    return parts(lines(tree), photos)


def _figure(match: re.Match[str]) -> str:
    """`[caption …]<img …> Words[/caption]` as a figure."""
    inner = match["inner"]
    image = _IMAGE.match(inner)
    if not image:
        return inner
    return f"<figure>{image.group()}<figcaption>{inner[image.end() :]}</figcaption></figure>"


def _drop_backlink(tree: Element, link: str) -> None:
    paragraphs = [element for element in tree.iter("p") if even("".join(element.itertext()))]
    if paragraphs:
        links = [anchor.get("href") for anchor in paragraphs[-1].iter("a")]
        if len(links) > 1 and (links[0] or "").rstrip("/") == link.rstrip("/"):
            paragraphs[-1].drop_tree()


def lines(tree: Element) -> Iterator[str]:
    """The text of a tree, a line a block, white space evened out."""
    from lxml import etree

    words: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if element.tag == "script":
            words.append(element.tail or "" if event == "end" else "")
            continue
        if element.tag in _BLOCKS and (line := even("".join(words))):
            yield line
        if element.tag in _BLOCKS:
            words.clear()
        words.append((element.text if event == "start" else element.tail) or "")
    if line := even("".join(words)):
        yield line


def text_of(element: Element) -> str:
    """The words of an element on one line."""
    return " ".join(lines(element)) if len(element) else even(element.text or "")


def parts(found: Iterable[str], photos: Iterable[Found]) -> list[Part]:
    """Lines with the photos in place of their tokens."""
    pictures = {photo.token: photo.picture for photo in photos}
    made: list[Part] = []
    for line in found:
        done = 0
        for match in _TOKEN.finditer(line):
            made += [line[done : match.start()], pictures.pop(match.group(), "")]
            done = match.end()
        made.append(line[done:])
    return [part for part in made if not isinstance(part, str) or part.strip()]


# Photos


def take_photos(tree: Element, text: str) -> list[Found]:
    """Take the photos' captions and credits out of the tree, in the order of the page; each leaves a token.

    `text` is what the tree was made from: names that do not stand in it need not be looked for.
    """
    found: list[Found] = []
    for element in _candidates(tuple(name for name in _CALLED if name in text))(tree):
        if not _is_in(element, tree):
            continue
        if (holder := _holder(element)) is None:
            continue
        before = _TOKEN.findall(_all_text(holder))
        if len(before) > 1 or len(_all_text(holder)) > 2 * _LONGEST:
            continue
        images = list(holder.iter(*_PICTURES))
        sources = tuple(link for image in images for name in ("src", "data-src") if (link := image.get(name)))
        picture = _picture(holder)
        if picture is None:
            continue
        if before:  # the caption below a figure that is done already
            first = found[int(before[0])]
            found[int(before[0])] = replace(first, picture=_joined(first.picture, picture))
            element.drop_tree()
            continue
        token = f"kgnewsphoto{len(found)}end"
        place = _replace(holder, token)
        if place is not None:
            found.append(Found(picture, token, place, sources))
    return found


_CALLED = tuple(name[1:] for name in ("caption", "cutline", *sorted(_CREDIT - {"credits"})))
"""What the class of a caption or credit holds, without the first letter, which may be capital: `imageCaption`."""


@cache
def _candidates(names: tuple[str, ...]) -> Any:
    """XPath of the elements that may be a figure, a caption or a credit: libxml2 looks through a page a hundred times
    faster than a loop, and each name costs it as much as the whole look.
    """
    from lxml import etree

    called = " or ".join(f"contains(., '{name}')" for name in names) or "false()"
    return etree.XPath(f"//figure | //figcaption | //@class[{called}]/.. | //@itemprop[{called}]/..")


def _is_in(element: Element, tree: Element) -> bool:
    """Whether it is still in the tree: it may have gone with a figure around it."""
    return element is tree or any(ancestor is tree for ancestor in element.iterancestors())


def _joined(one: Picture, two: Picture) -> Picture:
    caption = " ".join(part for part in (one.words, one.caption, two.words, two.caption) if part)
    credit = " ".join(part for part in (one.credit, two.credit) if part)
    return Picture(caption=caption, credit=credit) if credit else Picture(words=caption)


def _holder(element: Element) -> Element | None:
    """What holds a picture with its caption: a figure, or whatever is around an element that is called caption."""
    if element.tag == "figure" and element.find(".//table") is None:
        return element
    if element.tag == "figcaption" or _is(element, _CAPTION | _CREDIT):
        return _around(element)
    return None


def _around(caption: Element) -> Element | None:
    """The nearest element around a caption that holds a picture, if it holds little else; else the caption itself, if
    it is certain to be one.
    """
    element = caption
    for _ in range(_NEAR):
        parent = element.getparent()
        if parent is None or parent.tag in {"body", "html", "article", "main"} or len(_all_text(parent)) > _LONGEST:
            break
        element = parent
        if element.tag == "figure" or _shows(element):
            return element
    return caption if len(_all_text(caption)) <= _LONGEST and _beside_picture(caption) else None


def _beside_picture(caption: Element) -> bool:
    """`figcaption` without its figure, or a caption behind the element with the picture."""
    before = caption.getprevious()
    return caption.tag == "figcaption" or (
        before is not None and (before.tag in _PICTURES or _shows(before)) and len(_all_text(before)) < 100
    )


def _shows(element: Element) -> bool:
    return next(element.iter(*_PICTURES), None) is not None or bool(_TOKEN.search(_all_text(element)))


def _picture(holder: Element) -> Picture | None:
    """What a holder says; None where its words are too many for a caption."""
    credits = [element for element in holder.iter() if _is(element, _CREDIT) and text_of(element)]
    credits = [element for element in credits if not any(parent in credits for parent in element.iterancestors())]
    captions = [element for element in holder.iter() if element.tag == "figcaption" or _is(element, _CAPTION)]
    captions = [element for element in captions if not any(parent in captions for parent in element.iterancestors())]
    credit = " ".join(dict.fromkeys(text_of(element) for element in credits))
    for element in credits:
        if element is not holder:
            element.drop_tree()
    caption = " ".join(dict.fromkeys(text for element in captions if (text := text_of(element))))
    if credits and holder in credits:
        caption = ""
    if not captions and holder.tag == "figure":
        caption = _TOKEN.sub("", text_of(holder)).strip()
    if len(caption) + len(credit) > _LONGEST:
        return None
    return Picture(caption=caption, credit=credit) if credit else Picture(words=caption)


def _replace(holder: Element, token: str) -> Element | None:
    """Put a paragraph with the token in the holder's place; within a paragraph, a span."""
    parent = holder.getparent()
    if parent is None:
        return None
    inline = any(ancestor.tag == "p" for ancestor in holder.iterancestors())
    place = holder.makeelement("span" if inline else "p")
    place.text = f" {token} " if inline else token
    place.tail = holder.tail
    parent.replace(holder, place)
    return place


def _is(element: Element, names: frozenset[str]) -> bool:
    """Whether the element's class or itemprop has one of the words."""
    called = f"{element.get('class') or ''} {element.get('itemprop') or ''}"
    return (
        any(name in called.lower() for name in names)
        and bool(names & {word.lower() for word in _NAME_WORD.findall(called)})
        and element.tag not in _NEVER
    )


def _all_text(element: Element) -> str:
    return "".join(element.itertext())


def text_of_html(content: str, path: str) -> str:
    """The words of a short piece of HTML, such as a title: `Мост &amp; паром`."""
    tree = parse(f"<div>{content}</div>", path)
    return "" if tree is None else " ".join(lines(tree))
