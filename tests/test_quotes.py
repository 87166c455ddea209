"""Who says what: one text a row, with the quotations, their speakers and the words that introduce them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg_news.records import Actor, Mention
from kg_news.views.quotes import quoted_spans
from kg_news.views.turkic_quotes import turkic_quotes
from reading import doc

QUOTES = [
    # text, [(quotation, speaker, cue)]
    (
        "«Школу откроют», — сказал Асан Примеров.",
        [("Школу откроют", "Асан Примеров", "сказал")],
    ),
    (
        "«Школу откроют!» — пообещала Бурул Образцова журналистам.",
        [("Школу откроют!", "Бурул Образцова", "пообещала")],
    ),
    (
        "Асан Примеров сказал: «Школу откроют».",
        [("Школу откроют", "Асан Примеров", "сказал")],
    ),
    (
        "Асан Примеров заявил, что «школу откроют в мае», а Бурул Образцова возразила, что «денег нет».",
        [("школу откроют в мае", "Асан Примеров", "заявил"), ("денег нет", "Бурул Образцова", "возразила")],
    ),
    (
        "В МЧС Кыргызстана отметили, что «дорога закрыта».",
        [("дорога закрыта", "Министерство чрезвычайных ситуаций Кыргызстана", "отметили")],
    ),
    (
        "ГКНБ Кыргызстана заявил, что «следствие идёт».",
        [("следствие идёт", "Государственный комитет национальной безопасности Кыргызстана", "заявил")],
    ),
    (
        "Асан Примеров назвал решение «ошибкой».",
        [("ошибкой", "Асан Примеров", "назвал")],
    ),
    # Nobody is named who can have said it.
    ("«Дорога закрыта», — говорится в сообщении.", [("Дорога закрыта", None, "говорится")]),
    ("«Дорога закрыта», — сказали Асану Примерову.", [("Дорога закрыта", None, "сказали")]),
    ("Представитель ГКНБ заявил, что «следствие идёт».", [("следствие идёт", None, "заявил")]),
    ("Мать Асана Примерова сказала, что «ждёт сына».", [("ждёт сына", None, "сказала")]),
    ("Он добавил: «Скоро».", [("Скоро", None, "добавил")]),
    # The nearest who can be the subject, and no other.
    (
        "Асан Примеров встретил Бурул Образцову и сказал, что «рад».",
        [("рад", "Асан Примеров", "сказал")],
    ),
    (
        "Асан Примеров встретил Бурул Образцову и сказал, что «очень рад».",
        [("очень рад", "Асан Примеров", "сказал")],
    ),
    (
        "Асан Примеров, глава компании «Зорька», сказал: «Школу откроют».",
        [("Школу откроют", "Асан Примеров", "сказал")],
    ),
    (
        "Анна Образцова встретила Асана Примерова и сказала ему, что «школу откроют».",
        [("школу откроют", "Анна Образцова", "сказала")],
    ),
    (
        "Асан Примеров сказал: «Ждём». «Да», — ответила Бурул Образцова.",
        [("Ждём", "Асан Примеров", "сказал"), ("Да", "Бурул Образцова", "ответила")],
    ),
    # е for ё in one of the forms.
    ("«Ждём», — сказал Пётр Сынаков. Петра Сынакова поняли.", [("Ждём", "Пётр Сынаков", "сказал")]),
    # Marks within marks, and other marks.
    (
        "«Читайте “Зорьку” чаще», — сказал Асан Примеров.",
        [("Читайте “Зорьку” чаще", "Асан Примеров", "сказал")],
    ),
    ("“Ждём”, — сказал Асан Примеров.", [("Ждём", "Асан Примеров", "сказал")]),
    (
        "„Ждём“, — сказал Асан Примеров. Он добавил: «Скоро».",
        [("Ждём", "Асан Примеров", "сказал"), ("Скоро", "Асан Примеров", "добавил")],
    ),
    ("Забытый «знак. «Ждём», — сказал Асан Примеров.", [("Ждём", "Асан Примеров", "сказал")]),
    # A dash of any length, a line break behind it.
    ("«Ждём», - сказал Асан Примеров.", [("Ждём", "Асан Примеров", "сказал")]),
    ("«Ждём» – сказал Асан Примеров.", [("Ждём", "Асан Примеров", "сказал")]),
    # Names and titles are not said.
    ("Фильм «Зорька» сняли в долине.", []),
    ("Асан Примеров сказал это газете «Зорька».", []),
    ("Асан Примеров сообщил, что партия «Зорька» победила.", []),
    ("Завод «Зорька» — крупный.", []),
    ("Книгу «Сказал и сделал» продали.", []),
    ("Слова «ждём», «скоро» и «нет» есть в словаре.", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTES, ids=[row[0][:60] for row in QUOTES])
def test_quotes(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    article = doc(text)
    assert [(quote.text, quote.speaker, quote.cue) for quote in article.quotes if quote.kind == "direct"] == expected
    assert all(article.text[quote.start : quote.end] == quote.text for quote in article.quotes)


MORE = [
    # text, [(kind, quotation, speaker, cue)]
    # Behind a dash, at a line's start or in flattened text; each part of what the reporting words cut is one.
    (
        "— Дорога закрыта, — сказал Асан Примеров. — Ждите до утра.",
        [
            ("direct", "Дорога закрыта", "Асан Примеров", "сказал"),
            ("direct", "Ждите до утра", "Асан Примеров", "сказал"),
        ],
    ),
    (
        "Мост закрыли. — Ждём денег, — сказал Асан Примеров. Мост старый.",
        [("direct", "Ждём денег", "Асан Примеров", "сказал")],
    ),
    (
        "«Ждём, — сказал Асан Примеров. — Дорога закрыта».",
        [("direct", "Ждём", "Асан Примеров", "сказал"), ("direct", "Дорога закрыта", "Асан Примеров", "сказал")],
    ),
    ("Бишкек — Ош, — новый рейс.", []),
    # One mark closes both.
    ("«Я читаю «Зорьку», — сказал Асан Примеров.", [("direct", "Я читаю «Зорьку", "Асан Примеров", "сказал")]),
    # Behind the mark of a whole sentence any verb reports.
    ("«Ждём», — усмехнулся Асан Примеров.", [("direct", "Ждём", "Асан Примеров", "усмехнулся")]),
    ("Газета «Зорька» — выросла.", []),
    # Reported.
    (
        "Асан Примеров заявил, что школу откроют.",
        [("indirect", "школу откроют", "Асан Примеров", "заявил")],
    ),
    ("Асан Примеров не сказал, что школу откроют.", []),
    ("Асан Примеров знал, что школу откроют.", []),
    (
        "По словам Бурул Образцовой, денег нет.",
        [("indirect", "денег нет", "Бурул Образцова", "словам")],
    ),
    (
        "Дорогу, по словам Асана Примерова, откроют. Асан Примеров уехал.",
        [("indirect", "откроют", "Асан Примеров", "словам")],
    ),
    (
        "Как сообщили в МЧС Кыргызстана, дорога закрыта.",
        [("indirect", "дорога закрыта", "Министерство чрезвычайных ситуаций Кыргызстана", "сообщили")],
    ),
    (
        "Дорога закрыта, сообщили в МЧС Кыргызстана.",
        [("indirect", "Дорога закрыта", "Министерство чрезвычайных ситуаций Кыргызстана", "сообщили")],
    ),
    ("Асан Примеров приехал, сказал и уехал.", []),
    (
        "Асан Примеров сообщил, что дорога закрыта, и попросил «ждать до утра».",
        [
            ("indirect", "дорога закрыта", "Асан Примеров", "сообщил"),
            ("direct", "ждать до утра", "Асан Примеров", "попросил"),
        ],
    ),
    # Where a part of what is reported stands between marks, that part is the quotation.
    ("Асан Примеров сказал, что дорога «закрыта на ночь».", [("direct", "закрыта на ночь", "Асан Примеров", "сказал")]),
    # What is reported within direct speech is a part of it, in whichever of its sentences.
    (
        "«Ждём. Примеров сказал, что дорога закрыта. Скоро», — ответил Улан Тестов.",
        [("direct", "Ждём. Примеров сказал, что дорога закрыта. Скоро", "Улан Тестов", "ответил")],
    ),
    # Who is meant: an office's holder, a body named before, a pronoun.
    (
        "Приехал министр Асан Примеров. «Ждём», — сказал министр.",
        [("direct", "Ждём", "Асан Примеров", "сказал")],
    ),
    (
        "МЧС Кыргызстана закрыло дорогу. «Ждём», — сказали в ведомстве.",
        [("direct", "Ждём", "Министерство чрезвычайных ситуаций Кыргызстана", "сказали")],
    ),
    (
        "Приехала Бурул Образцова. Её встретил Асан Примеров. По ее словам, денег нет.",
        [("indirect", "денег нет", "Бурул Образцова", "словам")],
    ),
    ("Приехали Асан Примеров и Улан Тестов. «Ждём», — сказал он.", [("direct", "Ждём", None, "сказал")]),
    # A noun for holders of several offices.
    (
        "Приехал посол Германии Асан Примеров. «Ждём», — отметил дипломат.",
        [("direct", "Ждём", "Асан Примеров", "отметил")],
    ),
    ("Приехал тренер Асан Примеров. «Ждём», — отметил дипломат.", [("direct", "Ждём", None, "отметил")]),
    # A body by the noun in its name, in a short name too.
    (
        "Минэнерго ждёт. Счетная палата молчит. «Ждём», — сказали в министерстве.",
        [("direct", "Ждём", "Минэнерго", "сказали")],
    ),
    (
        "Нацбанк Абхазии ждёт. Полиция Абхазии молчит. «Ждём», — сказали в банке.",
        [("direct", "Ждём", "Нацбанк Абхазии", "сказали")],
    ),
    # Who is named within the words that are quoted does not say them.
    (
        "Партия «Зорька» ждёт. «Партия «Кедр» молчит», — пишет партия.",
        [("direct", "Партия «Кедр» молчит", "Партия «Зорька»", "пишет")],
    ),
    (
        "Приехал Улан Тестов. «Асан Примеров молчит», — сказал он.",
        [("direct", "Асан Примеров молчит", "Улан Тестов", "сказал")],
    ),
    ("«Ждём», — сказал местный житель.", [("direct", "Ждём", None, "сказал")]),
]


@pytest.mark.parametrize(("text", "expected"), MORE, ids=[row[0][:60] for row in MORE])
def test_speech_of_both_kinds(text: str, expected: list[tuple[str, str, str | None, str]]) -> None:
    article = doc(text)
    assert [(quote.kind, quote.text, quote.speaker, quote.cue) for quote in article.quotes] == expected
    assert all(article.text[quote.start : quote.end] == quote.text for quote in article.quotes)


TURKIC = [
    # language, text, the actor in it, [(kind, quotation, speaker, cue)]
    ("ky", "«Жол жабык», — деди Асан Примеров.", [("direct", "Жол жабык", "Асан Примеров", "деди")]),
    ("ky", "Асан Примеров мындай деди: «Жол жабык».", [("direct", "Жол жабык", "Асан Примеров", "деди")]),
    ("ky", "Асан Примеров келди. «Жол жабык», — деди ал.", [("direct", "Жол жабык", "Асан Примеров", "деди")]),
    ("ky", "Асан Примеровдун айтымында, жол жабык.", [("indirect", "жол жабык", "Асан Примеров", "айтымында")]),
    ("ky", "Асан Примеров жол жабык деп билдирди.", [("indirect", "жол жабык", "Асан Примеров", "билдирди")]),
    ("ky", "Асан Примеров «Зорька» гезитин окуйт.", []),
    # The holder of an office, in whatever case.
    (
        "ky",
        "Министр Асан Примеров келди. «Жол жабык», — деди министр.",
        [("direct", "Жол жабык", "Асан Примеров", "деди")],
    ),
    (
        "ky",
        "Министр Асан Примеров келди. Министрдин айтымында, жол жабык.",
        [("indirect", "жол жабык", "Асан Примеров", "айтымында")],
    ),
    ("ky", "Министр Асан Примеров келди. «Жол жабык», — деди балдар.", [("direct", "Жол жабык", None, "деди")]),
    # What leads to direct speech is not reported.
    ("ky", "Асан Примеров мындай деп жооп берди: «Жол жабык».", [("direct", "Жол жабык", "Асан Примеров", "жооп")]),
    ("kk", "«Жол жабық», — деп мәлімдеді Асан Примеров.", [("direct", "Жол жабық", "Асан Примеров", "мәлімдеді")]),
    ("kk", "Асан Примеровтың айтуынша, жол жабық.", [("indirect", "жол жабық", "Асан Примеров", "айтуынша")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), TURKIC, ids=[row[1][:60] for row in TURKIC])
def test_kyrgyz_and_kazakh(language: str, text: str, expected: list[tuple[str, str, str | None, str]]) -> None:
    """The actor is given: who is named in these languages is another view's matter."""
    start = text.index("Асан")
    mention = Mention(start, start + 13, text[start : start + 13])
    offices = ("министр",) if "инистр" in text else ()
    actor = Actor("Асан Примеров", "Person", None, None, None, offices, "ner", (mention,))
    article = doc(text, language=language)
    terms = article.known.speech[language]
    found = turkic_quotes(text, article.tokens, article.sentences, [actor], terms)
    assert [(quote.kind, quote.text, quote.speaker, quote.cue) for quote in found] == expected


