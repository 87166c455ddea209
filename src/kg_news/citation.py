"""Citing exactly the version at hand: what CITATION.cff says, with the version and the content hash of the data.

A dataset of other people's articles that was built with their own CITATION.cff is cited by that.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg_news.about import About, about_of, name_of
from kg_news.manifest import Folder, Manifest, dataset_folder


@dataclass(frozen=True)
class Citation:
    """What a citation is made of."""

    about: About
    version: str
    content_hash: str

    @property
    def released(self) -> datetime.date | None:
        """The day of the release; None for data of another version than CITATION.cff speaks of: no year is made up."""
        return self.about.released if self.version == self.about.version else None

    @property
    def year(self) -> str | None:
        """That of the release."""
        return f"{self.released.year:04}" if self.released else None

    @property
    def people(self) -> dict[str, tuple[str, str]]:
        """Family names and given names of the authors who are persons, by their whole names."""
        return {
            name_of(author): (
                " ".join(author[key] for key in ("name-particle", "family-names") if author.get(key)),
                author.get("given-names", ""),
            )
            for author in self.about.content["authors"]
            if "family-names" in author
        }

    @property
    def key(self) -> str:
        """What a bibliography calls the entry."""
        words = re.findall(r"[a-z0-9]+", self.about.title.lower())[:3] if self.about.own else ["kg-news"]
        return "-".join([*(words or ["dataset"]), self.version])

    @property
    def fingerprint(self) -> str:
        """The content hash, as citations have it."""
        return f"Content hash sha256:{self.content_hash}"


def cite(style: str = "bibtex", *, folder: Folder = None) -> str:
    """The citation of the dataset that ships with the package, or of a folder that `kg-news build` wrote.

    style: `bibtex`, `apa`, `ris`, `csl-json` or `cff`. Raises ValueError for another, DataError for a folder without a
    complete manifest.
    """
    if style not in STYLES:  # of a tuple anything can be asked, a list too
        raise ValueError(f"there is no citation style {style!r}; choose one of: {', '.join(STYLES)}")
    root = dataset_folder(folder)
    manifest = Manifest.read(root)
    return written(cited(about_of(root, manifest.files), manifest.version, manifest.content_hash), style)


def cited(about: About, built: str, content_hash: str) -> Citation:
    """What to cite for data that version `built` of kg-news wrote; other people's dataset has a version of its own."""
    return Citation(about, about.version if about.own else built, content_hash)


def written(citation: Citation, style: str) -> str:
    """A citation in one of `STYLES`."""
    return _STYLES[style](citation)


_LATEX: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&%#_"},
}


def _latex(text: str) -> str:
    """Text for a BibTeX field in braces. Letters of other scripts stay as they are: biber and bibtex8 read UTF-8."""
    return "".join(_LATEX.get(character, character) for character in text)


def _bibtex_name(family: str, given: str = "") -> str:
    """A group stands in braces, as a family name does; initials are made of given names."""
    return f"{{{_latex(family)}}}" + (f", {_latex(given)}" if given else "")


def _bibtex(it: Citation) -> str:
    fields = {
        # Braces in braces: the name of a group is not split into first and last names, a title keeps its capitals.
        "author": " and ".join(_bibtex_name(*it.people.get(name, (name,))) for name in it.about.authors),
        "title": f"{{{_latex(it.about.title)}}}",
        "year": it.year,
        "version": _latex(it.version),
        "howpublished": "Data set",
        # Addresses are read verbatim; only what would end the field is written otherwise.
        "url": it.about.url.replace("{", "%7B").replace("}", "%7D"),
        "note": _latex(f"Version {it.version}. {it.fingerprint}"),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{it.key},\n{lines}}}\n"


def _apa(it: Citation) -> str:
    *others, last = (_initials(*it.people[name]) if name in it.people else name for name in it.about.authors)
    authors = f"{', '.join(others)}{',' if others[1:] else ''} & {last}" if others else last
    when = it.year or "n.d."
    named = f"{authors.removesuffix('.')}. ({when}). {it.about.title} (Version {it.version}) [Data set]."
    return f"{named} {it.about.url} ({it.fingerprint})\n"


def _initials(family: str, given: str) -> str:
    """`Example, A. B.`"""
    return ", ".join(part for part in (family, " ".join(f"{name[0]}." for name in given.split())) if part)


def _ris(it: Citation) -> str:
    lines = [("TY", "DATA")]
    # The comma tells a reader that all of the name is the last name, as it is with a group.
    lines += [("AU", ", ".join(it.people.get(name, (name, ""))).rstrip(" ")) for name in it.about.authors]
    lines += [("TI", it.about.title)]
    if it.released:
        lines += [("PY", f"{it.released.year:04}"), ("DA", it.released.strftime("%Y/%m/%d"))]
    lines += [("ET", it.version), ("UR", it.about.url), ("AB", it.about.abstract), ("N1", it.fingerprint)]
    lines += [("KW", word) for word in it.about.keywords]
    return "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in lines) + "ER  - \n"


def _csl_json(it: Citation) -> str:
    day = it.released
    item = {
        "id": it.key,
        "type": "dataset",
        "title": it.about.title,
        "author": [
            dict(zip(("family", "given"), it.people[name], strict=True)) if name in it.people else {"literal": name}
            for name in it.about.authors
        ],
        **({"issued": {"date-parts": [[day.year, day.month, day.day]]}} if day else {}),
        "version": it.version,
        "URL": it.about.url,
        "abstract": it.about.abstract,
        "note": it.fingerprint,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _cff(it: Citation) -> str:
    import yaml

    content = {**it.about.content, "version": it.version}
    content.pop("date-released", None)
    if it.released:
        content["date-released"] = it.released.isoformat()
    content["identifiers"] = [
        *content.get("identifiers", ()),
        {"type": "other", "value": f"sha256:{it.content_hash}", "description": "Content hash of the articles"},
    ]
    text: str = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)
    return text


_STYLES: Mapping[str, Callable[[Citation], str]] = {
    "bibtex": _bibtex,
    "apa": _apa,
    "ris": _ris,
    "csl-json": _csl_json,
    "cff": _cff,
}
STYLES: tuple[str, ...] = tuple(_STYLES)
