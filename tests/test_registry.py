"""The registry as a whole: typed when it is right, and every way in which its files can fail to fit together."""

from __future__ import annotations

import dataclasses
import hashlib
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kg_news.errors import InputError
from kg_news.files import shipped
from kg_news.records import Issue
from kg_news.registry import check_registry, load_registry

OUTLET = """\
id: vestnik
names: {ru: Вестник, en: Herald}
aliases: [Вестник долины]
domains: [vestnik.example]
country: KGZ
languages: [ru]
"""
OTHER = """\
id: vestnik
names: {ru: Другой}
domains: [other.example]
country: null
languages: [ky]
"""
MONTHS = ", ".join(f"'{number}': [месяц{number}]" for number in range(1, 13))
LANGUAGE = f"id: ru\nname: Russian\nmonths: {{{MONTHS}}}\n"
ACTORS = """\
- id: kg-sovet
  type: PublicBody
  names: {ru: Совет долины, ky: Өрөөн кеңеши}
  aliases: {ru: [СД]}
  generic: {ru: [совет]}
  role: legislature
  country: KGZ
- id: kz-sovet
  type: PublicBody
  names: {ru: Совет степи}
  generic: {ru: [Совет]}
  role: legislature
  country: KAZ
- id: asan-primerov
  type: Person
  names: {ru: Асан Примеров}
  wikidata: Q1
  wikidata_source: a register
  offices:
    - {title: {ru: глава}, body: kg-sovet, start: '2020', end: 2021-05-01}
- id: kgz
  type: Country
  country: KGZ
"""
CORRECTION = """\
- article: vestnik/2031-04/most
  field: /title
  value: Мост
  reason: The page has it.
  by: A. Curator
  date: 2031-05-01
- article: vestnik/2031-04/most
  field: /photo_credits/0/caption
  value: null
  reason: It belongs to the text.
  by: A. Curator
  date: 2031-05-01
"""
FILES = {
    "outlets/vestnik.yml": OUTLET,
    "actors/one.yml": ACTORS,
    "languages/ru.yml": LANGUAGE,
    "corrections/2031-05-01.yml": CORRECTION,
    "corrections/README.md": "How to.",
}

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a registry: the files above, changed and added to, and the shipped `photo.yml`; None takes a file out."""

    def write(changed: dict[str, str | None] | None = None) -> Path:
        folder = tmp_path / "registry"
        folder.mkdir()
        shutil.copy(shipped("registry") / "photo.yml", folder)
        for name, text in {**FILES, **(changed or {})}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(text, encoding="utf-8")
        return folder

    return write


def found(folder: Path) -> list[tuple[str, str, int | None]]:
    """Code, file and line of every issue."""
    return [
        (issue.code, Path(issue.path or "").relative_to(folder).as_posix(), issue.line)
        for issue in check_registry(folder)
    ]


def test_a_good_registry(write: Write) -> None:
    folder = write()
    assert check_registry(folder) == []
    registry = load_registry(folder)
    outlet = registry.outlets["vestnik"]
    assert (outlet.name("en"), outlet.name("ky"), outlet.homepage) == ("Herald", "Вестник", None)
    person = registry.actors["asan-primerov"]
    assert (person.offices[0].title["ru"], person.offices[0].start, person.offices[0].country) == (
        "глава",
        "2020",
        None,
    )
    assert registry.actors["kg-sovet"].generic == {"ru": ("совет",)}
    assert registry.actors["kgz"].names == {}
    assert registry.languages["ru"].months[12] == ("месяц12",)
    first, second = registry.corrections["vestnik/2031-04/most"]
    assert (first.field, first.value, second.value, second.file) == ("/title", "Мост", None, "2031-05-01.yml")
    assert registry.photo["markers"][0]["form"]


def test_files_have_their_hashes(write: Write) -> None:
    folder = write()
    files = load_registry(folder).files
    assert list(files) == [
        "registry/actors/one.yml",
        "registry/corrections/2031-05-01.yml",
        "registry/languages/ru.yml",
        "registry/outlets/vestnik.yml",
        "registry/photo.yml",
    ]
    assert files["registry/outlets/vestnik.yml"] == hashlib.sha256(OUTLET.encode()).hexdigest()


def test_nothing_in_it_can_be_changed(write: Write) -> None:
    registry = load_registry(write())
    changes: list[Callable[[], Any]] = [
        lambda: setattr(registry, "actors", {}),
        lambda: registry.actors.update(x=None),  # type: ignore[attr-defined]
        lambda: registry.outlets["vestnik"].names.pop("ru"),  # type: ignore[attr-defined]
        lambda: registry.photo["markers"].append("x"),
    ]
    for change in changes:
        with pytest.raises((dataclasses.FrozenInstanceError, AttributeError)):
            change()


def actor(actor_id: str, **more: str) -> str:
    """An actor as YAML, invented, on three lines and one for each further key."""
    lines = [
        f"- id: {actor_id}",
        f"  type: {more.pop('type', 'Person')}",
        f"  names: {{ru: {more.pop('name', actor_id)}}}",
    ]
    return "\n".join([*lines, *(f"  {key}: {value}" for key, value in more.items())]) + "\n"


HEAD = "[{title: {ru: глава}, body: kg-sovet, start: %s, end: %s}]"
TWO = "actors/two.yml"
PHOTO = (shipped("registry") / "photo.yml").read_text(encoding="utf-8")
MARKER = "  - {form: ФОТО, language: ru}\n"
CLASHES: list[tuple[dict[str, str | None], Sequence[tuple[str, str, int | None]]]] = [
    ({TWO: actor("asan-primerov", name="Другой")}, [("id-duplicate", TWO, 1)]),
    ({TWO: actor("b", name="асан  Примёров")}, [("alias-clash", TWO, 3)]),
    ({TWO: actor("b", aliases="{ru: [Б, Совет степи]}")}, [("alias-clash", TWO, 4)]),
    ({TWO: actor("b", aliases="{ky: [Совет степи]}")}, []),
    ({TWO: actor("b", generic="{ru: [совет степи]}")}, [("alias-clash", TWO, 4)]),
    ({TWO: actor("b", generic="{ru: [совет]}", country="KGZ")}, [("alias-clash", TWO, 4)]),
    ({TWO: actor("b", generic="{ru: [совет]}", country="UZB")}, []),
    ({TWO: actor("b", wikidata="Q1", wikidata_source="r")}, [("wikidata-duplicate", TWO, 4)]),
    ({TWO: actor("b", type="Country", country="KGZ")}, [("country-duplicate", TWO, 4)]),
    ({TWO: actor("b", offices="[{title: {ru: т}, body: kg-sovt}]")}, [("body-unknown", TWO, 4)]),
    ({TWO: actor("b", offices="[{title: {ru: т}, body: asan-primerov}]")}, [("body-unknown", TWO, 4)]),
    ({TWO: actor("b", offices=HEAD % ("2022-02", "2022-01"))}, [("office-dates", TWO, 4)]),
    ({TWO: actor("b", offices=HEAD % ("2022-01", "'2022'"))}, []),
    ({TWO: actor("b", offices=HEAD % ("2021-04-30", "null"))}, [("office-overlap", TWO, 4)]),
    ({TWO: actor("b", offices="[{title: {ru: глава}, body: kg-sovet, start: 2021-04-30, shared: true}]")}, []),
    ({TWO: actor("b", offices=HEAD % ("2021-05-01", "null"))}, []),
    ({TWO: actor("b", offices=HEAD % ("'2021'", "null"))}, []),
    ({TWO: actor("b", offices=HEAD % ("'2019'", "2020-12-31"))}, []),
    ({TWO: actor("b", offices="[{title: {ru: глава}, body: kz-sovet, start: 2021-01-01}]")}, []),
    ({TWO: actor("b", offices="[{title: {ru: зам}, body: kg-sovet, start: 2021-01-01}]")}, []),
    (
        {"outlets/z.yml": OTHER},
        [("id-duplicate", "outlets/z.yml", 1), ("id-not-file-name", "outlets/z.yml", 1)],
    ),
    (
        {"outlets/z.yml": OTHER.replace("vestnik", "z").replace("other", "vestnik")},
        [("domain-duplicate", "outlets/z.yml", 3)],
    ),
    (
        {"outlets/z.yml": OTHER.replace("vestnik", "z").replace("Другой", "ВЕСТНИК")},
        [("alias-clash", "outlets/z.yml", 2)],
    ),
    ({"outlets/z.yml": OTHER.replace("vestnik", "z")}, []),
    ({"languages/ky.yml": LANGUAGE.replace("id: ru", "id: kk")}, [("id-not-file-name", "languages/ky.yml", 1)]),
    ({"corrections/b.yml": CORRECTION}, [("correction-duplicate", "corrections/b.yml", line) for line in (2, 8)]),
    (
        {"corrections/b.yml": CORRECTION.replace("/title", "/titel").replace("photo_credits/0", "photo_credits/1")},
        [("field-unknown", "corrections/b.yml", 2)],
    ),
    (
        {
            "corrections/2031-05-01.yml": CORRECTION.replace("value: Мост", "value: 5").replace(
                "value: null", "value: ''"
            )
        },
        [("type-wrong", "corrections/2031-05-01.yml", 3), ("value-empty", "corrections/2031-05-01.yml", 9)],
    ),
    ({"photo.yml": None}, [("file-missing", "photo.yml", None)]),
    ({"photo.yml": PHOTO.replace(MARKER, 2 * MARKER)}, [("item-duplicate", "photo.yml", 8)]),
    ({"actors/three.yaml": ACTORS}, [("file-unknown", "actors/three.yaml", None)]),
    ({"people/a.yml": ACTORS}, [("file-unknown", "people/a.yml", None)]),
    ({"actors/deep/a.yml": ACTORS}, [("file-unknown", "actors/deep/a.yml", None)]),
    ({"actors/.a.yml.swp": "", "README.md": "About."}, []),
]


@pytest.mark.parametrize(("changed", "expected"), CLASHES)
def test_clashes(write: Write, changed: dict[str, str | None], expected: Sequence[tuple[str, str, int | None]]) -> None:
    assert found(write(changed)) == expected


def test_the_twin_is_named(write: Write) -> None:
    (issue,) = check_registry(write({TWO: actor("b", name="Совет степи")}))
    assert "'Совет степи' (ru) of 'b' also names 'kz-sovet' in " in issue.message
    assert issue.message.endswith("one.yml:10")


def test_all_problems_of_all_files_come_at_once(write: Write) -> None:
    folder = write(
        {
            "outlets/vestnik.yml": "id: vestnik\nid: b\n",
            TWO: actor("b", role="minister") + actor("c", name="Асан Примеров"),
            "actors/three.yml": "names: [",
            "languages/ru.yml": None,
            "photo.yml": "markers: []\n",
        }
    )
    with pytest.raises(InputError) as caught:
        load_registry(folder)
    codes = {(issue.code, Path(issue.path or "").name) for issue in caught.value.issues}
    assert {
        ("key-duplicate", "vestnik.yml"),
        ("value-unknown", "two.yml"),
        ("yaml-syntax", "three.yml"),
        ("value-empty", "photo.yml"),
    } <= codes


def test_bodies_are_not_missed_while_a_file_is_broken(write: Write) -> None:
    """The body may be in the file that cannot be read."""
    folder = write(
        {
            "actors/one.yml": ACTORS.replace("type: Person", "type: Human"),
            TWO: actor("b", offices="[{title: {ru: т}, body: kg-sovet}]"),
        }
    )
    assert [code for code, *_ in found(folder)] == ["value-unknown"]


def test_warnings_do_not_stop_the_load(write: Write) -> None:
    folder = write({TWO: actor("b", offices=HEAD % ("2021-01-01", "null"))})
    assert [issue.severity for issue in check_registry(folder)] == ["warning"]
    assert "b" in load_registry(folder).actors


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder-unreadable"):
        load_registry(tmp_path / "nowhere")


def test_the_shipped_registry_is_right() -> None:
    issues: list[Issue] = check_registry()
    assert [str(issue) for issue in issues if issue.severity == "error"] == []
    kloop = load_registry().outlets["kloop"]
    assert (kloop.name("ru"), kloop.name("en"), kloop.country) == ("Клооп", "Kloop", "KGZ")
    assert "kloop.kg" in kloop.domains
