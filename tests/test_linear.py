"""The work grows no faster than the text, whatever the text: a line of some megabytes must not hang a build.

Work is counted in calls, so that a slow machine changes nothing: twice the text may take little more than twice the
calls. What C code does within one call (a regular expression, a slice) is not in that count; for that, texts that are
far too long for anything quadratic are run to their end.
"""

from __future__ import annotations

import io
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import unwrap
from types import FrameType
from typing import Any

import pytest

from kg_news.doc import Doc, knowledge
from kg_news.errors import InputError
from kg_news.read import read_stream
from kg_news.records import Actor, Mention, Span
from kg_news.views import declension, names
from kg_news.views.bodies import Bodies, Body
from kg_news.views.layout import lay_out
from kg_news.views.names import NameMention, persons
from kg_news.views.offices import offices_after, offices_before
from kg_news.views.photo_blocks import photo_blocks
from kg_news.views.quotes import quoted_spans, quotes
from kg_news.views.recall import recalled
from kg_news.views.sentences import sentences
from kg_news.views.tokens import TokenIndex, tokens
from reading import raw_article, shipped_registry

KNOWN = knowledge(shipped_registry())
SPEECH = KNOWN.speech["ru"]
WORDS = KNOWN.actors.titles

UNITS = {
    "words": "слово за словом ",
    "one word": "а",
    "letters and dashes": "а-",
    "letters and slashes": "а/",
    "spaces": " ",
    "newlines": "\n",
    "full stops": ".",
    "full stops and spaces": ". ",
    "sentences": "Он ушёл. ",
    "initials": "А. Б. ",
    "numbers": "1. ",
    "lines of full stops": ".\n",
    "brackets": "(а) ",
    "closing brackets": ") ",
    "quotations": "«а» ",
    "opening marks": "«",
    "closing marks": "»",
    "marks in turn": "«“",
    "photos": "Фото: Клооп ",
    "photo markers alone": "Фото: ",
    "photo words": "Фото ",
    "photos of nothing": ". Фото «",
    "photos and captions": "Зал совета. Фото: Улан Сынаков / «Зорька» ",
    "credits": "Фото: Улан Сынаков / «Зорька» ",
    "credits of bodies": "Фото: пресс-служба мэрии Оша Суд вернул дело. ",
    "quoted credits": "Фото: «Зорька» ",
    "credits of slashes": "Фото: А/Б/В/",
    "capitals": "Аб Вг ",
    "slashes": "/",
    "long credits": "Фото: Улан, Бурул, Асан и Анна, ",
    "speech": "Асан Примеров сказал, что «да, это так», и ушёл ",
    "offices": "министр глава депутат ",
    "bodies": "министерство Кыргызстана ",
    "accents": "и\u0306",
    "carriage returns": "\r",
}


