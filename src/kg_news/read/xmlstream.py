"""Elements of an XML file one by one, however long it is; entities of its own are refused, not expanded."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from kg_news.errors import InputError
from kg_news.records import Issue

Element = Any

CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
ATOM = "{http://www.w3.org/2005/Atom}"

_HEAD = 2**16
_LAST_LINE = 2**16 - 1
_ENTITY = re.compile(rb"<!ENTITY|<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")


def elements(stream: io.BufferedReader, path: str, names: frozenset[str]) -> Iterator[Element]:
    """Each element whose local name is one of `names`, whole; it is forgotten when the next is asked for.

    InputError, with line and column, where the file is not well-formed, or defines entities: a few lines of them can
    unfold to gigabytes ("billion laughs"), or fetch other files.
    """
    from lxml import etree

    if _ENTITY.search(stream.peek(_HEAD)[:_HEAD]):
        raise InputError([_entities(path)])
    safe = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}
    try:
        for _, element in etree.iterparse(stream, events=("end",), remove_comments=True, remove_pis=True, **safe):
            if not isinstance(element.tag, str) or local(element) not in names:
                continue
            if next(element.iter(etree.Entity), None) is not None:
                raise InputError([_entities(path)])
            yield element
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = f"this is not well-formed XML: {error.msg.splitlines()[0]}"
        way_out = "fetch or export the file again"
        raise InputError([Issue("xml-invalid", message, way_out, path, line, max(1, column))]) from None


def _entities(path: str) -> Issue:
    message = "the file defines XML entities of its own, which no feed or export needs and attackers use"
    return Issue("xml-entities", message, "fetch or export the file again, or take the DOCTYPE out", path)


def local(element: Element) -> str:
    """The tag without its namespace."""
    name: str = element.tag.rpartition("}")[2]
    return name


def line_of(element: Element) -> int | None:
    """Where the element begins; None where it is behind the last line that libxml2 counts to."""
    line: int = element.sourceline
    return line if line < _LAST_LINE else None


def child(element: Element, *tags: str) -> str:
    """The text of the first of the tags that has one; tags without a namespace fit every one of RSS' dialects."""
    for tag in tags:
        for found in element:
            if isinstance(found.tag, str) and found.tag in {tag, f"{{{_namespace(element)}}}{tag}"}:
                text = "".join(found.itertext()).strip()
                if text:
                    return text
    return ""


def _namespace(element: Element) -> str:
    name: str = element.tag
    return name[1:].partition("}")[0] if name.startswith("{") else ""