def test_a_body_in_the_genitive_does_not_speak() -> None:
    text = "Өкмөттүн башчысы жол жабык деп билдирди."
    article = doc(text, language="ky")
    mention = Mention(0, 8, "Өкмөттүн")
    actor = Actor("Өкмөт", "PublicBody", None, None, None, (), "registry", (mention,))
    assert not turkic_quotes(text, article.tokens, article.sentences, [actor], article.known.speech["ky"])


PIECES = st.sampled_from(["«", "»", "— ", ", ", ". ", "\n", "сказал ", "что ", "Асан Примеров ", "по словам ", "ждём "])


@given(st.lists(PIECES, max_size=30).map("".join).filter(str.strip))
def test_quotations_are_disjoint_and_in_order(text: str) -> None:
    end = 0
    for quote in doc(text).quotes:
        assert end <= quote.start < quote.end
        end = quote.end


def test_a_cue_far_before_is_none() -> None:
    near = "Асан Примеров сказал " + "очень " * 60 + ", что «школу откроют»."
    far = near.replace("очень " * 60, "очень " * 200)
    assert len(doc(near).quotes) == 1
    assert doc(far).quotes == ()


def test_other_languages_have_no_cues() -> None:
    assert doc("«Ждём», — сказал Асан Примеров.", language="ky").quotes == ()
    assert doc("«Ждём», — сказал Асан Примеров.", language="tg").quotes == ()


