"""Mends what can be mended without changing what is said: line ends, Unicode form, order of keys.

It touches what people write by hand (sidecars, registry, corrections). Raw articles are evidence and stay as they were
received; `raw=True` is for those that somebody typed or pasted and that no dataset holds yet.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg_news.atomic import rewrite
from kg_news.discover import hidden
from kg_news.errors import InputError
from kg_news.records import RawArticle
from kg_news.registry import FOLDERS, shown
from kg_news.schema import load_schema
from kg_news.yamlfile import YamlFile, read_yaml

_TOP_KEY = re.compile(r"[^\s#\-\[{&*!|>%@`,\]}?:]")
"""A line that begins with a key of the outermost mapping, and not with space, comment, list or flow."""


@dataclass(frozen=True)
class Mended:
    """A file that was written anew."""

    path: str
    what: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.path}: mended: {', '.join(self.what)}"


def fix(paths: Sequence[Path], *, raw: bool = False) -> Iterator[Mended]:
    """Mend files, and the files in folders; each in one step, and only where reading it again gives the same values.

    With `raw`, raw text files as well, but for those that the dataset beside their raw folder holds already. What
    cannot be read is passed over: validating names it.
    """
    for path in _files(paths):
        try:
            before = path.read_bytes()
            if path.suffix == ".yml":
                after, what = mend_yaml(before.decode(), _schema(path), composed=path.parent.name != "corrections")
            elif raw and not _published(path):
                after, what = _mend_article(path, before.decode())
            else:
                continue
            if what:
                rewrite(path, after.encode())
                yield Mended(shown(path), what)
        except (OSError, UnicodeError, InputError):
            continue


def mend_yaml(text: str, schema: str | None = None, *, composed: bool = True) -> tuple[str, tuple[str, ...]]:
    """A YAML file in good form, and what was mended; comments stay with the key below them.

    `schema` gives the order of the outermost keys; without one it stays. `composed` is for Unicode form NFC. Where the
    values would change by it the file stays as it is. InputError where it cannot be read.

    >>> mend_yaml("url: null\\r\\n# known by its address\\r\\nsource: kloop\\r\\n", "sidecar")
    ('# known by its address\\nsource: kloop\\nurl: null\\n', ('line ends', 'order of keys'))
    """
    data = read_yaml(Path("-"), text).data
    steps = [("byte order mark", text.removeprefix("\ufeff"))]
    steps.append(("line ends", _lines(steps[-1][1])))
    if composed:
        steps.append(("Unicode form", unicodedata.normalize("NFC", steps[-1][1])))
    steps.append(("order of keys", _in_order(steps[-1][1], schema) if schema else steps[-1][1]))
    mended, what = text, []
    for name, step in steps:
        if step != mended:
            what.append(name)
            mended = step
    if not what or _composed(read_yaml(Path("-"), mended).data) != _composed(data):
        return text, ()
    return mended, tuple(what)


def mend_text(article: RawArticle) -> tuple[str, tuple[str, ...]]:
    """The raw text of a flattened article in good form, with the header that its sidecar knows."""
    from kg_news.read import unseen

    what = []
    text = article.text
    if (lines := _lines(text)) != text:
        what.append("line ends")
    if (mended := unicodedata.normalize("NFC", lines)) != lines:
        what.append("Unicode form")
    if (whole := unseen.without(mended)) != mended:
        what.append("unseen characters inside words")
        mended = whole
    date = article.metadata.get("date")
    if article.header is None and date:
        what.append("header from the sidecar")
        mended = f" date {date} {mended.removeprefix(chr(0xFEFF)).lstrip()}"
    return mended, tuple(what)


def _mend_article(path: Path, text: str) -> tuple[str, tuple[str, ...]]:
    from kg_news.read import read_file

    (article, *others) = read_file(path, path.parent, sidecar="optional")
    whole = not others and article.format == "flattened" and article.text == text
    return mend_text(article) if whole else (text, ())


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Plain files, each once; links and hidden ones are left alone."""
    seen: set[Path] = set()
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            unseen = any(map(hidden, file.relative_to(path).parts))
            if file.is_file() and not file.is_symlink() and not unseen and file not in seen:
                seen.add(file)
                yield file


def _schema(path: Path) -> str | None:
    """The schema of a file by its place: None where only its content could tell."""
    from kg_news.read import raw_of

    if path.parent.name in FOLDERS:
        return FOLDERS[path.parent.name]
    return "sidecar" if raw_of(path) else None


def _published(path: Path) -> bool:
    """Whether the dataset beside the raw folder was built from this file."""
    root = next((folder for folder in path.absolute().parents if folder.name == "raw"), None)
    if root is None:
        return False
    try:
        inputs = json.loads((root.parent / "data" / "MANIFEST.json").read_bytes())["inputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return f"raw/{path.absolute().relative_to(root).as_posix()}" in inputs


def _lines(text: str) -> str:
    """Unix line ends, and one at the end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if not text or text.endswith("\n") else f"{text}\n"


def _composed(value: Any) -> Any:
    """A value with its text in form NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_composed(key): _composed(item) for key, item in value.items()}
    return [_composed(item) for item in value] if isinstance(value, list) else value


def _in_order(text: str, schema: str) -> str:
    """The outermost keys as the schema orders them; keys that it does not know stay behind, as they were.

    A comment above a key moves with it, one above the first key stays at the top.
    """
    file = read_yaml(Path("-"), text)
    lines = text.splitlines(keepends=True)
    starts = _key_lines(file, lines)
    node = load_schema(schema)
    order = {key: place for place, key in enumerate(node.get("$defs", {}).get(schema, node).get("properties", {}))}
    if not starts:
        return text
    begin = dict(starts)
    first = min(begin.values())
    for key, line in starts.items():
        while begin[key] > first and line != first and lines[begin[key] - 1].startswith("#"):
            begin[key] -= 1
    keys = sorted(begin, key=lambda key: begin[key])
    ends = [*(begin[key] for key in keys[1:]), len(lines)]
    blocks = {key: "".join(lines[begin[key] : end]) for key, end in zip(keys, ends, strict=True)}
    keys.sort(key=lambda key: order.get(key, len(order)))
    return "".join([*lines[:first], *(blocks[key] for key in keys)])


def _key_lines(file: YamlFile, lines: list[str]) -> dict[str, int]:
    """The line, from 0, of each outermost key; empty where the file is not a plain block mapping, a key a line."""
    if not isinstance(file.data, dict):
        return {}
    starts = {key: file.keys[f"/{key.replace('~', '~0').replace('/', '~1')}"] for key in file.data}
    plain = all(column == 1 and _TOP_KEY.match(lines[line - 1]) for line, column in starts.values())
    marked = any(line.startswith(("---", "...", "%")) for line in lines)
    return {key: line - 1 for key, (line, _) in starts.items()} if plain and not marked else {}
