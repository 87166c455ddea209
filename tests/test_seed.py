"""The first real article, value by value: what a reader finds in it must stand in its record."""

from __future__ import annotations

from typing import Any

import pytest

from kg_news.check import check
from kg_news.files import CHECKOUT
from kg_news.normalize import normalize
from kg_news.read import flattened, read_file
from kg_news.records import Issue, Record, rebuild
from reading import shipped_registry

RAW = CHECKOUT / "raw"
ID = "kloop/2022-01/000_4e5e20c31f26acd1"
FILE = RAW / f"{ID}.txt"
URL = (
    "https://kloop.kg/blog/2022/01/06/ne-imeem-prava-otvergnut-prizyv-o-pomoshhi-v-kabmine-kyrgyzstana-poprosili-"
    "s-ponimaniem-otnestis-k-vozmozhnoj-otpravke-voennosluzhashhih-v-kazahstan/"
)
SHA256 = "34db23d264d7c9b9ec6da2e154a8c1eff39ce84cc32ed66ef2fb712231c426b8"

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="the raw articles are in the checkout only")


@pytest.fixture(scope="module")
def normalized() -> tuple[Record, tuple[Issue, ...]]:
    (raw,) = read_file(FILE, RAW)
    return normalize(raw, shipped_registry())


@pytest.fixture(scope="module")
def record(normalized: tuple[Record, tuple[Issue, ...]]) -> Record:
    return normalized[0]


@pytest.fixture(scope="module")
def without_sidecar() -> Record:
    (raw,) = flattened.read(FILE.read_bytes(), f"{ID}.txt")
    return normalize(raw, shipped_registry())[0]


def actor(record: Record, name: str) -> dict[str, Any]:
    (found,) = (actor for actor in record["actors"] if actor["name"] == name)
    assert isinstance(found, dict)
    return found


def test_it_is_right_and_nothing_is_doubtful(normalized: tuple[Record, tuple[Issue, ...]]) -> None:
    record, issues = normalized
    assert check(record) == []
    assert issues == ()


def test_nothing_is_lost(record: Record, without_sidecar: Record) -> None:
    text = FILE.read_bytes().decode()
    assert rebuild(record) == text
    assert rebuild(without_sidecar) == text


FIELDS = {
    "id": ID,
    "date": "2022-01-06",
    "date_start": "2022-01-06",
    "date_end": "2022-01-06",
    "date_basis": "url",
    "source": "kloop",
    "source_name": "Клооп",
    "url": URL,
    "language": "ru",
    "title": None,
    "rights": {"license": "NOASSERTION", "holder": "Kloop", "evidence_url": None},
}

ALONE = {
    "id": ID,
    "date": "2022-01",
    "date_start": "2022-01-01",
    "date_end": "2022-01-31",
    "date_basis": "header",
    "source": None,
    "source_name": None,
    "url": None,
    "language": "ru",
    "title": None,
    "rights": {"license": "NOASSERTION", "holder": None, "evidence_url": None},
}


def test_fields_with_the_sidecar(record: Record) -> None:
    assert {name: record[name] for name in FIELDS} == FIELDS


def test_fields_without_the_sidecar(without_sidecar: Record) -> None:
    assert {name: without_sidecar[name] for name in ALONE} == ALONE


def test_text_is_the_articles_own(record: Record) -> None:
    text = record["text"]
    assert text.startswith("Кабинет министров Кыргызстана распространил обращение о возможной отправке")
    assert text.endswith("рассмотрение вопроса отложили на 7 января.")
    assert "— говорится в сообщении. В кабмине отметили, что после" in text, "the first block left one space"
    assert "— отметили власти. На фоне масштабных протестов" in text, "so did the second"
    for outside in ("date 2022-01", "Фото:", "Токоева", "Митинг", "Совещание", "Белого дома"):
        assert outside not in text


