"""Near-duplicates are reported with their twin, and nothing else is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from invented import write_article
from kg_news.build import build
from kg_news.near import NearDuplicates
from kg_news.registry import Registry

WORDS = [f"слово{number}" for number in range(4000)]


def text(seed: int, length: int = 200) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def jaccard(one: list[str], two: list[str]) -> float:
    runs = [{tuple(words[at : at + 5]) for at in range(len(words) - 4)} for words in (one, two)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@pytest.mark.parametrize("changed", [0, 3, 10, 20, 28])
def test_the_similarity_is_jaccards(changed: int) -> None:
    known = text(1)
    other = text(2, changed) + known[changed:]
    seen = NearDuplicates()
    assert seen.add("a", " ".join(known)) == []
    (twin,) = seen.add("b", " ".join(other))
    assert twin.id == "a"
    assert twin.similarity == pytest.approx(jaccard(known, other), abs=0.12)  # three standard errors of 128 hashes


def test_other_texts_are_none() -> None:
    seen = NearDuplicates()
    assert [seen.add(str(seed), " ".join(text(seed))) for seed in range(100)] == [[]] * 100
    half = text(1)[:100] + text(2)[:100]
    assert seen.add("half", " ".join(half)) == []


def test_short_notices_are_not_compared() -> None:
    seen = NearDuplicates()
    assert [seen.add(name, "Снег выпал на перевале, дорога закрыта.") for name in "ab"] == [[], []]


def test_case_and_punctuation_do_not_count() -> None:
    seen = NearDuplicates()
    seen.add("a", " ".join(text(1)))
    assert seen.add("b", ", ".join(text(1)).upper())[0].similarity == 1.0


ARTICLE = (
    " date 2031-04 Мост через реку закрыли до осени. Жителей перевозят паромом, расписание висит у причала. "
    "Ремонт начнут в мае, когда спадёт вода, и закончат к сентябрю. До тех пор школьников возит автобус, "
    "он ходит дважды в день и останавливается у старой мельницы. {} Молоко с ферм забирают на другом берегу."
)


def test_a_build_links_twins_and_keeps_them(tmp_path: Path, registry: Registry) -> None:
    raw = tmp_path / "raw"
    write_article(raw, "gornyj-put/2031-04/most", ARTICLE.format("Почту носят пешком."))
    write_article(raw, "gornyj-put/2031-04/most-2", ARTICLE.format("Почту возят."))
    write_article(raw, "vestnik-doliny/2031-04/most", ARTICLE.format(""))
    report = build(raw, tmp_path / "data", registry)
    assert (report.written, report.duplicates) == (3, 0)
    found = [(issue.code, issue.path or "") for issue in report.warnings]
    assert [(code, Path(path).relative_to(raw).as_posix()) for code, path in found] == [
        ("text-near-duplicate", "gornyj-put/2031-04/most-2.txt"),
        ("syndicated-copy", "vestnik-doliny/2031-04/most.txt"),
    ]
    assert "'gornyj-put/2031-04/most', similarity 0." in report.warnings[0].message
    assert "(gornyj-put)" in report.warnings[1].message
