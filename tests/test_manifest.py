"""MANIFEST.json: hashes that do not depend on how things are written, and a folder in which nothing goes unnoticed."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset import article, articles, make_dataset
from kg_news import manifest
from kg_news.errors import BuildError, DataError
from kg_news.manifest import Manifest, Totals, canonical, logical_hash, verify

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
).filter(lambda value: "\\ud" not in json.dumps(value))


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_dataset(tmp_path_factory.mktemp("master") / "data", articles(3))


@pytest.fixture
def folder(master: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(master, tmp_path / "data"))


# Canonical form and hashes


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"b": 1, "a": [1.0, 0.1, None, True]}, '{"a":[1.0,0.1,null,true],"b":1}'),
        ({"ө": "Жогорку Кеңеш"}, '{"ө":"Жогорку Кеңеш"}'),
        ("и\u0306", '"и\u0306"'),  # a letter in two code points stays in two
        ("й", '"й"'),
        ('"\n', '"\\"\\n"'),
        (1e300, "1e+300"),
    ],
)
def test_canonical(value: object, expected: str) -> None:
    assert canonical(value) == expected.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800"])
def test_no_canonical_form(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)


@given(st.dictionaries(st.text(), values), st.randoms())
def test_order_of_keys_does_not_matter(row: dict[str, Any], rng: random.Random) -> None:
    keys = list(row)
    rng.shuffle(keys)
    assert canonical({key: row[key] for key in keys}) == canonical(row)


@given(values)
def test_canonical_form_loses_nothing(value: Any) -> None:
    assert repr(json.loads(canonical(value))) == repr(json.loads(json.dumps(value, sort_keys=True)))


def test_logical_hash_is_sha256_of_json_lines() -> None:
    lines = '{"id":"a","n":1}\n{"id":"b","n":2.5}\n'
    assert logical_hash([{"n": 1, "id": "a"}, {"id": "b", "n": 2.5}]) == hashlib.sha256(lines.encode()).hexdigest()


def test_logical_hash_wants_sorted_rows() -> None:
    with pytest.raises(ValueError, match="'a' comes after 'b'"):
        logical_hash([{"id": "b"}, {"id": "a"}])


# The manifest


def test_what_it_says(folder: Path) -> None:
    read = Manifest.read(folder)
    rows = {config: entry.rows for config, entry in read.configs.items()}
    assert rows == {"articles": 3, "photo_credits": 3, "actors": 6, "mentions": 9, "quotes": 3}
    assert read.version == "0.1.0"
    assert read.totals == Totals(read=3, written=3, rejected=0, duplicates=0)
    assert read.content_hash == read.configs["articles"].hash
    assert set(read.files) == {
        "README.md",
        "croissant.json",
        *(f"{config}/train-00000-of-00001.parquet" for config in rows),
    }
    assert read.inputs["raw/naryn-press/2021-02/0001.txt"] == article(1)["provenance"]["raw_sha256"]
    assert "pyarrow" in read.libraries


def test_content_hash_is_that_of_the_records(folder: Path) -> None:
    # In the dataset a confidence is a float, also where the record has a whole number.
    records = articles(3)
    for record in records:
        record["photo_credits"][0]["confidence"] = 1.0
    expected = logical_hash(sorted(records, key=lambda record: str(record["id"])))
    assert Manifest.read(folder).content_hash == expected


def test_nothing_of_this_machine_or_moment(folder: Path) -> None:
    content = (folder / manifest.NAME).read_text(encoding="utf-8")
    assert str(folder.parent) not in content
    assert str(Path.cwd()) not in content
    assert set(json.loads(content)) == {
        "name",
        "version",
        "content_hash",
        "configs",
        "files",
        "inputs",
        "totals",
        "libraries",
        "manifest_sha256",
    }


def test_its_hash_covers_all_else(folder: Path) -> None:
    content = json.loads((folder / manifest.NAME).read_bytes())
    own = content.pop("manifest_sha256")
    assert own == hashlib.sha256(canonical(content)).hexdigest() == Manifest.read(folder).sha256


def test_the_order_of_records_and_inputs_does_not_matter(master: Path, tmp_path: Path) -> None:
    other = make_dataset(tmp_path / "other", articles(3)[::-1])
    assert (other / manifest.NAME).read_bytes() == (master / manifest.NAME).read_bytes()


@pytest.mark.parametrize("bit", range(8))
def test_a_flipped_bit_in_it_is_noticed(folder: Path, bit: int) -> None:
    path = folder / manifest.NAME
    content = path.read_bytes()
    for place in range(bit, len(content), 16):
        flipped = bytearray(content)
        flipped[place] ^= 1 << bit
        path.write_bytes(flipped)
        with pytest.raises(DataError):
            Manifest.read(folder)


def _resealed(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """A manifest with another content and a hash that fits it."""
    path = folder / manifest.NAME
    content = json.loads(path.read_bytes())
    change(content)
    content.pop("manifest_sha256")
    content["manifest_sha256"] = hashlib.sha256(canonical(content)).hexdigest()
    path.write_text(json.dumps(content, ensure_ascii=False, sort_keys=True, indent=2) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"name": NaN}', b'{"configs": 3}'],
    ids=["empty", "object", "list", "null", "bytes", "deep", "nan", "shape"],
)
def test_not_a_manifest(folder: Path, content: bytes) -> None:
    (folder / manifest.NAME).write_bytes(content)
    with pytest.raises(DataError, match=r"MANIFEST\.json is damaged.*kg-news build"):
        Manifest.read(folder)


@pytest.mark.parametrize("name", ["../outside", "/etc/hostname", "articles/../../outside", "./README.md"])
def test_a_path_that_climbs_out(folder: Path, name: str) -> None:
    _resealed(folder, lambda content: content["files"].update({name: {"sha256": "0" * 64, "size": 0}}))
    with pytest.raises(DataError, match=r"MANIFEST\.json is damaged"):
        Manifest.read(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content.update(extra=1), "not as it was written"),
        (lambda content: content.update(name="ag-news"), "not as it was written"),
        (lambda content: content["configs"]["quotes"]["files"].append("quotes/more.parquet"), "damaged"),
        (lambda content: content["totals"].pop("read"), "damaged"),
    ],
)
def test_a_manifest_of_another_kind(folder: Path, change: Callable[[dict[str, Any]], object], message: str) -> None:
    _resealed(folder, change)
    with pytest.raises(DataError, match=message):
        Manifest.read(folder)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="nowhere is not a dataset folder"):
        Manifest.read(tmp_path / "nowhere")


def test_incomplete_folder(folder: Path) -> None:
    (folder / manifest.NAME).unlink()
    with pytest.raises(
        DataError, match=r"which a build writes last; name another folder, or run `kg-news build` again"
    ):
        Manifest.read(folder)


# Verify


def test_a_whole_folder(folder: Path) -> None:
    verify(folder)


def test_what_git_and_the_hub_add_is_not_the_datasets(folder: Path) -> None:
    (folder / ".gitattributes").write_text("*.parquet binary\n")
    (folder / ".cache" / "huggingface").mkdir(parents=True)
    (folder / ".cache" / "huggingface" / "x.lock").touch()
    verify(folder)


def test_every_problem_is_named(folder: Path) -> None:
    card, actors = folder / "README.md", folder / "actors/train-00000-of-00001.parquet"
    card.write_bytes(card.read_bytes() + b"\n")
    content = bytearray(actors.read_bytes())
    content[len(content) // 2] ^= 4
    actors.write_bytes(content)
    (folder / "quotes/train-00000-of-00001.parquet").unlink()
    (folder / "actors/train-00001-of-00001.parquet").touch()
    (folder / ".hidden").touch()
    (folder / "more").symlink_to(folder.parent, target_is_directory=True)
    with pytest.raises(DataError) as caught:
        verify(folder)
    size = card.stat().st_size
    assert str(caught.value).splitlines()[1:-1] == [
        f"  README.md: {size} bytes, {size - 1} in the manifest",
        "  actors/train-00000-of-00001.parquet: other bytes than in the manifest",
        "  quotes/train-00000-of-00001.parquet: missing",
        "  .hidden: not in the manifest",
        "  actors/train-00001-of-00001.parquet: not in the manifest",
        "  more: not in the manifest",
    ]


def test_flipped_bits_in_every_file_are_noticed(folder: Path) -> None:
    rng = random.Random(20260101)
    for name in Manifest.read(folder).files:
        path = folder / name
        content = path.read_bytes()
        for _ in range(40):
            flipped = bytearray(content)
            flipped[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
            path.write_bytes(flipped)
            with pytest.raises(DataError, match=name):
                verify(folder)
        path.write_bytes(content)
    verify(folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda content: content["configs"]["quotes"].update(rows=4), r"quotes: 3 rows .* the manifest has 4"),
        (lambda content: content["configs"]["actors"].update(hash="0" * 64), r"actors: 6 rows .* with 0000"),
        (lambda content: content.update(content_hash="0" * 64), "articles: their hash is not the content hash"),
    ],
)
def test_rows_are_held_against_their_hashes(
    folder: Path, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    _resealed(folder, change)
    with pytest.raises(DataError, match=message):
        verify(folder)


def test_a_parquet_file_that_is_none(folder: Path) -> None:
    path = folder / "quotes/train-00000-of-00001.parquet"
    path.write_bytes(b"not Parquet")
    entry = {"sha256": hashlib.sha256(b"not Parquet").hexdigest(), "size": 11}
    _resealed(folder, lambda content: content["files"].update({"quotes/train-00000-of-00001.parquet": entry}))
    with pytest.raises(DataError, match=r"quotes.* cannot be read"):
        verify(folder)


# Make


@pytest.mark.parametrize(
    ("totals", "message"),
    [
        (Totals(read=4, written=3, rejected=0, duplicates=0), "do not add up"),
        (Totals(read=4, written=4, rejected=0, duplicates=0), "4 articles were to be written, 3 are"),
    ],
)
def test_totals_that_do_not_add_up(folder: Path, totals: Totals, message: str) -> None:
    with pytest.raises(BuildError, match=message):
        manifest.make(folder, version="0.1.0", inputs={}, totals=totals)


def test_a_config_without_a_file(folder: Path) -> None:
    (folder / "mentions/train-00000-of-00001.parquet").unlink()
    with pytest.raises(BuildError, match="no Parquet file of config mentions"):
        manifest.make(folder, version="0.1.0", inputs={}, totals=Totals(3, 3, 0, 0))


@pytest.mark.parametrize(
    ("version", "expected"),
    [("0.1.0", "0.1.0"), ("1.2.3rc1", "1.2.3"), ("2.0.dev1", "2.0.0"), ("0.2.0+dirty", "0.2.0")],
)
def test_release(version: str, expected: str) -> None:
    assert manifest.release(version) == expected
