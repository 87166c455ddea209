"""`kg-news preview`: the text with everything that was found in it, in a terminal and on a page."""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset import article
from invented import TEXTS, write_article
from kg_news.cli import main
from kg_news.files import PACKAGE
from kg_news.preview import Preview, pieces, previews, visible
from kg_news.preview_html import page
from kg_news.records import Issue
from kg_news.registry import Registry

HOSTILE = (
    " date 2031-04 В Долине <script>document.title='caught'</script> открыли школу & сад. Министр образования Асан "
    'Примеров сказал, что «ждали "её" десять лет». Зал <b>новой</b> школы. Фото: Бурул Образцова / «Вестник долины» '
    "Учителей пригласили \x1b[31mиз соседних\u202e сёл. <img src=http://127.0.0.1:9/x onerror=alert(1)>\n"
)
SIDECAR = (
    'source: vestnik-doliny\nurl: "https://vestnik-doliny.example/a/?<b>=1&c=\'%22"\nrights: {license: NOASSERTION}\n'
    "title: Школа </title><i>открыта</i>\nlanguage: ru\n"
)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = write_article(tmp_path / "raw", "vestnik-doliny/2031-04/a", HOSTILE)
    path.with_suffix(".yml").write_text(SIDECAR, encoding="utf-8")
    return path


def one(path: Path, registry: Registry) -> Preview:
    (made,) = previews([str(path)], io.BytesIO(), registry)
    return made


def test_the_pieces_of_an_article(raw: Path, registry: Registry) -> None:
    made = one(raw / "vestnik-doliny/2031-04/shkola.txt", registry)
    record = made.record
    assert record is not None
    (photo,) = record["photo_credits"]
    marked = [(piece.text, piece.part) for piece in made.pieces if piece.part]
    assert marked == [
        ("Зал новой школы.", "caption"),
        ("Фото:", "marker"),
        ("Бурул Образцова / «Вестник долины»", "credit"),
    ]
    assert "".join(piece.text for piece in made.pieces if piece.photo == 0) == photo["block"]
    names = {piece.text: record["actors"][piece.actor]["name"] for piece in made.pieces if piece.actor is not None}
    assert names["Асан Примеров"] == "Асан Примеров"
    assert [piece.text for piece in made.pieces if piece.quote is not None] == ["ждали её десять лет"]


spans = st.tuples(st.integers(0, 40), st.integers(1, 12))


def cut(text: str, found: list[tuple[int, int]]) -> list[dict[str, Any]]:
    """Spans that do not overlap."""
    made, done = [], 0
    for start, length in sorted(found):
        begin, end = max(start, done), min(max(start, done) + length, len(text))
        if begin < end:
            made.append({"start": begin, "end": end, "text": text[begin:end]})
            done = end
    return made


@given(
    st.text("абв «».\n", min_size=1, max_size=40),
    st.lists(spans, max_size=4),
    st.lists(spans, max_size=3),
    st.lists(st.tuples(st.integers(0, 40), st.sampled_from(["Зал. Фото: А", "Фото: Фото", "Фото:"])), max_size=3),
)
def test_pieces_put_together_are_text_and_blocks(
    text: str, mentions: list[tuple[int, int]], quotes: list[tuple[int, int]], photos: list[tuple[int, str]]
) -> None:
    blocks: list[dict[str, Any]] = [
        {"position": min(place, len(text)), "block": block, "caption": None, "marker": "Фото:", "credit": "Фото"}
        for place, block in sorted(photos)
    ]
    actors = [{"mentions": [span]} for span in cut(text, mentions)]
    quoted = cut(text, quotes)
    made = list(pieces({"text": text, "actors": actors, "quotes": quoted, "photo_credits": blocks}))
    assert "".join(piece.text for piece in made if piece.photo is None) == text
    for number, photo in enumerate(blocks):
        assert "".join(piece.text for piece in made if piece.photo == number) == photo["block"]
    for number, actor in enumerate(actors):
        found = [piece for piece in made if piece.actor == number]
        assert "".join(piece.text for piece in found) == actor["mentions"][0]["text"]
        assert [piece.ends for piece in found] == [False] * (len(found) - 1) + [True]
    for number, quote in enumerate(quoted):
        assert "".join(piece.text for piece in made if piece.quote == number) == quote["text"]


def test_mentions_that_overlap() -> None:
    """No build gives such a record; somebody's file may."""
    record = article()
    record["actors"][1]["mentions"] = [{"start": 0, "end": 8, "text": record["text"][:8]}]
    assert "".join(piece.text for piece in pieces(record) if piece.photo is None) == record["text"]


# The terminal


