"""`kg-news new`: an article in its place with its sidecar, or nothing at all."""

from __future__ import annotations

import gzip
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import formats
from invented import snapshot
from kg_news.cli import main
from kg_news.read import read_file
from kg_news.registry import Registry
from kg_news.scaffold import slug_of
from kg_news.yamlfile import read_yaml
from kg_news.yamlwrite import to_yaml

TEXT = " date 2031-04 Мост через реку закрыли до осени.\r\nЖителей перевозят паромом.\n".encode()
URL = "https://vestnik-doliny.example/2031/04/17/most-zakryli/"

Say = Callable[..., int]


@pytest.fixture
def say(tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Say:
    """`kg-news new` in an empty folder that holds the article `a.txt`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("kg_news.registry.load_registry", lambda _: registry)
    Path("a.txt").write_bytes(TEXT)
    return lambda *argv: main(["new", *argv])


def test_everything_by_options(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    rest = ["--title", "Мост: закрыт", "--language", "ru", "--rights", "CC-BY-4.0", "--holder", "Вестник"]
    assert say("--from", "a.txt", "--outlet", "vestnik-doliny", "--url", URL, "--date", "2031-04-18", *rest) == 0
    place = "raw/vestnik-doliny/2031-04/most-zakryli"
    assert capsys.readouterr().out == f"{place}.txt\n{place}.yml\n"
    assert Path(f"{place}.txt").read_bytes() == TEXT, "byte for byte"
    assert Path(f"{place}.yml").read_text(encoding="utf-8") == (
        f"source: vestnik-doliny\nurl: {URL}\nrights:\n  license: CC-BY-4.0\n  holder: Вестник\n"
        'date: 2031-04-18\nlanguage: ru\ntitle: "Мост: закрыт"\n'
    )


PLACES = [
    ([], TEXT, "2031-04/2fd4865a07276555"),
    (["--url", URL], b"x", "2031-04/most-zakryli"),
    (["--date", "2031", "--slug", "most_2"], b"x", "2031/most_2"),
    (["--url", "https://vestnik-doliny.example/?p=5"], b"x", "undated/2d711642b726b044"),
]


@pytest.mark.parametrize(("options", "data", "place"), PLACES)
def test_where_an_article_goes(say: Say, options: list[str], data: bytes, place: str) -> None:
    Path("a.txt").write_bytes(data)
    assert say("--from", "a.txt", "--outlet", "vestnik-doliny", *options) == 0
    (path,) = Path("raw").rglob("*.txt")
    assert path.as_posix().startswith(f"raw/vestnik-doliny/{place}")


def test_standard_input(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin:
        buffer = io.BytesIO(TEXT)
        isatty = staticmethod(lambda: False)

    monkeypatch.setattr(sys, "stdin", Stdin)
    assert say("--from", "-", "--outlet", "vestnik-doliny", "--slug", "most") == 0
    assert Path("raw/vestnik-doliny/2031-04/most.txt").read_bytes() == TEXT


REFUSED = [
    (["--outlet", "vestnik-dolin"], TEXT, "--outlet: error[outlet-unknown]"),
    (["--date", "2031-13"], TEXT, "--date: error[date-invalid]"),
    (["--url", "most"], TEXT, "--url: error[url-invalid]"),
    (["--language", "rus"], TEXT, "--language: error[value-unknown]"),
    (["--rights", "©"], TEXT, "--rights: error[license-invalid]"),
    (["--rights", "MIT OR"], TEXT, "--rights: error[license-invalid] 'MIT OR' is no SPDX"),
    (["--slug", "../../x"], TEXT, "--slug: error[id-invalid]"),
    (["--slug", "Мост"], TEXT, "--slug: error[id-invalid]"),
    (["--title", "a\ud83d"], TEXT, "--title: error[lone-surrogate]"),
    ([], b"", "--from: error[empty-file]"),
    ([], b" date 2031-04 \0", "--from:1:15: error[nul-byte]"),
    ([], "Мост".encode("cp1251"), "--from:1:1: error[not-utf8]"),
]


@pytest.mark.parametrize(("options", "data", "says"), REFUSED)
def test_what_is_no_good_is_refused_and_nothing_written(
    say: Say, options: list[str], data: bytes, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.txt").write_bytes(data)
    before = snapshot(Path())
    outlet = [] if "--outlet" in options else ["--outlet", "vestnik-doliny"]
    assert say("--from", "a.txt", *outlet, *options) == 1
    said = capsys.readouterr()
    assert says in said.err
    assert said.out == ""
    assert snapshot(Path()) == before
    assert not Path("raw").exists()


def test_an_address_that_no_url_parser_takes(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    assert say("--from", "a.txt", "--outlet", "vestnik-doliny", "--url", "https://[zorka.example") == 1
    assert "--url: error[url-invalid]" in capsys.readouterr().err


def test_every_problem_at_once(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.txt").write_bytes(b"")
    assert say("--from", "a.txt", "--outlet", "vestnik-doliny", "--date", "1", "--url", "x", "--slug", "..") == 1
    assert len(capsys.readouterr().err.splitlines()) == 4


def test_nothing_is_overwritten(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ("--from", "a.txt", "--outlet", "vestnik-doliny", "--slug", "most")
    assert say(*argv) == 0
    before = snapshot(Path())
    assert say(*argv) == 1
    assert "raw/vestnik-doliny/2031-04/most." in (said := capsys.readouterr().err)
    assert "error[id-duplicate]" in said
    assert snapshot(Path()) == before


def test_the_same_bytes_are_no_second_article(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    assert say("--from", "a.txt", "--outlet", "vestnik-doliny", "--slug", "most") == 0
    before = snapshot(Path())
    assert say("--from", "a.txt", "--outlet", "vestnik-doliny", "--slug", "other") == 1
    said = capsys.readouterr().err
    assert "--from: error[text-duplicate] the article 'vestnik-doliny/2031-04/most' has the same text" in said
    assert snapshot(Path()) == before


def test_a_disk_that_refuses_leaves_nothing(
    say: Say, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """At the second of the two files."""
    real, made = os.link, []

    def link(source: Path, target: Path) -> None:
        made.append(target)
        if len(made) == 2:
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr("kg_news.atomic.os.link", link)
    assert say("--from", "a.txt", "--outlet", "vestnik-doliny") == 1
    assert "error[output-unwritable] the article cannot be written: No space left" in capsys.readouterr().err
    assert len(made) == 2
    assert sorted(path.name for path in Path().rglob("*")) == ["a.txt"]


def test_a_file_that_is_not_there(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    assert say("--from", "b.txt", "--outlet", "vestnik-doliny") == 1
    assert "b.txt: error[file-unreadable]" in capsys.readouterr().err


@pytest.mark.parametrize("argv", [(), ("--from", "a.txt"), ("--outlet", "vestnik-doliny")])
def test_without_a_terminal_nobody_is_asked(
    say: Say, argv: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert say(*argv) == 2
    assert "or call it on a terminal to be asked" in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_asks_until_the_answers_will_do(
    say: Say, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ["no.txt", "-", "b.pdf", "a.txt", "most", URL, "?", "vestnik-dolin", "", "2031-13", "", "", "MIT", ""]
    monkeypatch.setattr(sys, "stdin", Terminal("\n".join(answers) + "\n"))
    Path("b.pdf").write_bytes(b"%PDF-1.7")
    assert say() == 0
    said = capsys.readouterr()
    troubles = ("No such file", "a file is needed", "this is a PDF", "not a web address", "no month 13")
    for trouble in (*troubles, "(empty: vestnik-doliny)", "gornyj-put, ", "'vestnik-doliny' if that is meant"):
        assert trouble in said.err
    assert said.out == "raw/vestnik-doliny/2031-04/most-zakryli.txt\nraw/vestnik-doliny/2031-04/most-zakryli.yml\n"
    sidecar = read_yaml(Path("raw/vestnik-doliny/2031-04/most-zakryli.yml")).data
    assert sidecar == {"source": "vestnik-doliny", "url": URL, "rights": {"license": "MIT"}}


def test_the_address_tells_the_outlet(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    assert say("--from", "a.txt", "--url", URL) == 0
    assert capsys.readouterr().out.startswith("raw/vestnik-doliny/")
    assert say("--from", "a.txt", "--url", "https://nobody.example/") == 2


@pytest.mark.parametrize(
    ("format", "suffix"), [("html", ".html"), ("wordpress", ".json"), ("feed", ".xml"), ("plain", ".txt")]
)
def test_what_comes_through_a_pipe_is_called_as_usual(
    format: str, suffix: str, say: Say, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(formats.data(format))))
    assert say("--from", "-", "--outlet", "gornyj-put", "--slug", "most") == 0
    assert capsys.readouterr().out.splitlines()[0].endswith(f"/most{suffix}")


def test_a_name_that_tells_no_format(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    Path("page.php").write_bytes(formats.data("html"))
    Path("table.dat").write_bytes(formats.data("csv"))
    assert say("--from", "page.php", "--outlet", "gornyj-put", "--slug", "most") == 0
    assert capsys.readouterr().out.splitlines()[0].endswith("/most.html")
    assert say("--from", "table.dat", "--outlet", "gornyj-put") == 1
    assert "format-unknown" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "format", "suffix"),
    [
        ("a.txt.gz", "plain", ".txt.gz"),
        ("b.HTML.gz", "html", ".html.gz"),
        ("c.php.gz", "html", ".html.gz"),
        ("d.gz", "plain", ".txt.gz"),
        ("e.txt.zst", "plain", ".txt.zst"),
    ],
)
def test_packed(name: str, format: str, suffix: str, say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    pack = formats.zstd if name.endswith(".zst") else gzip.compress
    Path(name).write_bytes(packed := pack(formats.data(format)))
    argv = ("--from", name, "--url", URL)
    assert say(*argv) == 0
    raw, sidecar = map(Path, capsys.readouterr().out.split())
    assert (raw.name, sidecar.name) == (f"most-zakryli{suffix}", f"most-zakryli{suffix.rpartition('.')[0]}.yml")
    assert raw.read_bytes() == packed
    (article,) = read_file(raw, Path("raw"))
    assert article.metadata["url"] == URL
    assert say(*argv) == 1, "the name is taken"


def test_what_a_sidecar_of_many_cannot_say_is_refused(say: Say, capsys: pytest.CaptureFixture[str]) -> None:
    Path("f.warc").write_bytes(formats.warc_record(formats.page().encode()))
    argv = ("--from", "f.warc", "--outlet", "vestnik-doliny", "--slug", "most")
    assert say(*argv, "--url", URL, "--title", "Мост") == 1
    said = capsys.readouterr().err
    assert "--url: error[sidecar-of-many]" in said
    assert "--title: error[sidecar-of-many]" in said
    assert not Path("raw").exists()
    assert say(*argv) == 0
    (raw,) = Path("raw").rglob("*.warc")
    assert len(list(read_file(raw, Path("raw")))) == 1


def test_a_terminal_that_is_closed(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("a.txt\n"))
    assert say() == 130
    assert not Path("raw").exists()


def test_a_real_terminal(tmp_path: Path, registry_folder: Path) -> None:
    pty = pytest.importorskip("pty")
    (tmp_path / "a.txt").write_bytes(TEXT)
    parent, child = pty.openpty()
    command = [sys.executable, "-m", "kg_news", "new", "--registry", str(registry_folder)]
    pipes: dict[str, Any] = {"stdin": child, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=tmp_path, text=True, **pipes) as process:
        os.write(parent, b"a.txt\n\n\ngornyj-put\n\n\n\n\n")
        out, err = process.communicate(timeout=60)
    os.close(child)
    os.close(parent)
    assert process.returncode == 0, err
    assert "an outlet is needed" in err
    assert out.startswith("raw/gornyj-put/2031-04/")


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        (None, ""),
        ("https://a.kg/", ""),
        ("https://a.kg/blog/2031/04/", ""),
        ("https://a.kg/news/112233/", "112233"),
        ("https://a.kg/%D0%BC%D0%BE%D1%81%D1%82/", ""),
        ("https://a.kg/ru/Most--zakryli.html?x=1", "most-zakryli"),
        ("https://a.kg/" + "-".join(["slovo"] * 20), "-".join(["slovo"] * 10)),
    ],
)
def test_slugs(url: str | None, slug: str) -> None:
    assert slug_of(url) == slug


# What it writes

scalars = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.text(st.characters(exclude_categories=["Cs"]))
odd = st.sampled_from(
    ["yes", "null", "1e5", "2031-04", "- a", "a: b", "#", "&a", "<<", " ", "0x1f", "[", "~", "\u2028", "\x85"]
)


@given(
    st.dictionaries(
        odd | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=9),
        scalars | odd | st.lists(scalars),
        min_size=1,
    )
)
def test_yaml_is_read_back_as_it_was(values: dict[str, Any]) -> None:
    assert read_yaml(Path("-"), to_yaml({**values, "inner": values})).data == {**values, "inner": values}


def test_what_yaml_cannot_hold_is_refused() -> None:
    for value in ("\ud83d", float("nan")):
        with pytest.raises(ValueError, match=r"YAML|JSON"):
            to_yaml({"a": value})
