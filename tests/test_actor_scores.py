"""The scores of actors, offices and quotes: on examples worked out by hand, and against the development sets' scorer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kg_news.cli import main
from kg_news.errors import InputError
from kg_news.evaluate.actors import actors, mentions, partial
from kg_news.evaluate.alignment import Marked, Match, align, gold_actors, kinds_of, same_name
from kg_news.evaluate.annotated import annotated_lines
from kg_news.evaluate.core import Pair, Score, Tally, evaluate
from kg_news.evaluate.offices import offices
from kg_news.evaluate.places import Places
from kg_news.evaluate.quotes import quotes
from kg_news.evaluate.run import measure
from kg_news.files import CHECKOUT
from kg_news.records import Span
from reading import doc, shipped_registry

SHARED = CHECKOUT.parent / "shared" / "eval"


def marked(kind: str, *spans: tuple[int, int], name: str = "x", **said: Any) -> Marked:
    return Marked(kind, name, tuple(Span(*span) for span in spans), said)


def test_a_mention_is_exact_or_half() -> None:
    gold = [marked("person", (0, 5), (10, 15), (20, 25))]
    found = [marked("person", (0, 5), (12, 18), (40, 45), (50, 55))]
    strict = evaluate([("a", {"x": mentions(gold, found, "." * 60)})])[0].score
    assert strict == Score(1, 4, 3)
    assert partial(gold, found) == Tally(1.5, 4, 3)  # one exact, one that overlaps for a half


def test_a_mention_of_another_kind_is_none() -> None:
    assert partial([marked("person", (0, 5))], [marked("country", (0, 5))]).right == 0


def test_one_found_mention_stands_for_one_gold_mention() -> None:
    assert partial([marked("person", (0, 5), (6, 9))], [marked("person", (0, 9))]) == Tally(0.5, 1, 2)


def test_actors_are_matched_one_to_one_the_most_similar_first() -> None:
    gold = [marked("person", (0, 5), (10, 15)), marked("person", (20, 25))]
    found = [marked("person", (20, 25), (0, 5)), marked("person", (10, 15))]
    # Similarities: gold 0 with found 0 is 2·1/4, with found 1 2·1/3; gold 1 with found 0 is 2·1/3.
    assert align(gold, found) == [Match(2 / 3, 1, 0), Match(2 / 3, 0, 1)]


def test_actors_of_two_kinds_or_without_a_common_mention_are_not_matched() -> None:
    assert align([marked("person", (0, 5))], [marked("country", (0, 5)), marked("person", (5, 9))]) == []


@pytest.mark.parametrize(
    ("kind", "gold", "found", "same"),
    [
        ("person", "Асан Примеров", "Асан Примеров", True),
        ("person", "Примеров, Асан", "Асан Примеров", True),
        ("person", "Асан Болотович Примеров", "Примеров", True),
        ("person", "Примеров", "Асан Примеров", False),
        ("person", "Пётр Сынаков", "Петр Сынаков", True),
        ("person", "Асан Примеров", None, False),
        ("organization", "газета «Зорька»", "Газета Зорька", True),
        ("organization", "газета «Зорька»", "Зорька", False),
    ],
)
def test_names(kind: str, gold: str, found: str | None, same: bool) -> None:
    assert same_name(kind, gold, found) is same


TEXT = "Министр Асан Примеров уехал. МЧС Кыргызстана молчит. Асану Примерову звонили."


def gold_line(**changes: Any) -> dict[str, Any]:
    person = {"type": "Person", "name": "Асан Примеров", "id": None, "country": None, "offices": ["министр"]}
    body = {"type": "PublicBody", "name": "МЧС Кыргызстана", "id": "kg-ministry-of-emergency-situations"}
    return {
        "id": "a",
        "text": TEXT,
        "actors": [{**person, "mentions": [[8, 21], [53, 68]]}, {**body, "country": "KGZ", "mentions": [[29, 44]]}],
        **changes,
    }


def scores(gold: dict[str, Any]) -> dict[str, Score]:
    article = doc(gold["text"])
    pairs: dict[str, Pair | Tally] = {**actors(gold, article), **offices(gold, article), **quotes(gold, article)}
    return {result.field: result.score for result in evaluate([("a", pairs)])}


def test_a_document_worked_out_by_hand() -> None:
    got = scores(gold_line())
    assert got["person mention"] == Score(2, 2, 2)
    assert got["actor found"] == Score(2, 2, 2)
    assert got["actor CEAF-e"] == Score(2, 2, 2)
    assert got["person name"] == Score(1, 1, 1)
    assert got["actor link"] == Score(1, 1, 1)
    assert got["office"] == got["office strict"] == Score(1, 1, 1)
    assert "quote" not in got, "the line marks no quotes"


def test_what_is_missed_and_what_is_too_much() -> None:
    line = gold_line()
    line["actors"][0]["mentions"] = [[8, 21]]
    line["actors"][1] |= {"id": None, "type": "Organization"}
    line["actors"].append({"type": "Country", "name": "Армения", "mentions": [[70, 77]], "id": "arm"})
    got = scores(line)
    assert got["person CEAF-e"].right == pytest.approx(2 / 3)  # one of one, one of two
    assert got["actor found"] == Score(2, 2, 3)
    assert got["actor link"] == Score(0, 1, 1), "what has no entry must not be linked; Armenia should have been"
    assert got["actor type"] == Score(1, 2, 2)


@pytest.mark.parametrize(
    ("said", "lenient", "strict"),
    [
        ("министр", 1, 1),
        ("министра", 1, 1),
        ("бывший министр", 1, 0),
        ("экс-министр", 1, 0),
        ("министр транспорта Кыргызстана", 1, 0),
        ("вице-министр", 0, 0),
        ("секретарь министра", 0, 0),
    ],
)
def test_offices(said: str, lenient: int, strict: int) -> None:
    line = gold_line()
    line["actors"][0]["offices"] = [said]
    got = scores(line)
    assert (got["office"].right, got["office strict"].right) == (lenient, strict)


def test_offices_by_spans_count_once_a_person() -> None:
    pairs = [{"person": [8, 21], "office": [0, 7]}, {"person": [53, 68], "office": [0, 7]}]
    line = gold_line(offices=pairs)
    del line["actors"][0]["offices"]
    assert scores(line)["office strict"] == Score(1, 1, 1)


SAID = "«Ждём», — сказал Асан Примеров. Улан Тестов заявил, что дорога закрыта. «Зорька» молчит."


def quoted(speaker: str | None, *, indirect: bool = True) -> dict[str, Any]:
    people = [
        {"type": "Person", "name": "Асан Примеров", "mentions": [[17, 30]]},
        {"type": "Person", "name": "Улан Тестов", "mentions": [[32, 43]]},
    ]
    told = SAID.index("дорога")
    marks = [
        {"start": 1, "end": 5, "speaker": "Асан Примеров", "kind": "direct"},
        {"start": told, "end": told + 14, "speaker": speaker, "kind": "indirect"},
    ]
    return {"id": "a", "text": SAID, "actors": people, "quotes": marks, "indirect": indirect}


def test_quotes_and_their_speakers() -> None:
    got = scores(quoted("Улан Тестов"))
    assert got["quote"] == got["quote partial"] == got["quote speaker"] == got["quote named"] == Score(2, 2, 2)
    got = scores(quoted(None))
    assert got["quote speaker"] == Score(1, 2, 2)
    assert got["quote named"] == Score(1, 2, 1)


def test_a_line_that_marks_direct_speech_alone() -> None:
    line = quoted(None, indirect=False)
    line["quotes"] = [{**line["quotes"][0], "speaker": None}]
    got = scores(line)
    assert got["quote partial"] == Score(1, 1, 1)
    assert got["quote speaker"] == got["quote named"] == Score(0, 0, 0), "null says nothing there"


def test_kinds_that_are_not_marked_are_not_scored() -> None:
    line = gold_line()
    line["actors"] = line["actors"][:1]
    assert kinds_of([line]) == ["person"]
    assert scores(line)["actor found"] == Score(1, 1, 1)
    assert not any(field.startswith("organization") for field in scores(line))


def test_lists_of_persons_become_actors_without_those_in_photos() -> None:
    line = {
        "persons": [{"name": "Асан Примеров", "spans": [[0, 5], [30, 40]]}],
        "organizations": [{"name": "Зорька", "spans": [[42, 48]]}],
        "photos": [{"credit": "x", "credit_start": 29, "credit_end": 50}],
    }
    assert gold_actors(line) == [marked("person", (0, 5), name="Асан Примеров")]


@pytest.mark.parametrize(
    "raw",
    [
        " date 2031-04 Дорогу открыли. Фото: Улан Пробный / «Зорька» Асан Примеров уехал.\n",
        "Дорогу открыли.\r\nАсан Примеров уехал.",
        "Самолёт улетел с Асаном Примеровым.",  # ё of two characters
    ],
)
def test_places_lead_back_to_the_raw_text(raw: str) -> None:
    article = doc(raw)
    places = Places(article)
    name = "Асан"
    at = article.text.index(name)
    assert raw[slice(*places.raw(at, at + len(name)))] == name


# Marks


MARKED = """---
id: bridge
asan: {name: Асан Примеров, country: KGZ, offices: [мэр Таласа]}
---
«{asan|Мост откроют, а [kgz|Кыргызстан] поможет}», — сказал [asan|Асан Примеров]. {~-|Денег нет}, ответили ему.
---
id: second
language: ky
---
[kgz|Кыргызстан].
"""


def test_marks_become_a_gold_line() -> None:
    first, second = annotated_lines(MARKED, "a.txt", shipped_registry())
    text = first["text"]
    assert text == "«Мост откроют, а Кыргызстан поможет», — сказал Асан Примеров. Денег нет, ответили ему."
    assert [(actor["name"], actor["type"], actor["country"]) for actor in first["actors"]] == [
        ("Кыргызстан", "Country", "KGZ"),
        ("Асан Примеров", "Person", "KGZ"),
    ]
    assert [[text[slice(*span)] for span in actor["mentions"]] for actor in first["actors"]] == [
        ["Кыргызстан"],
        ["Асан Примеров"],
    ]
    assert [(quote["kind"], quote["speaker"], quote["text"]) for quote in first["quotes"]] == [
        ("direct", "Асан Примеров", "Мост откроют, а Кыргызстан поможет"),
        ("indirect", None, "Денег нет"),
    ]
    assert (second["id"], second["lang"], second["quotes"]) == ("second", "ky", [])


@pytest.mark.parametrize(
    ("wrong", "line", "message"),
    [
        ("---\nid: a\n", 1, "has no end"),
        ("---\nname: a\n---\nx", 1, "has no `id`"),
        ("---\nid: a\n---\n[kgz|Кыргызстан", 1, "never closed"),
        ("---\nid: a\n---\n[kgz|Кыргызстан}", 1, "closes no mark"),
        ("---\nid: a\n---\n[nobody|Он] ушёл", 1, "neither in the header nor in the registry"),
        ("---\nid: a\n---\n{nobody|Да}", 1, "speaks and is never named"),
        ("---\nid: a\nasan: {name: Асан}\n---\nx", 1, "nowhere marked"),
        ("---\nid: a\nasan: Асан\n---\n[asan|Асан]", 1, "is no actor"),
        ("---\nid: a\n---\n[kgz|Кыргызстан]\n---\nid: [\n---\nx", 6, "yaml"),
    ],
)
def test_a_wrong_mark_is_named_with_its_line(wrong: str, line: int, message: str, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)) as caught:
        measure([path], shipped_registry())
    assert (caught.value.issues[0].path, caught.value.issues[0].line) == (str(path), line)


# Against the scorer of the development sets

SOME = 25
"""Documents of each set: enough to tell two scorers apart."""


def yardstick(gold: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, ...]]:
    """What score.py prints for the records that the program makes: found F, P and R, CEAF-e and names by kind."""
    assert main(["normalize", "--format", "jsonl", str(gold)]) == 0
    predicted = folder / "predicted.jsonl"
    predicted.write_text(capsys.readouterr().out, encoding="utf-8")
    command = [sys.executable, str(SHARED / "score.py"), str(gold), str(predicted)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    line = re.compile(
        r"actors (\w+).*?found F +([\d.]+)(?: \(P ([\d.]+) R ([\d.]+)\))? CEAF-e +([\d.]+) name (\d+)/(\d+)"
    )
    return {match[1]: match.groups()[1:] for match in line.finditer(printed)}


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no development sets in {SHARED}")
@pytest.mark.parametrize("name", ["nerel-dev", "factrueval-dev"])
def test_the_figures_of_the_sets_own_scorer(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gold = tmp_path / "gold.jsonl"
    some = (SHARED / f"{name}.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[:SOME]
    lines = [json.loads(line) for line in some]
    for actor in (actor for line in lines for actor in line["actors"]):
        actor.pop("slots", None)  # the set's own scorer does not read the parts of names
    gold.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    theirs = yardstick(gold, tmp_path, capsys)
    ours = {result.field: result.score for result in measure([gold], shipped_registry())}
    none = SimpleNamespace(right=0, gold=0)
    compared = 0
    for kind, field in {
        "person": "person",
        "organization": "organization",
        "country": "country",
        "ALL": "actor",
    }.items():
        if f"{field} found" not in ours:
            assert theirs[kind][0] == "0.0"
            continue
        found, ceaf, named = ours[f"{field} found"], ours[f"{field} CEAF-e"], ours.get(f"{field} name", none)
        f1, precision, recall, ceaf_f1, right, of = theirs[kind]
        assert (f"{100 * found.f1:.1f}", f"{100 * ceaf.f1:.1f}") == (f1, ceaf_f1)
        assert (str(named.right), str(named.gold)) == (right, of)
        if kind != "ALL":
            assert (f"{100 * found.precision:.1f}", f"{100 * found.recall:.1f}") == (precision, recall)
        compared += 1
    assert compared == (4 if name == "nerel-dev" else 3)


def test_the_command_lists_the_worst_with_context(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.jsonl"
    line = gold_line()
    line["actors"][0]["mentions"] = [[8, 21], [53, 58]]
    path.write_text(json.dumps(line, ensure_ascii=False), encoding="utf-8")
    assert main(["evaluate", "--errors", "--worst", "1", str(path)]) == 0
    printed = capsys.readouterr().out
    assert "person mention" in printed
    assert "+ Примеров уехал. МЧС Кыргызстана молчит. [Асану Примерову] звонили." in printed
