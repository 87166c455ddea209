"""Invented articles that the schema accepts, and dataset folders made of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kg_news.build import write_dataset
from kg_news.manifest import Totals
from kg_news.parts import write_part
from kg_news.records import Record, rebuild
from kg_news.tally import tally

OUTLETS = ("ala-too-vestnik", "naryn-press")


def article(number: int = 0, *, quoted: bool = True, **changes: Any) -> Record:
    """An article of an invented outlet about an invented person; `changes` replace whole fields."""
    outlet, month = OUTLETS[number % 2], number % 12 + 1
    text = f"Мэр Алмаз Токобеков открыл школу № {number}. «Ждали её долго», — сказал Токобеков.\nДети рады 🙂."
    name, again, quote = text.index("Алмаз"), text.rindex("Токобеков"), text.index("Ждали")
    path = f"{outlet}/2021-{month:02}/{number:04}"
    record: Record = {
        "id": path,
        "date": f"2021-{month:02}",
        "date_start": f"2021-{month:02}-01",
        "date_end": f"2021-{month:02}-28",
        "date_basis": "header",
        "source": outlet,
        "source_name": "Вестник «Ала-Тоо»" if number % 2 == 0 else "Нарын-пресс",
        "syndicated_from": None,
        "url": None,
        "language": "ru",
        "language_confidence": 1.0,
        "title": None,
        "text": text,
        "photo_credits": [
            {
                "order": 0,
                "marker": "Фото:",
                "credit": "Бурул Асанкызы",
                "creators": ["Бурул Асанкызы"],
                "agencies": [],
                "kind": "unknown",
                "caption": None,
                "block": "Фото: Бурул Асанкызы ",
                "position": text.index("Дети"),
                "raw_start": text.index("Дети") + 1,
                "confidence": 1,
            }
        ],
        "actors": [
            {
                "name": "Алмаз Токобеков",
                "type": "Person",
                "id": None,
                "wikidata": None,
                "country": None,
                "offices": ["мэр"],
                "method": "ner",
                "mentions": [
                    {"start": name, "end": name + 15, "text": "Алмаз Токобеков"},
                    {"start": again, "end": again + 9, "text": "Токобеков"},
                ],
            },
            {
                "name": "школа",
                "type": "Organization",
                "id": "naryn-school",
                "wikidata": "Q123456789",
                "country": "KGZ",
                "offices": [],
                "method": "registry",
                "mentions": [{"start": text.index("школу"), "end": text.index("школу") + 5, "text": "школу"}],
            },
        ],
        "quotes": [
            {
                "text": "Ждали её долго",
                "start": quote,
                "end": quote + 14,
                "kind": "direct",
                "speaker": "Алмаз Токобеков",
                "cue": "сказал",
            }
        ]
        if quoted
        else [],
        "rights": {"license": "NOASSERTION", "holder": None, "evidence_url": None},
        "provenance": {
            "raw_path": f"{path}.txt",
            "raw_sha256": "",
            "raw_format": "flattened",
            "normalizer_version": "0.1.0",
            "corrections": [],
            "edits": [{"raw_start": 0, "raw": " ", "position": 0, "length": 0, "kind": "header"}],
        },
        **changes,
    }
    record["provenance"]["raw_sha256"] = hashlib.sha256(rebuild(record).encode()).hexdigest()
    return record


def articles(count: int) -> list[Record]:
    return [article(number) for number in range(count)]


def make_dataset(folder: Path, records: Sequence[Record], version: str = "0.1.0") -> Path:
    """A complete dataset folder, written as a build writes it."""
    inputs = {f"raw/{record['provenance']['raw_path']}": record["provenance"]["raw_sha256"] for record in records}
    totals = Totals(read=len(records), written=len(records), rejected=0, duplicates=0)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as part:
        write_part(sorted(records, key=lambda record: str(record["id"])), Path(part))
        write_dataset([Path(part)], folder, version=version, tally=tally(records), inputs=inputs, totals=totals)
    return folder