SPANS = [
    ("«а»", ["а"]),
    ("«а» “б” „в“ „г”", ["а", "б", "в", "г"]),
    ("«а “б” в»", ["а “б” в"]),
    ("«а «б» в»", ["а «б» в"]),
    ("„а «б» в“", ["а «б» в"]),
    ("«а „б“ в» “г”", ["а „б“ в", "г"]),
    ("«а", []),
    ("а»", []),
    ("«а «б»", ["б"]),
    ("«а» б»", ["а"]),
    ("“а «б»", ["б"]),
    ("«а “б»", ["а “б"]),
    ("«а ”б»", ["а ”б"]),
    ("«»", []),
    ("“а“ «б»", ["б"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "inside"), SPANS)
def test_quoted_spans(text: str, inside: list[str]) -> None:
    assert [text[slice(*span)] for span in quoted_spans(text)] == inside


@given(st.text(alphabet=st.sampled_from(list("«»“”„аб ")), max_size=24))
@example("«“»”")
def test_spans_are_disjoint_in_order_and_between_marks(text: str) -> None:
    end = 0
    for span in quoted_spans(text):
        assert end < span.start < span.end < len(text)
        assert text[span.start - 1] + text[span.end] in {"«»", "“”", "„“", "„”"}
        end = span.end