def test_what_screens_would_obey_is_shown(
    hostile: Path, registry_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["preview", str(hostile), "--registry", str(registry_folder)]) == 0
    said = capsys.readouterr().out
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "⟦U+001B⟧[31mиз соседних⟦U+202E⟧ сёл" in " ".join(said.split())
    assert "[Асан Примеров]" in " ".join(said.split())
    assert re.search(r"^▌ photo 1 · staff · confidence 0\.\d+$", said, re.MULTILINE)
    assert "no errors, no warnings" in said


def test_what_is_wrong_stands_below(raw: Path, registry_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = (raw / f"{name}.txt" for name in list(TEXTS)[:2])
    bad.with_suffix(".yml").write_text("source: vestnik-dolin\nurl: null\nrights: {license: MIT}\n", encoding="utf-8")
    assert main(["preview", str(bad), str(good), "--registry", str(registry_folder)]) == 1
    said = capsys.readouterr().out
    assert f"{bad.with_suffix('.yml')}:1:9: error[outlet-unknown]" in said.replace("\n", "")
    assert "1 error, no warnings" in said
    assert "1 quote" in said, "the good one is shown behind the bad one"
    good.with_suffix(".yml").unlink()
    assert main(["preview", str(good), "--registry", str(registry_folder)]) == 1
    assert "error[sidecar-missing]" in capsys.readouterr().out


@pytest.mark.parametrize(("no_color", "coloured"), [(None, True), ("1", False)])
def test_colours_are_for_terminals(
    hostile: Path, registry_folder: Path, no_color: str | None, *, coloured: bool
) -> None:
    pty = pytest.importorskip("pty")
    parent, child = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "100", **({"NO_COLOR": no_color} if no_color else {})}
    command = [sys.executable, "-m", "kg_news", "preview", str(hostile), "--registry", str(registry_folder)]
    with subprocess.Popen(command, stdout=child, stderr=subprocess.DEVNULL, env=environment):
        os.close(child)
        said = b""
        while chunk := read(parent):
            said += chunk
    os.close(parent)
    assert "Асан".encode() in said
    assert (b"\x1b[1;35m" in said) is coloured, "a person's name, bold magenta"


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says EIO when the other side is closed
        return b""


def test_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["preview", "-", "--format", "pdf"]) == 2
    assert main(["preview", str(tmp_path / "no.txt")]) == 1
    assert "file-unreadable" in capsys.readouterr().out


# The page


