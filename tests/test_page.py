"""Pages and fragments: what becomes text, what becomes a photo, and where it stands."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import formats
from kg_news.files import shipped
from kg_news.normalize import normalize
from kg_news.read import read_stream
from kg_news.read.compose import Part, Picture
from kg_news.read.markup import fragment
from kg_news.records import RawArticle, Record
from kg_news.registry import Registry

P = "<p>{}</p>".format
BEFORE, AFTER = formats.BEFORE[0], formats.AFTER[0]
EVAL = shipped("schema").parent.parent / "shared" / "eval" / "html"


def record(page: str, registry: Registry) -> Record:
    (article,) = read_stream(io.BytesIO(page.encode()), "x.html")
    assert isinstance(article, RawArticle), article
    return normalize(article, registry)[0]


def photos(record: Record) -> list[tuple[str | None, str | None, str | None]]:
    return [(photo["caption"], photo["marker"], photo["credit"]) for photo in record["photo_credits"]]


Expected = tuple[str | None, str | None, str | None]

IMAGE = "<img src=a.jpg>"
FIGURES: list[tuple[str, str, Expected]] = [
    (
        "caption and credit in one",
        "<figure><img src=a.jpg><figcaption>Зал. Фото: Улан Пробный</figcaption></figure>",
        ("Зал.", "Фото:", "Улан Пробный"),
    ),
    (
        "credit in an element",
        f'<figure>{IMAGE}<figcaption>Зал школы <span class="photo-credit">Улан Пробный</span></figcaption></figure>',
        ("Зал школы", None, "Улан Пробный"),
    ),
    (
        "marker in the credit's element",
        f'<figure>{IMAGE}<figcaption>Зал школы <cite class="imageCredit">Фото: Улан Пробный</cite></figure>',
        ("Зал школы", "Фото:", "Улан Пробный"),
    ),
    (
        "credit behind the caption's element",
        f'<div>{IMAGE}<div class="caption">Зал школы</div><div class="credit">Улан Пробный</div></div>',
        ("Зал школы", None, "Улан Пробный"),
    ),
    (
        "credit first",
        "<figure><img src=a.jpg><figcaption>Фото: Улан Пробный. Зал школы</figcaption></figure>",
        ("Зал школы", "Фото:", "Улан Пробный"),
    ),
    (
        "in brackets",
        "<figure><img src=a.jpg><figcaption>Зал школы (Фото: Улан Пробный)</figcaption></figure>",
        ("Зал школы", "Фото:", "Улан Пробный"),
    ),
    ("no credit", "<figure><img src=a.jpg><figcaption>Зал школы</figcaption></figure>", ("Зал школы", None, None)),
    (
        "no caption",
        "<figure><img src=a.jpg><figcaption>Фото: Улан Пробный</figcaption></figure>",
        (None, "Фото:", "Улан Пробный"),
    ),
    (
        "credit of an odd shape",
        '<figure><img src=a.jpg><span class="credit">снял я сам, честно</span></figure>',
        (None, None, "снял я сам, честно"),
    ),
    (
        "WordPress' own",
        '<div class="wp-caption"><img src=a.jpg><p class="wp-caption-text">Зал. Фото: Улан Пробный</p></div>',
        ("Зал.", "Фото:", "Улан Пробный"),
    ),
    (
        "within a paragraph",
        "<p><figure><img src=a.jpg><figcaption>Зал школы</figcaption></figure></p>",
        ("Зал школы", None, None),
    ),
    (
        "caption below the figure",
        '<div><figure><img src=a.jpg></figure><p class="caption">Зал. Фото: Улан Пробный</p></div>',
        ("Зал.", "Фото:", "Улан Пробный"),
    ),
    (
        "microdata",
        f'<div>{IMAGE}<span itemprop="caption">Зал школы</span> <span class="copyright">Улан Пробный</span></div>',
        ("Зал школы", None, "Улан Пробный"),
    ),
    (
        "a line as its image describes itself",
        '<p><img src=a.jpg alt="Зал новой школы утром"></p><p>Зал новой школы утром</p>',
        ("Зал новой школы утром", None, None),
    ),
]


@pytest.mark.parametrize(("figure", "expected"), [row[1:] for row in FIGURES], ids=[row[0] for row in FIGURES])
def test_a_photo_is_taken_out_of_the_text(figure: str, expected: Expected, registry: Registry) -> None:
    content = "".join((*map(P, formats.BEFORE), figure, *map(P, formats.AFTER)))
    made = record(formats.page(content), registry)
    assert made["text"].replace("\n", " ") == formats.TEXT
    assert photos(made) == [expected]
    assert made["photo_credits"][0]["position"] == len("\n".join(formats.BEFORE)) + 1


def test_a_photo_above_the_text(registry: Registry) -> None:
    hero = "<div class=hero><figure><img src=a.jpg><figcaption>Зал школы</figcaption></figure></div>"
    content = f"{hero}<div class=body>{''.join(map(P, formats.BEFORE + formats.AFTER))}</div>"
    made = record(formats.page(content), registry)
    assert photos(made) == [("Зал школы", None, None)]
    assert made["photo_credits"][0]["position"] == 0
    assert made["text"].replace("\n", " ") == formats.TEXT


def test_the_photo_that_only_the_data_describe(registry: Registry) -> None:
    image = {"@type": "ImageObject", "url": "/a.jpg", "caption": "Зал школы", "creditText": "Улан Пробный"}
    content = "<img src=/a.jpg>" + "".join(map(P, formats.BEFORE + formats.AFTER))
    page = formats.page(content).replace('"headline"', f'"image": {json.dumps(image)}, "headline"')
    assert photos(record(page, registry)) == [("Зал школы", None, "Улан Пробный")]


def test_photos_of_other_articles_are_left() -> None:
    """The sample page has one in an `aside`."""
    assert "Снег" in formats.page()
    (article,) = read_stream(io.BytesIO(formats.data("html")), "x.html")
    assert isinstance(article, RawArticle)
    assert article.text == formats.RAW


def test_a_photo_in_a_paragraph_is_found_by_its_words_too(registry: Registry) -> None:
    figure = f"<figure>{IMAGE}<figcaption>Двор. Фото: Бурул Образцова</figcaption></figure>"
    content = f"{P(BEFORE)}{P('Зал школы. Фото: Улан Пробный')}{figure}{P(AFTER)}"
    made = record(formats.page(content), registry)
    assert [photo[2] for photo in photos(made)] == ["Улан Пробный", "Бурул Образцова"]
    assert made["text"] == f"{BEFORE}\n{AFTER}"


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("<p>Снег.</p><p>Лёд.</p>", ["Снег.", "Лёд."]),
        ("Снег.\n\nЛёд.", ["Снег.", "Лёд."]),
        ("<p>Сне<b>г</b>,\n лёд&nbsp;и дождь.</p>", ["Снег, лёд и дождь."]),
        ("<ul><li>Снег</li><li>Лёд</li></ul>", ["Снег", "Лёд"]),
        ("Снег<br>Лёд", ["Снег", "Лёд"]),
        ("<p>Снег.</p><script>x()</script><style>p {}</style><iframe>нет</iframe>", ["Снег."]),
        ('[caption id="a"]<a href="b"><img src="c"></a> Зал[/caption]Снег.', [Picture(words="Зал"), "Снег."]),
        ("[caption]без картинки[/caption]", ["без картинки"]),
        ("", []),
        ("<p>&lt;p&gt; &amp; kgnewsphoto9end</p>", ["<p> & "]),
    ],
)
def test_fragments(content: str, parts: list[Part]) -> None:
    assert fragment(content, "x") == parts


LINES = (
    "В посёлке Верхние Камыши открыли мост через реку Сыртка, на который собирали жители четырёх сёл.",
    "Глава района Эмиль Сынаков сказал, что дети больше не будут добираться в школу на лодке.",
    "Раньше жители переправлялись на пароме, который зимой не ходил, а весной часто ломался.",
    "На другом берегу остались больница, рынок и контора, до которых добирались через перевал.",
)
MENU = "<nav><ul><li><a href=/>Главная</a><li><a href=/p>Политика</a></ul></nav>"
TABLE = "<table><tr><th>Что<th>Тонн<tr><td>Картофель<td>410<tr><td>Яблоки<td>7</table>"
SHAPES = {
    "a box for each paragraph": "".join(f"<div class=rec><div class=text>{line}</div></div>" for line in LINES),
    "one box, parted by br": f"<div class=news-detail>{'<br />'.join(LINES)}</div>",
    "a table for the layout": f"<table><tr><td><font>{'<br><br>'.join(LINES)}</font></table>",
    "tables in tables": f"<table><tr><td><table><tr><td>{''.join(map(P, LINES))}</table><td>Курс 89,4</table>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_without_plain_paragraphs(shape: str) -> None:
    page = f"<html><head><title>Мост</title></head><body>{MENU}{SHAPES[shape]}<footer>Листок</footer></body></html>"
    (article,) = read_stream(io.BytesIO(page.encode()), "x.html")
    assert isinstance(article, RawArticle), article
    assert article.text.split("\n")[:4] == list(LINES)
    assert "Политика" not in article.text and "|" not in article.text


def test_a_table_of_figures_is_read_by_rows() -> None:
    page = f"<html><body><article>{''.join(map(P, LINES))}{TABLE}</article></body></html>"
    (article,) = read_stream(io.BytesIO(page.encode()), "x.html")
    assert isinstance(article, RawArticle), article
    assert article.text.split("\n")[4:] == ["Что Тонн", "Картофель 410", "Яблоки 7"]


def test_the_figures_of_the_reader(tmp_path: Path) -> None:
    """The script itself, on a page whose figures are known."""
    folder = tmp_path / "html"
    folder.mkdir()
    (folder / "a.html.gz").write_bytes(formats.PACKINGS["gzip"](formats.data("html")))
    gold = {"a": {"articleBody": "\n".join((*formats.BEFORE, *formats.AFTER))}}
    (tmp_path / "ground-truth.json").write_text(json.dumps(gold))
    done = measure(str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "1 pages, 2 captions, 0 credits" in done.stdout
    assert "kg-news      body F1 1.0000   captions leaked 0 (0.0%, 0 pages)" in done.stdout
    assert measure(str(folder)).returncode == 2


@pytest.mark.skipif(not EVAL.is_dir(), reason="the 181 pages are not here")
def test_the_floor_on_the_181_pages() -> None:
    done = measure(str(EVAL))
    assert done.returncode == 0, done.stdout + done.stderr


def measure(folder: str) -> subprocess.CompletedProcess[str]:
    script = shipped("schema").parent / "scripts" / "measure_html.py"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    call = [sys.executable, str(script), folder]
    return subprocess.run(call, capture_output=True, text=True, env=environment, check=False)