PHOTOS = [
    {
        "order": 0,
        "marker": "Фото:",
        "credit": "пресс-служба кабмина",
        "creators": [],
        "agencies": ["пресс-служба кабмина"],
        "kind": "press_service",
        "caption": "Совещание кабмина 6 января.",
        "block": "Совещание кабмина 6 января. Фото: пресс-служба кабмина",
    },
    {
        "order": 1,
        "marker": "Фото:",
        "credit": "Айдай Токоева / «Клооп»",
        "creators": ["Айдай Токоева"],
        "agencies": ["Клооп"],
        "kind": "staff",
        "caption": (
            "Митинг активистов в Бишкеке возле Белого дома 6 января. "
            "Они выступили против отправки кыргызских солдат в Казахстан в период протестов."
        ),
        "block": (
            "Митинг активистов в Бишкеке возле Белого дома 6 января. Они выступили против отправки кыргызских солдат "
            "в Казахстан в период протестов. Фото: Айдай Токоева / «Клооп»"
        ),
    },
]


def test_photo_credits(record: Record) -> None:
    found = [{key: photo[key] for key in PHOTOS[0]} for photo in record["photo_credits"]]
    assert found == PHOTOS


def test_photo_blocks_stood_where_the_record_says(record: Record) -> None:
    raw, text = FILE.read_bytes().decode(), record["text"]
    followed_by = ["В кабмине отметили", "На фоне масштабных"]
    for photo, words in zip(record["photo_credits"], followed_by, strict=True):
        assert raw[photo["raw_start"] :].startswith(photo["block"])
        assert text[photo["position"] :].lstrip().startswith(words)


def test_without_the_sidecar_nobody_knows_that_the_agency_is_the_outlet(without_sidecar: Record) -> None:
    kinds = [photo["kind"] for photo in without_sidecar["photo_credits"]]
    assert kinds == ["press_service", "agency"]
    captions = [photo["caption"] for photo in without_sidecar["photo_credits"]]
    assert captions == [photo["caption"] for photo in PHOTOS]


ACTORS = [
    # name, type, country, offices, mentions
    (
        "Кабинет министров Кыргызстана",
        "PublicBody",
        "KGZ",
        [],
        ["Кабинет министров Кыргызстана", "кабмине", "кабмине", "Кабмин", "кабмине Кыргызстана"],
    ),
    (
        "Кыргызстан",
        "Country",
        "KGZ",
        [],
        ["кыргызских", "Кыргызстаном", "Кыргызстана", "КР", "Кыргызстана"] + ["Кыргызстан"] * 3 + ["кыргызских"],
    ),
    ("ОДКБ", "Organization", None, [], ["ОДКБ"] * 8),
    (
        "Казахстан",
        "Country",
        "KAZ",
        [],
        ["Казахстан", "Казахстане", "Казахстана", "Казахстана", "РК", "Казахстан"]
        + ["Казахстана"] * 2
        + ["Казахстан", "Казахстану", "Казахстан"],
    ),
    (
        "Касым-Жомарт Токаев",
        "Person",
        "KAZ",
        ["президент Казахстана"],
        ["Касым-Жомарта Токаева", "Токаевым", "Касым-Жомарт Токаев", "Токаев"],
    ),
    ("Садыр Жапаров", "Person", "KGZ", ["президент Кыргызстана"], ["Садыр Жапаров"]),
    ("Жогорку Кенеш", "PublicBody", "KGZ", [], ["парламентом", "Жогорку Кенеш"]),
    ("Армения", "Country", "ARM", [], ["Армении"]),
    ("Никол Пашинян", "Person", "ARM", ["премьер-министр Армении", "председатель ОДКБ"], ["Никол Пашинян"]),
]
"""All there are, in the order of first mention. The photographer, Белый дом, Бишкек, ООН (only in `Уставом ООН`) and
the outlet are none.
"""


def test_actors(record: Record) -> None:
    found = [
        (actor["name"], actor["type"], actor["country"], actor["offices"], [m["text"] for m in actor["mentions"]])
        for actor in record["actors"]
    ]
    assert found == ACTORS


