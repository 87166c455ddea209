"""A new article in its place: the raw file as it was received, and its sidecar."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

from kg_news.atomic import write_new
from kg_news.discover import Copies
from kg_news.errors import InputError
from kg_news.licences import POINTER, licence_issues
from kg_news.records import Issue, RawArticle
from kg_news.registry import Registry, shown, unknown_outlet
from kg_news.schema import explain
from kg_news.twins import same_text
from kg_news.weburl import is_web_address
from kg_news.yamlwrite import to_yaml

LONGEST = 60
"""Characters of a slug that is taken from an address."""
USUAL = MappingProxyType(
    {"html": ".html", "wordpress": ".json", "wxr": ".xml", "feed": ".xml", "jsonl": ".jsonl", "warc": ".warc"}
)
"""What a file of a format is called where it comes without a name; text of any kind is called `.txt`."""
_PACKED = (".gz", ".zst")
_SLUG = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
_NOT_A_SLUG = re.compile(r"[0-9]{1,4}|blog|news|novosti|index|amp")
"""Parts of an address that say nothing of the article: `/blog/2022/01/06/`."""


@dataclass(frozen=True)
class Written:
    """The two files of a new article."""

    raw: Path
    sidecar: Path


def write_article(
    data: bytes, sidecar: Mapping[str, Any], registry: Registry, folder: Path, *, suffix: str = "", slug: str = ""
) -> Written:
    """Write an article's bytes and its sidecar into `folder`/<outlet>/<yyyy-mm>/: both or neither.

    Without a suffix that readers know the article gets the usual one of its format; `.gz` stays behind it, and the
    sidecar of `most.txt.gz` is `most.txt.yml`. The month is that of the sidecar's
    date, else of the address, else of the article's own header; the slug, unless it is given, is the address's last
    words, else the article's hash. InputError, with every problem, where the article or a value is no good, and where
    an article of that name, or a file with the same bytes, is there already.
    """
    issues = problems(sidecar, registry)
    try:
        article = one_article(data, suffix)
        issues += _of_many(article, sidecar)
    except InputError as error:
        issues += error.issues
    if slug and not _SLUG.fullmatch(slug):
        way_out = "write lower-case Latin letters and digits, joined by - or _"
        issues.append(Issue("id-invalid", f"{slug!r} cannot be a file's name here", way_out, "--slug"))
    if issues:
        raise InputError(issues)
    suffix = _stored(suffix, article.format)
    where = folder / sidecar["source"] / _month(article, sidecar)
    name = slug or slug_of(sidecar.get("url")) or hashlib.sha256(data).hexdigest()[:16]
    raw = where / f"{name}{suffix}"
    written = Written(raw, raw.with_suffix(".yml"))
    if twin := next(
        (
            path
            for path in sorted(where.glob("*"), key=_is_sidecar)
            if _bare(path.name) == name and not path.name.startswith(".")
        ),
        None,
    ):
        raise InputError([_taken(twin)])
    if folder.is_dir() and (copy := Copies(folder).of(data)):
        raise InputError([replace(same_text("--from", copy.id), way_out="nothing was written, as it is there already")])
    try:
        write_new({written.raw: data, written.sidecar: to_yaml(sidecar).encode()})
    except FileExistsError:
        raise InputError([_taken(written.raw)]) from None
    except OSError as error:
        way_out = "check the folder's permissions, or name another one with --raw"
        message = f"the article cannot be written: {error.strerror}"
        raise InputError([Issue("output-unwritable", message, way_out, shown(where))]) from error
    return written


def suffix_of(name: str) -> str:
    """How a file's name ends, in small letters; of a packed file with what it was called before.

    >>> suffix_of("a.HTML"), suffix_of("a.b.txt.gz"), suffix_of("a.gz"), suffix_of("-")
    ('.html', '.txt.gz', '.gz', '')
    """
    suffixes = [suffix.lower() for suffix in Path(name).suffixes]
    return "".join(suffixes[-2:] if suffixes[-1:] and suffixes[-1] in _PACKED else suffixes[-1:])


def problems(sidecar: Mapping[str, Any], registry: Registry) -> list[Issue]:
    """What is wrong with a sidecar's values, each under the option that sets it."""
    found = explain(dict(sidecar), "sidecar")
    if all(issue.pointer != POINTER for issue in found):
        found += licence_issues(sidecar)
    issues = [
        Issue(issue.code, issue.message, issue.way_out, OPTIONS.get(issue.pointer or "", issue.pointer))
        for issue in found
    ]
    url = sidecar.get("url")
    if isinstance(url, str) and not is_web_address(url) and not any(issue.path == "--url" for issue in issues):
        issues.append(Issue("url-invalid", f"{url!r} is not a web address", "write it whole: https://…", "--url"))
    source = sidecar.get("source")
    if (
        isinstance(source, str)
        and source not in registry.outlets
        and not any(issue.path == "--outlet" for issue in issues)
    ):
        issues.append(replace(unknown_outlet(source, registry, "--outlet"), pointer=None))
    return issues