class Page(HTMLParser):
    """Every tag with its attributes, and those that are open still."""

    EMPTY = ("meta", "link", "img", "br")

    def __init__(self, content: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_asks_nobody(hostile: Path, registry: Registry) -> None:
    made = Page(page([one(hostile, registry), Preview("b<c>.txt", None, (), (Issue("a-b", "<m>", "<w>", "p"),))]))
    assert made.open == []
    assert not {"script", "img", "iframe", "object", "i", "b"} & {tag for tag, _ in made.tags}
    ids = [attributes["id"] for _, attributes in made.tags if "id" in attributes]
    assert len(ids) == len(set(ids)) > 5
    for tag, attributes in made.tags:
        for name in ("href", "src"):
            target = attributes.get(name) or "#main"
            if tag == "a" and target.startswith("https://"):
                assert attributes["rel"] == "noreferrer noopener"
            else:
                assert target == "data:," or target[1:] in ids, target
        assert not any(name.startswith("on") for name in attributes)
        assert attributes.get("http-equiv") in (None, "Content-Security-Policy")


def test_an_address_that_is_none_is_no_link() -> None:
    record = article(url="javascript:alert(1)")
    made = page([Preview("a.txt", record, tuple(pieces(record)), ())])
    assert 'href="javascript' not in made
    assert "javascript:alert(1)" in made


@given(st.text())
def test_any_text_is_text_on_the_page(text: str) -> None:
    shown = html.escape(visible(text))
    assert not set(shown) & set("<>\"'")
    assert html.unescape(shown) == visible(text)
    shown.encode()


def test_a_page_in_a_place_that_is_none(
    hostile: Path, registry_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = hostile.parent / "nowhere" / "page.html"
    assert main(["preview", str(hostile), "--registry", str(registry_folder), "--html", str(target)]) == 1
    assert "error[output-unwritable]" in capsys.readouterr().err


# A real browser


def chromium(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Debian's Chromium without a screen; these options keep it from looking for its own servers."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("chromium is not installed (apt-get install chromium)")
    quiet = "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update"
    with tempfile.TemporaryDirectory(prefix="kg-news-chromium-", ignore_cleanup_errors=True) as profile:
        own = ["--headless", "--no-sandbox", *quiet.split(), "--disable-sync", f"--user-data-dir={profile}"]
        return subprocess.run([program, *own, *arguments], capture_output=True, check=True, timeout=60)


@pytest.fixture
def written(hostile: Path, registry_folder: Path, tmp_path: Path) -> Path:
    target = tmp_path / "page.html"
    assert main(["preview", str(hostile), "--registry", str(registry_folder), "--html", str(target)]) == 0
    return target


def test_a_page_overwrites_pages_only(tmp_path: Path, hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--html a.txt b.txt` would take the first article for the page's name."""
    other = tmp_path / "b.txt"
    other.write_text(" date 2031-04 Мост закрыли до осени.\n", encoding="utf-8")
    before = hostile.read_bytes()
    assert main(["preview", "--html", str(hostile), str(other)]) == 1
    assert "output-foreign" in capsys.readouterr().err
    assert hostile.read_bytes() == before
    out = tmp_path / "page.html"
    for _ in range(2):
        assert main(["preview", str(other), "--html", str(out)]) == 0
    assert "Мост закрыли" in out.read_text(encoding="utf-8")


def test_columns_of_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "a.csv"
    table.write_text("nr,words\n1,Мост закрыли до осени.\n", encoding="utf-8")
    assert main(["preview", str(table)]) == 1
    assert "--columns text=COLUMN" in " ".join(capsys.readouterr().out.split())
    assert main(["preview", str(table), "--columns", "text=words"]) == 0
    assert "Мост закрыли" in capsys.readouterr().out


def test_chromium_shows_the_page(written: Path) -> None:
    done = chromium("--dump-dom", written.as_uri())
    dom = done.stdout.decode()
    assert b"Content Security Policy" not in done.stderr, "nothing on the page has to be held back"
    assert "<title>kg-news preview: vestnik-doliny/2031-04/a</title>" in dom
    shown = Page(dom)
    figures = [attributes["id"] for tag, attributes in shown.tags if tag == "figure"]
    assert figures == ["photo-1-1"]
    assert "Асан Примеров" in [attributes.get("title") for tag, attributes in shown.tags if tag == "mark"]
    assert not {"script", "img"} & {tag for tag, _ in shown.tags}
    assert "&lt;script&gt;document.title='caught'&lt;/script&gt;" in dom


def test_nothing_is_wider_than_a_phone(tmp_path: Path, registry_folder: Path) -> None:
    """With a script of the test's own, which the page's policy would not run."""
    path = tmp_path / "a.txt"
    path.write_text(f" date 2031-04 {'Слово' * 60} и https://a.example/{'x' * 300} здесь.\n", encoding="utf-8")
    target = tmp_path / "page.html"
    assert main(["preview", str(path), "--registry", str(registry_folder), "--html", str(target)]) == 0
    page = re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", target.read_text(encoding="utf-8"))
    script = "<script>document.title = document.documentElement.scrollWidth <= innerWidth</script>"
    target.write_text(page.replace("</body>", f"{script}</body>"), encoding="utf-8")
    assert b"<title>true</title>" in chromium("--window-size=390,800", "--dump-dom", target.as_uri()).stdout


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(scheme: str) -> None:
    """WCAG 2.2, 1.4.3: a contrast of 4.5 and more."""
    style = (PACKAGE / "preview.css").read_text(encoding="utf-8")
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", part)) for part in style.split("@media")[:2])
    colours = light if scheme == "light" else light | dark
    pairs = [(name.removesuffix("-bg"), name) for name in colours if name.endswith("-bg") and name != "quote-bg"]
    pairs += [("ink", name) for name in colours if name.endswith("-bg")]
    pairs += [(front, ground) for front in ("ink", "soft", "accent") for ground in ("paper", "card")]
    pairs += [("soft", "photo-bg"), ("soft", "error-bg"), ("soft", "warning-bg")]
    assert len(pairs) > 20
    weak = {pair: ratio for pair in pairs if (ratio := contrast(colours[pair[0]], colours[pair[1]])) < 4.5}
    assert not weak


def contrast(one: str, two: str) -> float:
    """The contrast of two colours as WCAG defines it: 1 to 21."""
    lights = []
    for colour in (one, two):
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        lights.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_chromium_paints_the_page_light_and_dark(written: Path, tmp_path: Path) -> None:
    corners = []
    for scheme in (1, 0):
        picture = tmp_path / f"{scheme}.png"
        settings = f"--blink-settings=preferredColorScheme={scheme}"
        chromium(settings, "--window-size=900,700", f"--screenshot={picture}", written.as_uri())
        content = picture.read_bytes()
        assert len(content) > 20_000, "text and colours, not an empty page"
        corners.append(corner(content))
    light, dark = corners
    assert min(light) > 220
    assert max(dark) < 60


def corner(png: bytes) -> bytes:
    """The colour of the upper left pixel of an 8-bit picture: there every line filter of PNG leaves it as it is."""
    packed, place = b"", 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            packed += png[place + 8 : place + 8 + length]
        place += length + 12
    return zlib.decompress(packed)[1:4]
