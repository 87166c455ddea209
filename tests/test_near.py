"""Near-duplicates are reported with their twin, and nothing else is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from invented import write_article
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
