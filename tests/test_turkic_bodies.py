"""Bodies in Kyrgyz and Kazakh that the registry lacks: one text a row, with the actors that are no states."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg_news.views.turkic_bodies import BodyNouns
from reading import doc

ROWS = [
    # language, text, {name: (type, mentions)}
    (
        "ky",
        "Нарын облусунун администрациясы жол курат. Администрация муну кечээ билдирди.",
        {"Нарын облусунун администрациясы": ("PublicBody", ["Нарын облусунун администрациясы", "Администрация"])},
    ),
    # In any case; the name is in the nominative.
    (
        "ky",
        "Иш Талас райондук сотунда каралды.",
        {"Талас райондук соту": ("PublicBody", ["Талас райондук сотунда"])},
    ),
    # A state in the name is no actor of its own.
    (
        "kk",
        "Қазақстан шаңғы федерациясы жарыс өткізеді.",
        {"Қазақстан шаңғы федерациясы": ("Organization", ["Қазақстан шаңғы федерациясы"])},
    ),
    (
        "ky",
        "Эл Кыргызстандын Орусиядагы элчилигине барды.",
        {"Кыргызстандын Орусиядагы элчилиги": ("PublicBody", ["Кыргызстандын Орусиядагы элчилигине"])},
    ),
    ("kk", "Қазақстанның бас мешіті ашылды.", {}),
    # Words without a capital belong to it, an object of theirs too, and a word that hangs on the verb does not.
    (
        "ky",
        "Депутат жаңы Балдарды коргоо департаментин сындады.",
        {"Балдарды коргоо департаменти": ("PublicBody", ["Балдарды коргоо департаментин"])},
    ),
    (
        "kk",
        "Маман Таразда Өзен суын қорғау агенттігін мақтады.",
        {"Өзен суын қорғау агенттігі": ("PublicBody", ["Өзен суын қорғау агенттігін"])},
    ),
    ("ky", "Окуучулар Таласта жаңы китепканасын ачты.", {}),
    ("ky", "Шаардын мэриясы жабылды.", {}),
    # A name between quotation marks comes again without its noun, between which and the name words may stand.
    (
        "ky",
        "«Ак-Зордун» ЖЧК мектеп салды. «Ак-Зордун» жооп берген жок.",
        {"«Ак-Зордун» ЖЧК": ("Company", ["«Ак-Зордун» ЖЧК", "Ак-Зордун"])},
    ),
    ("kk", "«Мейірсын» қоғамдық қоры көмектесті.", {"Мейірсын": ("Organization", ["Мейірсын"])}),
    # A school has its name by its number, or by whom it is called after.
    ("ky", "Кечээ № 5 мектептин чатыры кулады.", {"№ 5 мектеп": ("Organization", ["№ 5 мектептин"])}),
    (
        "kk",
        "Асан Үлгіев атындағы гимназия жабылды.",
        {"Асан Үлгіев атындағы гимназия": ("Organization", ["Асан Үлгіев атындағы гимназия"])},
    ),
    # A village's government is not the state's.
    ("ky", "Үлгү-Бел айыл өкмөтү жер бөлдү.", {"Үлгү-Бел айыл өкмөтү": ("PublicBody", ["Үлгү-Бел айыл өкмөтү"])}),
    # The word that begins the sentence.
    ("ky", "Кечээ Арча университети ачылды.", {"Арча университети": ("Organization", ["Арча университети"])}),
    # Of a press service the body alone is one, as a person is a part of the name of what is called by him.
    (
        "ky",
        "Талас шаардык мэриясынын басма сөз кызматы билдирди.",
        {"Талас шаардык мэриясы": ("PublicBody", ["Талас шаардык мэриясынын"])},
    ),
    (
        "ky",
        "Асан Примеров атындагы китепканасы жабылды.",
        {"Асан Примеров атындагы китепканасы": ("PublicBody", ["Асан Примеров атындагы китепканасы"])},
    ),
    # Between quotation marks, with a legal form.
    ("ky", "«Ак Зорька» ишканасы сүт сатат.", {"Ак Зорька": ("Company", ["Ак Зорька"])}),
    ("kk", "«Ақ Зорька» ЖШС сүт сатады.", {"«Ақ Зорька» ЖШС": ("Company", ["«Ақ Зорька» ЖШС"])}),
    ("ky", "«Ак Зорька» тасмасы көрсөтүлдү.", {}),
    # The noun by itself means the body that was named last, and nothing where none was.
    ("ky", "Сот өкүм чыгарды.", {}),
    (
        "kk",
        "Шөл аудандық соты ашылды. Көл аудандық соты жабылды. Қала тыныш, сот үнсіз.",
        {
            "Шөл аудандық соты": ("PublicBody", ["Шөл аудандық соты"]),
            "Көл аудандық соты": ("PublicBody", ["Көл аудандық соты", "сот"]),
        },
    ),
    # Where something is, a participle and a word that only points belong to no name.
    (
        "kk",
        "Өңірдегі балаларды қорғау департаменті, біздің Су қорғау агенттігі тексерді.",
        {"Су қорғау агенттігі": ("PublicBody", ["Су қорғау агенттігі"])},
    ),
    (
        "kk",
        "Жануарларды қорғайтын «Бардо қорының» өкілі келді.",
        {"Бардо қоры": ("Organization", ["Бардо қорының"])},
    ),
    # A noun that is nobody's names a body with an adjective before it, where a capital tells.
    (
        "kk",
        "Жиынды Үлгілік су саясаты жөніндегі ұлттық комиссияның мүшелері өткізді.",
        {
            "Үлгілік су саясаты жөніндегі ұлттық комиссия": (
                "PublicBody",
                ["Үлгілік су саясаты жөніндегі ұлттық комиссияның"],
            )
        },
    ),
    ("kk", "Арнайы комиссия жиналды. Бүгін арнайы комиссия тарады.", {}),
    # A capital at the beginning of the sentence tells no name before such nouns, unless it is a town's.
    ("ky", "Өрт өчүрүү кызматы келди. Шаар мектеби жабылды.", {}),
    ("kk", "Құрылыс компаниясы жұмысын тоқтатты.", {}),
    (
        "kk",
        "Тараз аудармашылар мектебі ашылды.",
        {"Тараз аудармашылар мектебі": ("Organization", ["Тараз аудармашылар мектебі"])},
    ),
    # What goes on between the marks is a title.
    ("kk", "Ол «Үлгілі қызметі үшін» медалін алды.", {}),
    # Some nouns tell a body with a name between marks alone.
    ("kk", "«Көктем» арнасы ашылды. Қала арнасы жабылды.", {"Көктем": ("Organization", ["Көктем"])}),
    (
        "kk",
        "«Көктем» кәсіпкерлікті дамыту қоры ашылды.",
        {"Көктем": ("Organization", ["Көктем"])},
    ),
    # An outlet's name, and names that are made as those of companies are.
    ("kk", "Бұл туралы «Курсивке» айтты.", {"Курсив": ("Organization", ["Курсивке"])}),
    (
        "kk",
        "«ЖолТас» пен «Көктем банк» несие алды, ҚазҮҮУдың студенті келді.",
        {
            "ЖолТас": ("Company", ["ЖолТас"]),
            "Көктем банк": ("Company", ["Көктем банк"]),
            "ҚазҮҮУ": ("Organization", ["ҚазҮҮУдың"]),
        },
    ),
    # Latin words stand together.
    (
        "kk",
        "Мемлекет басшысы Example Media компаниясын аралады.",
        {"Example Media": ("Company", ["Example Media"])},
    ),
    ("kk", "СНГ елдері келісті.", {"ТМД": ("Organization", ["СНГ"])}),
]

STATES = [
    # language, text, the states' mentions
    (
        "kk",
        "Қазақстанымыздың атын қорғады, Ресейдегі, Америкадағы отандастар.",
        ["Қазақстанымыздың", "Ресейдегі", "Америкадағы"],
    ),
    ("ky", "Кыргызстаныбызды, Россиядагы мекендештерди ойлойт.", ["Кыргызстаныбызды", "Россиядагы"]),
    ("kk", "Батыс Қазақстан облысы, Латын Америкасы, Оңтүстік Корея.", ["Оңтүстік Корея"]),
    ("kk", "«Үлгілі Қазақстан» жобасы. «Қазақстанға барамыз», — деді.", ["Қазақстанға"]),
    ("ky", "Жапониялык ишкер, ирактык ишкер, чилилик ишкер.", ["Жапониялык", "ирактык", "чилилик"]),
    ("kk", "Жапониялық кәсіпкер, ирактық кәсіпкер, швециялық кәсіпкер.", ["Жапониялық", "ирактық", "швециялық"]),
    ("ky", "Беларустун элчиси келди.", ["Беларустун"]),
    ("kk", "Қазақ жері, қазақ тілі, қазақ ғалымдары, өзбек елі.", []),
]


def test_an_office_that_somebody_leaves_is_no_service() -> None:
    found = doc("Марат Үлгібаев Қарағанды облысы әкімінің орынбасары қызметінен босатылды.", language="kk").actors
    assert [(actor.name, actor.offices) for actor in found] == [
        ("Марат Үлгібаев", ("Қарағанды облысы әкімінің орынбасары",))
    ]


@pytest.mark.parametrize(("language", "text", "expected"), STATES, ids=[row[1][:50] for row in STATES])
def test_states(language: str, text: str, expected: list[str]) -> None:
    states = [actor for actor in doc(text, language=language).actors if actor.type == "Country"]
    found = sorted((mention.start, mention.text) for state in states for mention in state.mentions)
    assert [mention for _, mention in found] == expected


@pytest.mark.parametrize(("language", "text", "expected"), ROWS, ids=[row[1][:50] for row in ROWS])
def test_bodies(language: str, text: str, expected: dict[str, tuple[str, list[str]]]) -> None:
    found = doc(text, language=language).actors
    assert {
        actor.name: (actor.type, [mention.text for mention in actor.mentions])
        for actor in found
        if actor.type != "Country"
    } == expected
    assert {actor.method for actor in found if actor.id is None} <= {"rules"}


def test_a_noun_by_itself_means_a_body_of_the_registry_too() -> None:
    text = "Ички иштер министрлиги билдирди. Министрликтин өкүлү келди. Министрлик өкүлдөрү кетти."
    (body,) = doc(text, language="ky", source="kloop").actors
    assert [mention.text for mention in body.mentions] == ["Ички иштер министрлиги", "Министрликтин"]


def test_a_registry_name_goes_first() -> None:
    (body,) = doc("Ички иштер министрлиги билдирди.", language="ky", source="kloop").actors
    assert (body.id, body.method) == ("kg-ministry-of-internal-affairs", "registry")


def test_both_marks_around_a_name_belong_to_it() -> None:
    (actor,) = doc("«Электр станциялары» ААКы келди.", language="ky").actors
    assert [mention.text for mention in actor.mentions] == ["«Электр станциялары» ААКы"]


def test_a_registry_name_between_quotation_marks_goes_first() -> None:
    (body,) = doc("«ҚазМұнайГаз» компаниясы өсті.", language="kk").actors
    assert (body.id, [mention.text for mention in body.mentions]) == ("kz-kazmunaygas", ["ҚазМұнайГаз"])


def test_an_outlet_of_the_registry_is_linked() -> None:
    (body,) = doc("Бұл туралы «Хабарға» айтты.", language="kk").actors
    assert (body.id, body.name, body.method) == ("kz-khabar", "«Хабар» агенттігі", "registry")


@pytest.mark.parametrize(
    ("word", "head", "bare"),
    [
        ("министрлигинин", "министрлиги", None),
        ("министрликтен", None, "министрлиги"),
        ("министрликтер", None, None),
        ("мэриясына", "мэриясы", None),
        ("мэрияда", None, "мэриясы"),
        ("сотторунда", None, None),
        ("мектебинин", "мектеби", None),
        ("мектепти", None, "мектеби"),
    ],
)
def test_forms_of_nouns(word: str, head: str | None, bare: str | None) -> None:
    nouns = BodyNouns(public=frozenset({"министрлиги", "мэриясы", "соту"}), others=frozenset({"мектеби"}))
    assert (nouns.head(word), nouns.bare(word)) == (head, bare)


WORDS = st.sampled_from(
    ["Талас ", "райондук ", "соту ", "сот ", "«", "» ", "мэриясынын ", ". ", "Асан Примеров ", "ЖЧК "]
)


@example("Талас соту . Талас сот ЖЧК ")
@given(st.lists(WORDS, max_size=25).map("".join).filter(str.strip))
def test_mentions_are_disjoint_and_verbatim(text: str) -> None:
    article = doc(text, language="ky")
    spans = sorted((mention.start, mention.end) for actor in article.actors for mention in actor.mentions)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
