"""Citations: of exactly the version at hand, and such that the programs that read them do."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from bibtexparser.entrypoint import parse_string
from citeproc import Citation as CiteprocCitation
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

import kg_news
from dataset import articles, make_dataset
from kg_news import about as about_module
from kg_news import citation
from kg_news.about import About, about, read_about
from kg_news.build import build
from kg_news.citation import STYLES, Citation, cite
from kg_news.errors import DataError
from kg_news.files import shipped
from kg_news.manifest import Manifest

STYLE = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Plain</title><id>plain</id><updated>2026-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography>
    <layout>
      <names variable="author"><name/></names>
      <date variable="issued" prefix=" ("><date-part name="year"/></date>
      <text variable="title" prefix="). "/>
      <text variable="version" prefix=" v"/>
      <text variable="URL" prefix=" "/>
      <text variable="note" prefix=" "/>
    </layout>
  </bibliography>
</style>
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_dataset(tmp_path_factory.mktemp("cited") / "data", articles(2))


@pytest.fixture(scope="module")
def older(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data of another version than CITATION.cff speaks of."""
    return make_dataset(tmp_path_factory.mktemp("older") / "data", articles(2), "0.0.9")


def made(**changes: Any) -> Citation:
    """A citation of a dataset with another title, other authors, …"""
    return Citation(replace(about(), **changes), about().version, "ab" * 32)


def bibtex_fields(text: str) -> tuple[str, dict[str, str]]:
    """Type and fields of the one entry; fails where a strict parser would."""
    library = parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    assert re.fullmatch(r"[A-Za-z0-9.:+-]+", entry.key)
    return entry.entry_type, {field.key: field.value for field in entry.fields}


def unlatex(text: str) -> str:
    """What LaTeX prints for a field's value."""
    inner = re.sub(r"(?<!\\)[{}]", "", text.replace(r"\textbackslash{}", "\0").replace(r"\textasciitilde{}", "~"))
    return re.sub(r"\\([$&%#_{}])", r"\1", inner.replace(r"\textasciicircum", "^")).replace("\0", "\\")


def render_csl(text: str, tmp_path: Path) -> str:
    """The line that a CSL processor prints."""
    (tmp_path / "plain.csl").write_text(STYLE, encoding="utf-8")
    items = json.loads(text)
    source = CiteProcJSON(items)
    style = CitationStylesStyle(str(tmp_path / "plain.csl"), validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(CiteprocCitation([CitationItem(items[0]["id"])]))
    return str(bibliography.bibliography()[0])


@pytest.mark.parametrize("style", STYLES)
def test_version_year_hash_and_address(folder: Path, style: str) -> None:
    text = cite(style, folder=folder)
    for part in ("0.1.0", str(about().released.year), Manifest.read(folder).content_hash, about().url, about().title):
        assert part in text
    assert "The kg-news contributors" in text
    assert text.endswith("\n")


@pytest.mark.parametrize("style", STYLES)
def test_no_year_is_made_up(older: Path, style: str) -> None:
    """The day in CITATION.cff is that of its own version."""
    text = cite(style, folder=older)
    assert "0.0.9" in text
    assert "0.1.0" not in text
    assert str(about().released.year) not in text
    assert Manifest.read(older).content_hash in text


def test_styles() -> None:
    assert STYLES == ("bibtex", "apa", "ris", "csl-json", "cff")
    with pytest.raises(ValueError, match="no citation style 'mla'; choose one of: bibtex, apa, ris, csl-json, cff"):
        cite("mla")


def test_the_shipped_data_is_cited_by_default(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg_news.manifest.shipped", lambda _: folder)
    assert kg_news.cite() == cite("bibtex", folder=folder)
    assert kg_news.cite("apa") == cite("apa", folder=str(folder))


def test_a_folder_that_is_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="which a build writes last"):
        cite(folder=tmp_path)


def test_bibtex(folder: Path) -> None:
    kind, fields = bibtex_fields(cite("bibtex", folder=folder))
    assert kind == "misc"
    assert fields == {
        "author": "{The kg-news contributors}",
        "title": "{kg-news: news from Kyrgyzstan and its neighbours}",
        "year": "2026",
        "version": "0.1.0",
        "howpublished": "Data set",
        "url": "https://github.com/kg-news/kg-news",
        "note": f"Version 0.1.0. Content hash sha256:{Manifest.read(folder).content_hash}",
    }


@given(st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1).map(str.strip).filter(bool))
def test_bibtex_escapes_every_title(title: str) -> None:
    text = citation._bibtex(made(title=title))
    depth = 0
    for character in re.sub(r"\\[{}]", "", text):
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    value = next(line for line in text.splitlines() if line.startswith("  title"))
    assert unlatex(value.removeprefix("  title = ").removesuffix(",")) == title
    assert not re.search(r"(?<!\\)[$&%#_]", value)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("50 % & more_news #1 {x} $2", r"{50 \% \& more\_news \#1 \{x\} \$2}"),
        ("a\\b ~ ^", r"{a\textbackslash{}b \textasciitilde{} \textasciicircum{}}"),
        ("Кыргыз жаңылыктары", "{Кыргыз жаңылыктары}"),
    ],
)
def test_bibtex_titles(title: str, expected: str) -> None:
    assert f"  title = {{{expected}}},\n" in citation._bibtex(made(title=title))