def test_actors_are_linked(record: Record) -> None:
    links = {actor["name"]: actor["id"] for actor in record["actors"]}
    assert links == {
        "Кабинет министров Кыргызстана": "kg-cabinet",
        "ОДКБ": "csto",
        "Казахстан": "kaz",
        "Касым-Жомарт Токаев": "kassym-jomart-tokayev",
        "Кыргызстан": "kgz",
        "Садыр Жапаров": "sadyr-japarov",
        "Жогорку Кенеш": "kg-jogorku-kenesh",
        "Армения": "arm",
        "Никол Пашинян": "nikol-pashinyan",
    }


def test_a_generic_word_means_the_body_that_is_named_elsewhere(record: Record) -> None:
    parliament = actor(record, "Жогорку Кенеш")
    first = parliament["mentions"][0]
    assert record["text"][: first["start"]].endswith("инициировал перед ")


CABINET, TOKAYEV = "Кабинет министров Кыргызстана", "Касым-Жомарт Токаев"

QUOTES: list[tuple[str, str, str | None, str]] = [
    # begins, ends, speaker, cue; these stand between marks, the reported ones follow
    ("с болью в сердце", "с болью в сердце", CABINET, "отметили"),
    ("приведшие к человеческим", "материальному ущербу", CABINET, "отметили"),
    ("До последнего момента", "союзнических обязательств ОДКБ", None, "говорится"),
    ("в соответствии с Уставом ОДКБ", "и личных переговорах", CABINET, "отметили"),
    ("При этом, роль войсковой", "обеспечению общественного порядка", None, "подчеркивается"),
    ("отнестись к такому", "пониманием и ответственностью", CABINET, "просит"),
    ("Как близкий сосед", "необходимой мере в рамках ОДКБ", CABINET, "отметили"),  # власти
    ("преодоления террористической угрозы", "преодоления террористической угрозы", TOKAYEV, "попросил"),
    ("террористами", "террористами", TOKAYEV, "назвал"),
    ("будет действовать максимально жестко", "будет действовать максимально жестко", TOKAYEV, "заявил"),
]
REPORTED: list[tuple[str, str, str | None, str]] = [
    ("организация, в которую входит", "миротворческие силы в Казахстан", "Никол Пашинян", "сообщил"),
    ("Кыргызстан готов оказать", "поддержку Казахстану", CABINET, "заявили"),
]


def test_quotes(record: Record) -> None:
    kinds = [quote["kind"] for quote in record["quotes"]]
    assert kinds == ["direct"] * len(QUOTES) + ["indirect"] * len(REPORTED)
    for quote, (begins, ends, speaker, cue) in zip(record["quotes"], QUOTES + REPORTED, strict=True):
        assert quote["text"].startswith(begins)
        assert quote["text"].endswith(ends)
        assert (quote["speaker"], quote["cue"]) == (speaker, cue), quote["text"]
        text = record["text"]
        if quote["kind"] == "direct":
            assert text[quote["start"] - 1] + text[quote["end"]] == "«»", "the marks are not part of the quotation"


def test_every_quotation_mark_of_the_text_is_a_quotations(record: Record) -> None:
    assert record["text"].count("«") == sum(quote["kind"] == "direct" for quote in record["quotes"])


def test_provenance(record: Record) -> None:
    provenance = record["provenance"]
    assert {key: provenance[key] for key in ("raw_path", "raw_sha256", "raw_format", "corrections")} == {
        "raw_path": f"{ID}.txt",
        "raw_sha256": SHA256,
        "raw_format": "flattened",
        "corrections": [],
    }
    assert [(edit["kind"], edit["raw"]) for edit in provenance["edits"]] == [
        ("header", " date 2022-01 "),
        ("whitespace", " "),
        ("whitespace", " "),
        ("whitespace", "\n\n"),
    ]