def calls(act: Callable[[], Any]) -> int:
    """How many functions are called, in Python and in C, until `act` is done."""
    count = 0

    def counted(_: FrameType, event: str, __: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


@contextmanager
def not_for_ever() -> Iterator[None]:
    """Break off after a minute of computing: a hundred times what is needed."""

    def stop(_: int, __: FrameType | None) -> None:
        raise AssertionError("this would hang")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 60)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def text_of(unit: str, size: int) -> str:
    return (UNITS[unit] * (size // len(UNITS[unit]) + 1))[:size]


def everything(text: str) -> None:
    """All views but the entity model."""
    blocks = photo_blocks(text, 0, KNOWN.photo)
    layout = lay_out(text, None, [block.span for block in blocks])
    found, spans = tokens(layout.text), sentences(layout.text)
    matches = KNOWN.gazetteers["ru"].matches(TokenIndex(found, ()))
    words = [token for token in found if token.is_word][::7]
    actors = [
        Actor(word.text, "Person", None, None, None, (), "ner", (Mention(word.start, word.end, word.text),))
        for word in words
    ]
    quotes(layout.text, found, spans, actors, SPEECH)
    for at in range(0, len(found), 5):
        offices_before(found, at, WORDS, 0)
        offices_after(found, at, WORDS, len(found))
    bodies = Bodies([Body(Span(match.start, match.end), match.first, match.actors, match.generic) for match in matches])
    for token in found:
        bodies.overlap(token.start, token.end)


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_twice_the_work(unit: str) -> None:
    size = 4_000
    once, twice = text_of(unit, size), text_of(unit, 2 * size)
    everything(twice)  # the dictionaries' answers are kept: the first time is not like the others
    assert calls(lambda: everything(twice)) < 2.4 * calls(lambda: everything(once)) + 1000


@pytest.mark.parametrize("unit", ["spaces", "newlines", "one word", "opening marks", "carriage returns", "words"])
def test_a_long_line_comes_to_an_end(unit: str) -> None:
    text = text_of(unit, 1_000_000)
    with not_for_ever():
        photo_blocks(text, 0, KNOWN.photo)
        quoted_spans(text)
        lay_out(text, None, [])
        found = tokens(text[:100_000])
        sentences(text)
        KNOWN.gazetteers["ru"].matches(TokenIndex(found, ()))


@pytest.mark.parametrize("unit", ["capitals", "slashes", "photo markers alone"])
def test_photos_are_looked_for_in_a_line_of_ten_megabytes(unit: str) -> None:
    text = text_of(unit, 5_000_000 if unit != "slashes" else 10_000_000)  # two bytes a Cyrillic letter
    with not_for_ever():
        assert len(photo_blocks(text, 0, KNOWN.photo)) < 2


def test_ten_million_line_ends_are_not_read_one_by_one() -> None:
    stream = io.BytesIO(b"\n" * 10_000_000)
    found: list[Any] = []
    assert calls(lambda: found.extend(read_stream(stream, "x/y.txt"))) < 1000
    (error,) = found
    assert isinstance(error, InputError)
    assert error.issues[0].code == "blank-file"


def spelled(number: int) -> str:
    """A made-up surname, another one for each number."""
    return "Б" + "".join("аеиоуыэюяё"[int(digit)] + "бвгджзклмн"[int(digit)] for digit in str(number)) + "ов"


NAMES: dict[str, Callable[[int], tuple[str, ...]]] = {
    "one person": lambda _: ("Асан", "Примеров"),
    "one surname": lambda _: ("Примерова",),
    "everybody another": lambda at: (spelled(at), "Примеров"),
    "a surname between namesakes": lambda at: ("Примерову",) if at % 2 else (spelled(at), "Примеров"),
    "initials": lambda at: (f"{'АБВГД'[at % 5]}.", spelled(at)),
    "many words": lambda at: ("Асан", "Анна", "Тимур", "Бурул", "Примерова", "Асана", spelled(at)),
}


@pytest.mark.parametrize("kind", NAMES)
def test_twice_the_names_are_twice_the_work(kind: str) -> None:
    def mentions(count: int) -> list[NameMention]:
        return [NameMention(40 * at, 40 * at + 9, NAMES[kind](at)) for at in range(count)]

    once, twice = mentions(300), mentions(600)
    persons(twice)
    assert calls(lambda: persons(twice)) < 2.6 * calls(lambda: persons(once)) + 1000


ARTICLES = [
    ("ru", "Министр финансов Асан Примеров сказал, что «денег нет». В «Зорьке» и Минфине Казахстана спорили. "),
    ("ru", "Россия и Казахстан договорились. Источник Асан Примеров сообщил газете «Голос». "),
    ("ru", "Фонд горных троп (ФГТ) молчит, Игорь Петрович пришёл. Министерство ждёт, заявил фонд. "),
    ("ru", "По его словам, полиция и МВД Казахстана ждут. Президент Болот Тестов заявил: «Да». "),
    ("ky", "Кыргызстандын президенти Асан Примеров Ошко барды. «Жакшы», — деди ал. "),
]


@pytest.mark.parametrize(("language", "sentences"), ARTICLES)
def test_twice_the_article_is_twice_the_work_with_the_entity_model(language: str, sentences: str) -> None:
    def article(count: int) -> Doc:
        made = Doc(raw_article(sentences * count, language=language), shipped_registry())
        _ = made.tokens, made.sentences, made.entities, made.matches
        return made

    def work(count: int) -> int:
        made = article(count)
        return calls(lambda: (made.actors, made.quotes))

    assert len(article(400).actors) >= 2  # and the dictionary's answers are kept from now on
    assert work(800) < 2.2 * work(400)


def test_each_name_is_worked_out_once_in_an_article_however_many_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """With caches of ten entries instead of some thousands, which an article of some hundred kilobytes fills."""
    asked: Counter[Any] = Counter()

    def counted(work: Callable[[Any], Any]) -> Callable[[Any], Any]:
        @wraps(work)
        def count(key: Any) -> Any:
            asked[key] += 1
            return work(key)

        return recalled(10)(count)

    for kept in (names.readings, declension.word_readings):
        small = counted(unwrap(kept))
        for module in [module for name, module in sys.modules.items() if name.startswith("kg_news.views.")]:
            for attribute in [name for name, value in vars(module).items() if value is kept]:
                monkeypatch.setattr(module, attribute, small)
    text = "".join(f"Асан {spelled(number)} ушёл. " for number in range(60))
    article = Doc(raw_article(text, language="ru"), shipped_registry())
    assert len(article.actors) > 50
    assert len(asked) > 100
    assert set(asked.values()) == {1}


EACH_ANOTHER = [
    ("turkic_names", "kk", "Асан {} келді. "),
    ("drafts", "ru", "ОсОО «{}» и "),
    ("office_mentions", "ru", "Министр Асан {} спорил. Министр ушёл. "),
]


@pytest.mark.parametrize(("module", "language", "sentence"), EACH_ANOTHER)
def test_twice_as_many_names_are_twice_the_work(module: str, language: str, sentence: str) -> None:
    """Loops within one function, of which calls count the first round only: counted are the lines that are run."""

    def lines(count: int) -> int:
        text = "".join(sentence.format(spelled(number)) for number in range(count))
        article, run = Doc(raw_article(text, language=language), shipped_registry()), 0
        _ = article.tokens, article.sentences, article.entities, article.matches

        def counted(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal run
            run += event == "line"
            return counted if frame.f_code.co_filename.endswith(f"views/{module}.py") else None

        sys.settrace(counted)
        try:
            assert article.actors
        finally:
            sys.settrace(None)
        return run

    lines(300)  # the dictionary's answers are kept
    assert lines(300) < 2.2 * lines(150)
