"""`kg-news validate --fix`: mends the form, never what is said."""

from __future__ import annotations

import json
import shutil
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from invented import snapshot, write_article
from kg_news.cli import main
from kg_news.errors import InputError
from kg_news.files import CHECKOUT
from kg_news.fix import fix, mend_yaml
from kg_news.yamlfile import read_yaml

GOOD = "source: vestnik-doliny\nurl: null\nrights: {license: NOASSERTION}\n"

ROWS = [
    ("good already", GOOD, GOOD, ()),
    ("line ends of Windows", GOOD.replace("\n", "\r\n"), GOOD, ("line ends",)),
    ("no line end at the end", GOOD.rstrip(), GOOD, ("line ends",)),
    ("a byte order mark", "\ufeff" + GOOD, GOOD, ("byte order mark",)),
    ("decomposed letters", f"{GOOD}title: Чои\u0306\n", f"{GOOD}title: Чой\n", ("Unicode form",)),
    (
        "keys in another order, with comments",
        "# the whole\nrights:\n  license: MIT\n\n# the address\nurl: null\nsource: a\n",
        "# the whole\nsource: a\n# the address\nurl: null\nrights:\n  license: MIT\n\n",
        ("order of keys",),
    ),
    ("unknown keys stay behind", "mood: dark\nsource: a\n", "source: a\nmood: dark\n", ("order of keys",)),
    ("a flow mapping", "{url: null, source: a}\n", "{url: null, source: a}\n", ()),
    ("a document mark", "---\nurl: null\nsource: a\n", "---\nurl: null\nsource: a\n", ()),
]


@pytest.mark.parametrize(("before", "after", "what"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_yaml(before: str, after: str, what: tuple[str, ...]) -> None:
    assert mend_yaml(before, "sidecar") == (after, what)


def test_without_a_schema_the_order_stays() -> None:
    assert mend_yaml("url: null\r\nsource: a\n") == ("url: null\nsource: a\n", ("line ends",))


keys = st.sampled_from(["source", "url", "rights", "date", "title", "mood", '"a b"'])
values = st.sampled_from(
    [
        "a",
        "null",
        "|\n  x\n  # y\n",
        "|+\n  x\n\n\n",
        ">-\n  x\n",
        "[a, b]",
        "\n  - a\n  - b",
        '"\\u0301"',
        "и\u0306",
        "'# no'",
    ]
)
comments = st.sampled_from(["", "# one\n", "\n", "# one\n# two\n", "\n# three\n"])
line_ends = st.sampled_from(["\n", "\r\n"])


@given(st.lists(st.tuples(comments, keys, values), unique_by=lambda entry: entry[1]), line_ends, st.booleans())
# With the key behind it gone, `|+` would keep one line end less.
@example([("", "url", "|+\n  a\n\n\n"), ("", "source", "a")], "\n", False)
def test_what_is_said_stays_and_mending_twice_changes_nothing(
    entries: list[tuple[str, str, str]], line_end: str, ended: bool
) -> None:
    text = "".join(f"{comment}{key}: {value}\n" for comment, key, value in entries).replace("\n", line_end)
    text = text if ended else text.rstrip()
    try:
        before = read_yaml(Path("-"), text).data
    except InputError:
        return
    mended, what = mend_yaml(text, "sidecar")
    after = read_yaml(Path("-"), mended).data
    assert unicodedata.normalize("NFC", json.dumps(after, ensure_ascii=False, sort_keys=True)) == unicodedata.normalize(
        "NFC", json.dumps(before, ensure_ascii=False, sort_keys=True)
    )
    assert bool(what) == (mended != text)
    assert mend_yaml(mended, "sidecar") == (mended, ())
    assert sorted(mended.split()) == sorted(unicodedata.normalize("NFC", text).split()) or not what


def test_a_folder(raw: Path, registry_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sidecar = raw / "gornyj-put/2031-05/sneg.yml"
    sidecar.write_bytes(b"url: null\r\nsource: gornyj-put\r\nrights: {license: NOASSERTION}\r\n")
    article = sidecar.with_suffix(".txt")
    article.write_bytes(" date 2031-05 Снег.\r\nЛёд.\r\n".encode())
    broken = raw / "vestnik-doliny/2031-04/most.yml"
    broken.write_bytes(b"url: [\r\n")
    before = snapshot(raw)
    assert main(["validate", str(raw), "--fix", "--registry", str(registry_folder)]) == 1
    said = capsys.readouterr()
    assert said.err.splitlines()[0].endswith("sneg.yml: mended: line ends, order of keys")
    assert "yaml-syntax" in said.out
    assert "sneg" not in said.out
    after = snapshot(raw)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"gornyj-put/2031-05/sneg.yml"}, "raw articles are never touched, nor what cannot be read"
    assert set(before) == set(after)
    assert sidecar.read_bytes() == b"source: gornyj-put\nurl: null\nrights: {license: NOASSERTION}\n"


def test_raw_files_on_request(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    path = write_article(raw, "x/2031-04/a", "Мо\u00adст\r\nзакрыт.")
    held = write_article(raw, "x/2031-04/b", "Снег\r\nвыпал.")
    path.with_suffix(".yml").write_text(f"{GOOD}date: 2031-04-05\n", encoding="utf-8")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/MANIFEST.json").write_text(json.dumps({"inputs": {"raw/x/2031-04/b.txt": "…"}}))
    (mended,) = fix([raw], raw=True)
    assert mended.what == ("line ends", "unseen characters inside words", "header from the sidecar")
    assert path.read_text(encoding="utf-8") == " date 2031-04-05 Мост\nзакрыт.\n"
    assert held.read_bytes() == "Снег\r\nвыпал.".encode(), "the dataset was built from it"
    assert list(fix([raw], raw=True)) == []


def test_a_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"source: a\r\n")
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets/a.yml").symlink_to(tmp_path / "a")
    assert list(fix([tmp_path / "outlets"])) == []
    assert (tmp_path / "a").read_bytes() == b"source: a\r\n"


def test_our_own_registry_needs_no_mending(tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "registry", tmp_path / "registry")
    assert list(fix([tmp_path / "registry"])) == []