def test_bibtex_of_several_authors() -> None:
    _, fields = bibtex_fields(citation._bibtex(made(authors=("Simon & Daughters", "Ала-Тоо тобу"))))
    assert fields["author"] == r"{Simon \& Daughters} and {Ала-Тоо тобу}"


def test_apa(folder: Path) -> None:
    assert cite("apa", folder=folder) == (
        "The kg-news contributors. (2026). kg-news: news from Kyrgyzstan and its neighbours (Version 0.1.0) "
        f"[Data set]. https://github.com/kg-news/kg-news (Content hash sha256:{Manifest.read(folder).content_hash})\n"
    )


def test_apa_without_a_date(older: Path) -> None:
    assert "The kg-news contributors. (n.d.). kg-news" in cite("apa", folder=older)


@pytest.mark.parametrize(
    ("authors", "expected"), [(("A",), "A. ("), (("A", "B"), "A & B. ("), (("A", "B", "C"), "A, B, & C. (")]
)
def test_apa_authors(authors: tuple[str, ...], expected: str) -> None:
    assert citation._apa(made(authors=authors)).startswith(expected)


def test_ris(folder: Path) -> None:
    lines = cite("ris", folder=folder).splitlines()
    assert lines[0] == "TY  - DATA"
    assert lines[-1] == "ER  - "
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    fields: dict[str, list[str]] = {}
    for line in lines:
        fields.setdefault(line[:2], []).append(line[6:])
    assert fields["AU"] == ["The kg-news contributors,"]
    assert fields["PY"] == ["2026"]
    assert fields["DA"] == ["2026/11/22"]
    assert fields["ET"] == ["0.1.0"]
    assert fields["KW"] == list(about().keywords)


def test_ris_keeps_a_value_on_its_line() -> None:
    text = citation._ris(made(title="two\nER  - \nlines"))
    assert "TI  - two ER - lines\n" in text
    assert text.count("\nER  - ") == 1


def test_csl_json(folder: Path, tmp_path: Path) -> None:
    text = cite("csl-json", folder=folder)
    (item,) = json.loads(text)
    assert item["type"] == "dataset"
    assert item["author"] == [{"literal": "The kg-news contributors"}]
    assert item["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert render_csl(text, tmp_path) == (
        "The kg-news contributors (2026). kg-news: news from Kyrgyzstan and its neighbours v0.1.0 "
        f"https://github.com/kg-news/kg-news Content hash sha256:{Manifest.read(folder).content_hash}"
    )


def test_csl_json_without_a_date(older: Path, tmp_path: Path) -> None:
    assert "issued" not in json.loads(cite("csl-json", folder=older))[0]
    assert render_csl(cite("csl-json", folder=older), tmp_path).startswith("The kg-news contributors). kg-news")


def test_csl_json_in_unicode(tmp_path: Path) -> None:
    text = citation._csl_json(made(title="Кыргыз жаңылыктары"))
    assert "Кыргыз жаңылыктары" in text
    assert "Кыргыз жаңылыктары" in render_csl(text, tmp_path)


def test_cff_is_citation_cff_with_the_hash(folder: Path) -> None:
    found = yaml.safe_load(cite("cff", folder=folder))
    identifiers = found.pop("identifiers")
    assert found == yaml.safe_load(shipped("CITATION.cff").read_text(encoding="utf-8"))
    assert identifiers == [
        {
            "type": "other",
            "value": f"sha256:{Manifest.read(folder).content_hash}",
            "description": "Content hash of the articles",
        }
    ]


def test_cff_of_other_data(older: Path) -> None:
    found = yaml.safe_load(cite("cff", folder=older))
    assert found["version"] == "0.0.9"
    assert "date-released" not in found