OPTIONS: Mapping[str, str] = MappingProxyType(
    {
        "/source": "--outlet",
        "/url": "--url",
        "/date": "--date",
        "/title": "--title",
        "/language": "--language",
        "/rights/license": "--rights",
        "/rights/holder": "--holder",
        "/rights/evidence_url": "--evidence",
    }
)
"""Which option of `kg-news new` sets which value of a sidecar."""


def slug_of(url: str | None) -> str:
    """The last words of an address's path that can name a file; empty where there are none.

    >>> slug_of("https://kloop.kg/blog/2022/01/06/Sneg-na-perevale.html"), slug_of("https://a.kg/новости/5/")
    ('sneg-na-perevale', '')
    """
    parts = [unquote(part).lower() for part in urlsplit(url).path.split("/") if part] if url else []
    for part in reversed(parts):
        slug = re.sub(r"[^a-z0-9]+", "-", part.rsplit(".", 1)[0] if "." in part else part).strip("-")
        if part.isascii() and slug and not _NOT_A_SLUG.fullmatch(slug):
            return slug if len(slug) <= LONGEST else slug[:LONGEST].rsplit("-", 1)[0]
    return ""


def outlet_of(url: str | None, registry: Registry) -> str | None:
    """The id of the outlet that an address belongs to; None where no outlet has its domain."""
    outlet = registry.outlet_at(url) if url else None
    return outlet.id if outlet else None


def one_article(data: bytes, suffix: str) -> RawArticle:
    """The article in the bytes. InputError, under `--from`, where there is none or another beside it."""
    found = _articles(data, suffix)
    if len(found) != 1:
        message, way_out = f"there are {len(found)} articles in it", "give one article at a time"
        raise InputError([Issue("not-one-article", message, way_out, "--from")])
    return found[0]


def _month(article: RawArticle, sidecar: Mapping[str, Any]) -> str:
    """The folder: `2031-04`, `2031` where only the year is known, `undated` without any evidence."""
    from kg_news.views.published import url_date

    url = sidecar.get("url")
    date = sidecar.get("date") or (url_date(url) if url else None) or article.header_date
    return str(date)[:7] if date else "undated"


def _articles(data: bytes, suffix: str) -> list[RawArticle]:
    """What the readers make of the bytes; they read files, so that they can read large ones."""
    from kg_news.read import read_file

    with tempfile.TemporaryDirectory(prefix="kg-news-") as folder:
        path = Path(folder, _scratch(suffix))
        path.write_bytes(data)
        try:
            return list(read_file(path, path.parent, sidecar="optional"))
        except InputError as error:
            raise InputError(replace(issue, path="--from") for issue in error.issues) from None


def _split(suffix: str) -> tuple[str, str]:
    """`.txt` and `.gz` of `.txt.gz`."""
    packed = next((end for end in _PACKED if suffix.endswith(end)), "")
    return suffix.removesuffix(packed), packed


def _stored(suffix: str, format: str) -> str:
    """What the file of an article is called behind its slug: `.txt.gz`."""
    from kg_news.read import IN_RAW, SUFFIXES

    inner, packed = _split(suffix)
    known = inner in SUFFIXES | IN_RAW and inner not in _PACKED
    return (inner if known else USUAL.get(format, ".txt")) + packed


def _scratch(suffix: str) -> str:
    """The name under which the readers get the bytes."""
    inner, packed = _split(suffix)
    return f"article{inner or '.txt'}{packed}"  # what could be anything is text


def _of_many(article: RawArticle, sidecar: Mapping[str, Any]) -> list[Issue]:
    """What the sidecar says though `validate` would refuse it: a WARC file has the address itself."""
    from kg_news.read import of_many

    found = of_many(article, sidecar, "")
    way_out = "leave the option out: the file of such a format says it of each article itself"
    return [replace(issue, way_out=way_out, path=OPTIONS[issue.pointer or ""], pointer=None) for issue in found]


def _bare(name: str) -> str:
    """`most` of `most.txt.gz` and of its sidecar `most.txt.yml`."""
    return name.partition(".")[0]


def _is_sidecar(path: Path) -> bool:
    return path.suffix == ".yml"


def _taken(path: Path) -> Issue:
    way_out = "nothing was written; give another name with --slug, or look whether it is the same article"
    return Issue("id-duplicate", "there is an article of this name already", way_out, shown(path))
