"""Near-duplicates are reported with their twin, and nothing else is."""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Collection, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from invented import write_article
from kg_news import near
from kg_news.build import build
from kg_news.near import BUCKET, NEIGHBOURS, WIDTH, nearest, signature
from kg_news.registry import Registry

WORDS = [f"слово{number}" for number in range(4000)]


def text(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def jaccard(one: list[str], two: list[str]) -> float:
    runs = [{tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in (one, two)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


def twins(
    folder: Path, *texts: str, skipped: tuple[int, ...] = (), bucket: int = BUCKET
) -> list[tuple[int, float] | None]:
    """For each text its twin's number and the similarity."""
    (folder / "signatures").write_bytes(b"".join(signature(text) or bytes(WIDTH) for text in texts))
    found = nearest(folder / "signatures", skipped, folder, bucket)
    return [found.get(number) for number in range(len(texts))]


@pytest.mark.parametrize("changed", [0, 3, 10, 20, 28])
def test_the_similarity_is_jaccards(changed: int, tmp_path: Path) -> None:
    known = text(1)
    other = text(2, changed) + known[changed:]
    first, second = twins(tmp_path, " ".join(known), " ".join(other))
    assert first is None
    assert second is not None
    assert second[0] == 0
    assert second[1] == pytest.approx(jaccard(known, other), abs=0.12)  # three standard errors of 128 hashes


def test_other_texts_are_none(tmp_path: Path) -> None:
    half = text(1)[:100] + text(2)[:100]
    texts = [" ".join(words) for words in [*map(text, range(100)), half]]
    assert twins(tmp_path, *texts) == [None] * 101


def test_short_notices_are_not_compared(tmp_path: Path) -> None:
    assert twins(tmp_path, *["Снег выпал на перевале, дорога закрыта."] * 2) == [None, None]


def test_no_articles_have_no_twins(tmp_path: Path) -> None:
    assert twins(tmp_path) == []


def test_case_and_punctuation_do_not_count(tmp_path: Path) -> None:
    assert twins(tmp_path, " ".join(text(1)), ", ".join(text(1)).upper()) == [None, (0, 1.0)]


def test_the_most_similar_is_named_and_of_equals_the_first(tmp_path: Path) -> None:
    words = text(1)
    near, exact = " ".join([*text(2, 10), *words[10:]]), " ".join(words)
    found = twins(tmp_path, near, exact, exact, exact, near)
    assert [twin and twin[0] for twin in found] == [None, 0, 1, 1, 0]
    found = twins(tmp_path, near, exact, exact, exact, near, skipped=(0, 1))
    assert [twin and twin[0] for twin in found] == [None, None, None, 2, 2]


@pytest.mark.parametrize("bucket", [1, 7, 1000])
def test_buckets_change_nothing(bucket: int, tmp_path: Path) -> None:
    texts = [" ".join(text(seed % 20)[seed % 3 :]) for seed in range(60)]
    found = twins(tmp_path, *texts, bucket=bucket)
    assert found == twins(tmp_path, *texts)
    assert [twin and twin[0] % 20 for twin in found] == [None] * 20 + [number % 20 for number in range(20, 60)]


def test_of_very_many_alike_each_has_a_twin(tmp_path: Path) -> None:
    found = twins(tmp_path, *[" ".join(text(1))] * (3 * NEIGHBOURS))
    assert [twin and twin[1] for twin in found] == [None] + [1.0] * (3 * NEIGHBOURS - 1)


HASHES, BAND = 128, 4
Signature = tuple[int, ...]


def invented(family: int, changed: int, flip: int, seed: int) -> Signature:
    """A family's signature, some of its hashes changed; with `flip` 4 the two lowest bits of a hash stay the same."""
    chance = random.Random(family)
    hashes = [chance.getrandbits(32) for _ in range(HASHES)]
    for place in random.Random(seed).sample(range(HASHES), changed):
        hashes[place] ^= flip
    return tuple(hashes)


signatures = st.one_of(
    st.just((0,) * HASHES),
    st.builds(
        invented,
        st.integers(0, 1),
        st.sampled_from([0, 1, 2, 38, 39, 40]),  # with 39 changed, a similarity of 0.7
        st.sampled_from([1, 2, 4, 2**32 - 1]),
        st.integers(0, 5),
    ),
)


def plainly(every: Sequence[Signature], skipped: Collection[int], neighbours: int) -> list[tuple[int, float] | None]:
    """What `nearest` finds: every pair that shares a band is compared, in Python."""
    pairs: set[tuple[int, int]] = set()
    for start in range(0, HASHES, BAND):
        alike: dict[Signature, list[int]] = defaultdict(list)
        for number, one in enumerate(every):
            if any(one) and number not in skipped:
                group = alike[one[start : start + BAND]]
                pairs.update((number, before) for before in group[-neighbours:])
                group.append(number)
    best: dict[int, tuple[int, int]] = {}
    for number, before in pairs:
        same = sum(ours == theirs for ours, theirs in zip(every[number], every[before], strict=True))
        if round(same / HASHES, 2) >= near.THRESHOLD:
            best[number] = max(best.get(number, (0, 0)), (same, -before))
    return [
        (-best[number][1], round(best[number][0] / HASHES, 2)) if number in best else None
        for number in range(len(every))
    ]


@settings(deadline=None)
@given(
    every=st.lists(signatures, min_size=1, max_size=24),
    skipped=st.sets(st.integers(0, 23), max_size=4),
    neighbours=st.integers(1, 8),
    rows=st.integers(1, 30),
    bucket=st.integers(1, 30),
)
def test_what_is_found_is_what_comparing_plainly_finds(
    every: list[Signature], skipped: set[int], neighbours: int, rows: int, bucket: int
) -> None:
    skipped = {number for number in skipped if number < len(every)}
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as name:
        patch.setattr(near, "NEIGHBOURS", neighbours)
        patch.setattr(near, "_ROWS", rows)
        path = Path(name) / "signatures"
        path.write_bytes(b"".join(value.to_bytes(4, "little") for one in every for value in one))
        found = nearest(path, skipped, Path(name), bucket)
        assert [found.get(number) for number in range(len(every))] == plainly(every, skipped, neighbours)


ARTICLE = (
    " date 2031-04 Мост через реку закрыли до осени. Жителей перевозят паромом, расписание висит у причала. "
    "Ремонт начнут в мае, когда спадёт вода, и закончат к сентябрю. До тех пор школьников возит автобус, "
    "он ходит дважды в день и останавливается у старой мельницы. {} Молоко с ферм забирают на другом берегу."
)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_build_links_twins_and_keeps_them(tmp_path: Path, registry: Registry, processes: int) -> None:
    raw = tmp_path / "raw"
    write_article(raw, "gornyj-put/2031-04/most", ARTICLE.format("Почту носят пешком."))
    write_article(raw, "gornyj-put/2031-04/most-2", ARTICLE.format("Почту возят."))
    write_article(raw, "vestnik-doliny/2031-04/most", ARTICLE.format(""))
    report = build(raw, tmp_path / "data", registry, processes=processes)
    assert (report.written, report.duplicates) == (3, 0)
    found = [(issue.code, issue.path or "") for issue in report.warnings]
    assert [(code, Path(path).relative_to(raw).as_posix()) for code, path in found] == [
        ("text-near-duplicate", "gornyj-put/2031-04/most-2.txt"),
        ("syndicated-copy", "vestnik-doliny/2031-04/most.txt"),
    ]
    assert "'gornyj-put/2031-04/most', similarity 0." in report.warnings[0].message
    assert "(gornyj-put)" in report.warnings[1].message
