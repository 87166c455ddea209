"""The five tables: what stands in each, and that its schema says so."""

from __future__ import annotations

import jsonschema
import pytest

from dataset import article, articles
from kg_news.schema import load_schema
from kg_news.tables import CONFIGS, config_schema, rows

ID = "ala-too-vestnik/2021-01/0000"


def test_articles_are_themselves() -> None:
    records = articles(3)
    assert list(rows("articles", records)) == records
    assert config_schema("articles") == load_schema("article")


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (
            "actors",
            [
                {
                    "id": ID,
                    "order": 0,
                    "name": "Алмаз Токобеков",
                    "type": "Person",
                    "actor_id": None,
                    "wikidata": None,
                    "country": None,
                    "offices": ["мэр"],
                    "method": "ner",
                },
                {
                    "id": ID,
                    "order": 1,
                    "name": "школа",
                    "type": "Organization",
                    "actor_id": "naryn-school",
                    "wikidata": "Q123456789",
                    "country": "KGZ",
                    "offices": [],
                    "method": "registry",
                },
            ],
        ),
        (
            "mentions",
            [
                {
                    "id": ID,
                    "actor_order": 0,
                    "actor": "Алмаз Токобеков",
                    "actor_type": "Person",
                    "start": 4,
                    "end": 19,
                    "text": "Алмаз Токобеков",
                },
                {
                    "id": ID,
                    "actor_order": 0,
                    "actor": "Алмаз Токобеков",
                    "actor_type": "Person",
                    "start": 65,
                    "end": 74,
                    "text": "Токобеков",
                },
                {
                    "id": ID,
                    "actor_order": 1,
                    "actor": "школа",
                    "actor_type": "Organization",
                    "start": 27,
                    "end": 32,
                    "text": "школу",
                },
            ],
        ),
        (
            "quotes",
            [
                {
                    "id": ID,
                    "order": 0,
                    "text": "Ждали её долго",
                    "start": 39,
                    "end": 53,
                    "kind": "direct",
                    "speaker": "Алмаз Токобеков",
                    "cue": "сказал",
                }
            ],
        ),
        ("photo_credits", [{"id": ID, **article()["photo_credits"][0]}]),
    ],
)
def test_rows(config: str, expected: list[dict[str, object]]) -> None:
    assert list(rows(config, [article()])) == expected


@pytest.mark.parametrize("config", CONFIGS)
def test_schema_fits_the_rows_exactly(config: str) -> None:
    schema = config_schema(config)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for row in rows(config, articles(4)):
        validator.validate(row)
        assert list(row) == list(schema["properties"])
        assert not validator.is_valid({**row, "extra": 1})
        for name in row:
            assert not validator.is_valid({key: value for key, value in row.items() if key != name})


@pytest.mark.parametrize("config", CONFIGS)
def test_every_field_is_described(config: str) -> None:
    schema = config_schema(config)
    assert schema["title"]
    assert schema["description"]
    for field in schema["properties"].values():
        assert field["description"]
        assert field["examples"]


def test_a_field_new_to_the_article_turns_up() -> None:
    article_schema = load_schema("article")["properties"]
    assert set(config_schema("quotes")["properties"]) == {
        "id",
        "order",
        *article_schema["quotes"]["items"]["properties"],
    }
    longer = article()
    longer["quotes"][0]["tone"] = "calm"
    assert next(rows("quotes", [longer]))["tone"] == "calm"


def test_a_schema_is_the_callers_own() -> None:
    config_schema("actors")["properties"].clear()
    assert config_schema("actors")["properties"]
    config_schema("articles")["properties"].clear()
    assert load_schema("article")["properties"]


@pytest.mark.parametrize("ask", [config_schema, lambda name: rows(name, [])])
def test_unknown_config(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(KeyError, match="authors"):
        ask("authors")