def test_citation_cff_is_as_the_format_wants_it() -> None:
    """Citation File Format 1.2.0: the keys it demands, and the types of those that are used."""
    content = yaml.safe_load(shipped("CITATION.cff").read_text(encoding="utf-8"))
    assert content["cff-version"] == "1.2.0"
    assert content["type"] == "dataset"
    assert content["message"]
    assert content["authors"] == [{"name": "The kg-news contributors"}]
    assert isinstance(content["version"], str)
    assert isinstance(content["date-released"], str)
    assert datetime.date.fromisoformat(content["date-released"]) == about().released
    assert content["repository-code"].startswith("https://")
    assert len(set(content["keywords"])) == len(content["keywords"])


def test_what_is_read_of_citation_cff() -> None:
    found = about()
    assert found == read_about(shipped("CITATION.cff"))
    assert (found.version, found.released) == (kg_news.__version__, datetime.date(2026, 11, 22))
    assert found.url == "https://github.com/kg-news/kg-news"
    assert "\n" not in found.abstract


@pytest.mark.parametrize(
    "change",
    [
        lambda _: "",
        lambda _: "- a list",
        lambda text: text.replace("version: 0.1.0", "", 1),
        lambda text: text.replace('"2026-11-22"', '"2026-13-22"'),
        lambda text: text.replace('"2026-11-22"', "2026"),
        lambda text: text + "\n: [",
    ],
)
def test_a_broken_citation_cff(tmp_path: Path, change: Any) -> None:
    path = tmp_path / "CITATION.cff"
    text = shipped("CITATION.cff").read_text(encoding="utf-8")
    path.write_text(change(text), encoding="utf-8")
    assert change(text) != text
    with pytest.raises(DataError, match=r"CITATION\.cff is broken.*install kg-news again"):
        read_about(path)


def test_no_citation_cff(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not there"):
        read_about(tmp_path / "CITATION.cff")


def test_a_day_without_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "CITATION.cff"
    text = shipped("CITATION.cff").read_text(encoding="utf-8").replace('"2026-11-22"', "2026-11-22")
    path.write_text(text, encoding="utf-8")
    assert isinstance(read_about(path), About)
    assert read_about(path).released == datetime.date(2026, 11, 22)


OWN = """\
cff-version: 1.2.0
message: Cite this.
type: dataset
title: Снег на перевале
abstract: Articles about snow.
authors:
  - {given-names: Асан, family-names: Примеров}
  - name: The snow project
version: 2.0.0
date-released: "2031-04-05"
repository-code: https://snow.example/data
keywords: [snow]
identifiers: [{type: doi, value: 10.5281/zenodo.1}]
"""


def test_a_dataset_of_other_articles_speaks_by_its_own_citation_cff(raw: Path, registry: Any, tmp_path: Path) -> None:
    cff, out = tmp_path / "own.cff", tmp_path / "data"
    cff.write_text(OWN, encoding="utf-8")
    assert build(raw, out, registry, citation=cff).published
    kg_news.verify(out)
    for style in STYLES:
        said = cite(style, folder=out)
        assert "kg-news" not in said
        assert "Снег на перевале" in said
        assert Manifest.read(out).content_hash in said
    assert "author = {{Примеров}, Асан and {The snow project}}" in cite(folder=out)
    assert cite("apa", folder=out).startswith("Примеров, А. & The snow project. (2031). Снег")
    assert "AU  - Примеров, Асан\nAU  - The snow project,\n" in cite("ris", folder=out)
    authors = json.loads(cite("csl-json", folder=out))[0]["author"]
    assert authors == [{"family": "Примеров", "given": "Асан"}, {"literal": "The snow project"}]
    assert json.loads(cite("csl-json", folder=out))[0]["version"] == "2.0.0"
    assert [one["type"] for one in yaml.safe_load(cite("cff", folder=out))["identifiers"]] == ["doi", "other"]
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "# Снег на перевале" in card
    assert "Made by Асан Примеров, The snow project, [snow.example/data](https://snow.example/data), with" in card
    assert "CC0-1.0" not in card  # what others add, they license
    info = kg_news.load(folder=out, streaming=True).info
    assert (info.citation, info.homepage) == (cite(folder=out), "https://snow.example/data")
    assert build(raw, out, registry).published  # and it may be built again


def test_a_broken_citation_stops_a_build_before_it_begins(raw: Path, registry: Any, tmp_path: Path) -> None:
    cff = tmp_path / "own.cff"
    cff.write_text("title: Снег", encoding="utf-8")
    with pytest.raises(DataError, match=r"own\.cff is broken.*; write title, abstract, authors, version"):
        build(raw, tmp_path / "data", registry, citation=cff)


def test_nothing_is_read_at_import() -> None:
    assert about_module.about.cache_info().currsize <= 1
