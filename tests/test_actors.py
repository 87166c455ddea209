"""Who acts: registry names, the entity model's finds, and how they are joined. Invented people; states and public
bodies are real ones.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg_news.records import Actor, Span
from kg_news.views.declension import ALL_CASES, Cases
from kg_news.views.morph import lemmas
from kg_news.views.organizations import NamedOrganization, grouped, name_of_group, nominative, unquoted
from kg_news.views.tokens import tokens
from reading import doc


def actors(text: str, source: str | None = "kloop", language: str = "ru") -> dict[str, Actor]:
    found = doc(text, language=language, **({"source": source} if source else {})).actors
    assert len({actor.name for actor in found}) == len(found)
    return {actor.name: actor for actor in found}


def mentions(actor: Actor) -> list[str]:
    return [mention.text for mention in actor.mentions]


TABLE = [
    # text, {name: mentions} of all that act in it
    (
        "Началось заседание. Депутат Асан Примеров выступил. С Примеровым спорили.",
        {"Асан Примеров": ["Асан Примеров", "Примеровым"]},
    ),
    (
        "Садыр Жапаров и Акылбек Жапаров встретились.",
        {"Садыр Жапаров": ["Садыр Жапаров"], "Акылбек Жапаров": ["Акылбек Жапаров"]},
    ),
    (
        "Совет собрался. Депутат Асан Примеров выступил.",
        {"Совет": ["Совет"], "Асан Примеров": ["Асан Примеров"]},
    ),
    ("Болот Айбек уулу победил.", {"Болот Айбек уулу": ["Болот Айбек уулу"]}),
    ("Экс-премьер-министр Асан Примеров вернулся.", {"Асан Примеров": ["Асан Примеров"]}),
    (
        "В Жогорку Кенеше прошло заседание. Парламент принял закон.",
        {"Жогорку Кенеш": ["Жогорку Кенеше", "Парламент"]},
    ),
    (
        "МВД сообщило о задержании.",
        {"Министерство внутренних дел Кыргызстана": ["МВД"]},
    ),
    (
        "МВД Казахстана сообщило о задержании. В МВД это подтвердили.",
        {"Министерство внутренних дел Казахстана": ["МВД Казахстана", "МВД"]},
    ),
    (
        "Парламент Армении принял закон. Парламент ждёт.",
        {"Парламент Армении": ["Парламент Армении", "Парламент"]},
    ),
    (
        "Парламент принял закон. Казахстан ждёт.",
        {"Парламент": ["Парламент"], "Казахстан": ["Казахстан"]},
    ),
    ("Страны приняли Устав ООН.", {}),
    ("Страны приняли Устав ООН. В ООН довольны.", {"ООН": ["ООН", "ООН"]}),
    ("Резолюцию ОДКБ и Хартию ООН подписали.", {}),
    ("Митинг прошёл возле Белого дома в Бишкеке.", {}),
    ("Президент Армении Левон Арзуманян прибыл.", {"Армения": ["Армении"], "Левон Арзуманян": ["Левон Арзуманян"]}),
]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[row[0][:50] for row in TABLE])
def test_actors(text: str, expected: dict[str, list[str]]) -> None:
    assert {name: mentions(actor) for name, actor in actors(text).items()} == expected


def test_types_countries_and_links() -> None:
    found = actors("Президент Казахстана Ерлан Сынаков прибыл в Армению. В ГКНБ Кыргызстана и ОДКБ его ждали.")
    assert {name: (actor.type, actor.country, actor.id, actor.method) for name, actor in found.items()} == {
        "Казахстан": ("Country", "KAZ", "kaz", "registry"),
        "Ерлан Сынаков": ("Person", "KAZ", None, "ner"),
        "Армения": ("Country", "ARM", "arm", "registry"),
        "Государственный комитет национальной безопасности Кыргызстана": ("PublicBody", "KGZ", "kg-gknb", "registry"),
        "ОДКБ": ("Organization", None, "csto", "registry"),
    }


def test_a_father_s_name_means_who_is_named_in_full() -> None:
    text = "Нургүл Асан кызы приехала. Асан кызы молчит. Эркин Мамбет уулу уехал. Эркину Мамбет уулу обещали дом."
    found = {actor.name: [mention.text for mention in actor.mentions] for actor in doc(text).actors}
    assert found == {
        "Нургүл Асан кызы": ["Нургүл Асан кызы", "Асан кызы"],
        "Эркин Мамбет уулу": ["Эркин Мамбет уулу", "Эркину Мамбет уулу"],
    }


PARTS = [
    # text -> what the body in the body means, and how it is named
    ("Пограничная служба ФСБ России молчит.", None, "Пограничная служба ФСБ России"),
    ("Пограничная служба ГКНБ КР молчит.", "kg-border-service", "Пограничная служба Кыргызстана"),
]


@pytest.mark.parametrize(("text", "expected", "name"), PARTS)
def test_a_part_of_a_body_is_of_the_same_state(text: str, expected: str | None, name: str) -> None:
    (found,) = doc(text, source="kloop").actors
    assert (found.id, found.name) == (expected, name)


TYPES = [
    ("Зареченский районный суд Бишкека отложил дело.", "PublicBody"),
    ("Зареченский народный театр отложил премьеру.", "Organization"),
    ("Кара-Балтинский городской суд отложил дело.", "PublicBody"),
    ("Араванский айыл окмоту отложил дело.", "PublicBody"),
]


@pytest.mark.parametrize(("text", "expected"), TYPES)
def test_an_adjective_before_the_noun_does_not_hide_the_type(text: str, expected: str) -> None:
    assert [actor.type for actor in doc(text).actors] == [expected]


METHODS = [
    ("ru", "ОДКБ молчит.", "registry"),
    ("ru", "Асан Примеров приехал.", "ner"),
    ("ru", "Вечером полиция перекрыла улицу.", "rules"),
    ("ky", "Депутат Асан Примеров мыйзамды колдоду.", "rules"),
]


@pytest.mark.parametrize(("language", "text", "method"), METHODS)
def test_what_found_an_actor(language: str, text: str, method: str) -> None:
    assert [actor.method for actor in doc(text, language=language).actors] == [method]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ТАШКЕНТ, 3 мая 2024 г. Хокимият города утвердил план ремонта дорог.", {"Хокимият города"}),
        ("БИШКЕК, 12 марта — 24.kg. Асан Примеров утвердил план.", {"24.kg", "Асан Примеров"}),
        ("БИШКЕК утвердил план ремонта дорог.", set()),
        ("Дороги закрыты. [АСТАНА] Мэр Асан Примеров уехал.", {"Асан Примеров"}),  # a bracket is no quotation mark
    ],
)
def test_a_dateline_s_city_is_no_actor(text: str, names: set[str]) -> None:
    assert {actor.name for actor in doc(text).actors} == names


def test_actors_come_in_the_order_of_first_mention() -> None:
    text = "Асан Примеров приехал в Армению. Армения ждала Бурул Образцову. Примеров и ОДКБ молчат."
    assert list(actors(text)) == ["Асан Примеров", "Армения", "Бурул Образцова", "ОДКБ"]


HOME = [
    # outlet, text -> what «МВД» means
    ("kloop", "МВД сообщило о задержании.", "kg-ministry-of-internal-affairs"),
    (None, "МВД сообщило о задержании.", None),
    ("kloop", "МВД сообщило о задержании в Казахстане.", None),
    ("kloop", "МВД сообщило о задержании в Кыргызстане.", "kg-ministry-of-internal-affairs"),
    ("kloop", "МВД Казахстана и МВД Кыргызстана сообщили. МВД ищет его.", None),
    (None, "МВД Казахстана сообщило. МВД ищет его.", "kz-ministry-of-internal-affairs"),
    ("kloop", "В парламенте Армении спорят. МВД ищет его.", None),
]


@pytest.mark.parametrize(("outlet", "text", "expected"), HOME)
def test_a_generic_name_without_a_state(outlet: str | None, text: str, expected: str | None) -> None:
    place = text.rindex("МВД ")
    (meant,) = (
        actor.id
        for actor in doc(text, **({"source": outlet} if outlet else {})).actors
        if place in [mention.start for mention in actor.mentions]
    )
    assert meant == expected


OFFICES = [
    # of articles of a Kyrgyz outlet
    ("Президент Армении Левон Арзуманян прибыл.", "Левон Арзуманян", ["президент Армении"], "ARM"),
    ("Посол Кыргызстана в Армении Асан Примеров рад.", "Асан Примеров", ["посол Кыргызстана в Армении"], "KGZ"),
    ("Глава ГКНБ Асан Примеров ушёл.", "Асан Примеров", ["глава ГКНБ"], "KGZ"),
    (
        "Глава кабмина Асан Сынаков встал. Сынаков, бывший министр финансов, молчал.",
        "Асан Сынаков",
        ["глава кабмина", "бывший министр финансов"],
        "KGZ",
    ),
    (
        "Депутат Асан Примеров встал. Депутат Асан Примеров сел.",
        "Асан Примеров",
        ["депутат"],
        "KGZ",
    ),
    (
        "Президента Казахстана Ерлана Сынакова и министра обороны Армении Левона Арзуманяна ждали.",
        "Левон Арзуманян",
        ["министр обороны Армении"],
        "ARM",
    ),
    (
        "Председатель суда Бурул Образцова и генеральный прокурор Асан Примеров встретились.",
        "Асан Примеров",
        ["генеральный прокурор"],
        "KGZ",
    ),
    (
        "Президент Армении Левон Арзуманян, президент Казахстана Ерлан Сынаков и Асан Примеров ушли.",
        "Асан Примеров",
        [],
        None,
    ),
    ("Адвокат Игоря Ковальчука Анна Образцова ушла.", "Анна Образцова", ["адвокат Игоря Ковальчука"], None),
    ("Адвокат Игоря Ковальчука Анна Образцова ушла.", "Игорь Ковальчук", [], None),
    ("Соратник Асана Примерова ушёл.", "Асан Примеров", [], None),
    ("Помощник министра Асана Примерова ушёл.", "Асан Примеров", ["министр"], "KGZ"),
    ("Пришли депутаты Асан Примеров и Бурул Образцова.", "Бурул Образцова", ["депутат"], "KGZ"),
    ("Асан Примеров, министр обороны: «Ждём».", "Асан Примеров", ["министр обороны"], "KGZ"),
    ("Асан Примеров (Ош), депутат, ушёл.", "Асан Примеров", ["депутат"], "KGZ"),
    ("Министр обороны — Асан Примеров.", "Асан Примеров", ["министр обороны"], "KGZ"),
    ("Певец, режиссёр и композитор Асан Примеров ушёл.", "Асан Примеров", ["певец", "режиссёр", "композитор"], None),
    ("Асан Примеров, писательница Бурул Образцова и другие ушли.", "Асан Примеров", [], None),
    # an office with as many parts as persons follow has one for each
    ("Президенты Армении и Грузии Асан Примеров и Бурул Тестова ушли.", "Асан Примеров", ["президент Армении"], "ARM"),
    ("Президенты Армении и Грузии Асан Примеров и Бурул Тестова ушли.", "Бурул Тестова", ["президент Грузии"], "GEO"),
    (
        "Прибыли министры иностранных дел Армении, Грузии и Ирана Асан Примеров, Бурул Тестова и Эркин Пробный.",
        "Бурул Тестова",
        ["министр иностранных дел Грузии"],
        "GEO",
    ),
    ("Министры обороны и юстиции Асан Примеров и Бурул Тестова ушли.", "Бурул Тестова", ["министр юстиции"], "KGZ"),
    (
        "Акимы Ноокатского и Араванского районов Асан Примеров и Бурул Тестова ушли.",
        "Бурул Тестова",
        ["аким Араванского района"],
        "KGZ",
    ),
    (
        "Бывшие министры труда и спорта Асан Примеров и Бурул Тестова.",
        "Асан Примеров",
        ["бывший министр труда и спорта"],
        "KGZ",
    ),
    (
        "Заместители министров обороны и юстиции Асан Примеров и Бурул Тестова.",
        "Бурул Тестова",
        ["заместитель министров обороны и юстиции"],
        "KGZ",
    ),
    # at an embassy one serves its state
    ("Советник посольства Ирана Асан Примеров ушёл.", "Асан Примеров", ["советник посольства Ирана"], "IRN"),
    # who leads a firm is its organ, and not the actor
    (
        "Председатель правления ОАО «Зорька» Асан Примеров ушёл.",
        "Асан Примеров",
        ["председатель правления ОАО «Зорька»"],
        None,
    ),
    # a plural behind one name is others'
    ("Прибыли аким Асан Примеров, представители полиции и таможни.", "Асан Примеров", ["аким"], "KGZ"),
    ("Прибыли Асан Примеров и Бурул Тестова, депутаты парламента.", "Бурул Тестова", ["депутат парламента"], "KGZ"),
    # what is called like a place where people are remembered
    (
        "Глава ОАО «Горные станции» Асан Примеров ушёл.",
        "Асан Примеров",
        ["глава ОАО «Горные станции»"],
        None,
    ),
]


@pytest.mark.parametrize(("text", "name", "offices", "country"), OFFICES)
def test_offices_and_their_country(text: str, name: str, offices: list[str], country: str | None) -> None:
    actor = actors(text)[name]
    assert (list(actor.offices), actor.country) == (offices, country)


def test_a_surname_that_the_model_misses_is_found_by_the_full_name() -> None:
    text = "Президент Казахстана Чинара Ормонова прибыла. Ормонова назвала соседей друзьями."
    assert mentions(actors(text)["Чинара Ормонова"]) == ["Чинара Ормонова", "Ормонова"]


@pytest.mark.parametrize(
    "text",
    [
        "Асан Примеров выступил. Примеров тому много.",  # a word that begins a sentence, not his name
        "Асан Примеров выступил. Много было других примеров.",
    ],
)
def test_a_common_word_is_no_surname(text: str) -> None:
    assert mentions(actors(text)["Асан Примеров"]) == ["Асан Примеров"]


def test_a_photographer_is_no_actor() -> None:
    text = "Началось заседание.\nЗал совета. Фото: Бурул Образцова / «Зорька»\nДепутат Асан Примеров выступил."
    assert list(actors(text)) == ["Асан Примеров"]


# Organisations by the model: the nominative


NOMINATIVE = [
    ("Пограничной службе", "Пограничная служба"),
    ("Пограничной службы Зорькиного района", "Пограничная служба Зорькиного района"),
    ("Московского государственного музыкального театра", "Московский государственный музыкальный театр"),
    ("Всекитайского собрания народных представителей", "Всекитайское собрание народных представителей"),
    ("Следственном управлении", "Следственное управление"),
    ("Щукинском училище", "Щукинское училище"),
    ("Уполномоченного по правам человека", "Уполномоченный по правам человека"),
    ("Железных дорог", "Железные дороги"),
    ("Клоопу", "Клооп"),
    ("Клоопом", "Клооп"),
    ("Росприроднадзору", "Росприроднадзор"),
    ("Хезболла", "Хезболла"),
    ("Медиазоне", "Медиазона"),
    ("Уфанет", "Уфанет"),
    ("Спитфайр", "Спитфайр"),
    ("Зорьке", "Зорька"),
    ("ГКНБ", "ГКНБ"),
    ("Reuters", "Reuters"),
    ("ОсОО «Зорька»", "ОсОО «Зорька»"),
    ("Хабар 24", "Хабар 24"),
]


@pytest.mark.parametrize(("words", "name"), NOMINATIVE)
def test_nominative(words: str, name: str) -> None:
    (group,) = grouped([organization(words)])
    assert name_of_group(group) == name


def organization(words: str, cases: Cases | None = None, start: int = 0) -> NamedOrganization:
    return NamedOrganization(Span(start, start + len(words)), unquoted(tokens(words)), 0, cases)


GROUPS = [
    ("Клоопа, Клооп", "Клооп"),
    ("Клоопа, Клоопом", "Клооп"),
    ("Кумтора, Кумтору, Кумтор", "Кумтор"),
    ("Хезболла, Хезболлы", "Хезболла"),
    ("«Зорьки», Зорька, «Зорькой»", "Зорька"),
    ("Зорька, Искра", "Зорька; Искра"),
    ("Пограничная служба, Пограничной службы, служба", "Пограничная служба; служба"),
]


@pytest.mark.parametrize(("forms", "names"), GROUPS)
def test_mentions_of_one_organisation_are_one(forms: str, names: str) -> None:
    groups = grouped(organization(form, start=20 * at) for at, form in enumerate(forms.split(", ")))
    assert "; ".join(name_of_group(group) for group in groups) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Журналисты «Талапа» рассказали об этом.", "Талап"),
        ("Для «Нурзара» это много.", "Нурзар"),
        ("Об этом рассказали «Азамату ТВ».", "Азамат ТВ"),
        ("Об этом пишут корреспонденты «Жара».", "Жара"),
    ],
)
def test_the_word_before_tells_the_case(text: str, name: str) -> None:
    assert name in actors(text)


QUOTED = [
    ("«Зорька»", "Зорька"),
    ("Зорька»", "Зорька"),
    ("«Зорька", "Зорька"),
    ("ОсОО «Зорька»", "ОсОО «Зорька»"),
    ("ОсОО „Зорька“", "ОсОО „Зорька“"),
    ("„Зорька“", "Зорька"),
    ("Зорька» (ЗРК)", "Зорька (ЗРК)"),
    ("«Зорька» и «Искра»", "«Зорька» и «Искра»"),
]


@pytest.mark.parametrize(("words", "name"), QUOTED)
def test_quotation_marks_of_a_name(words: str, name: str) -> None:
    assert [token.text for token in unquoted(tokens(words))] == [token.text for token in tokens(name)]


@given(
    st.lists(
        st.sampled_from(["Зорька", "Зорьки", "Искра", "Клоопа", "Клооп", "Служба", "Пограничной"]),
        min_size=1,
        max_size=8,
    )
)
def test_grouping_loses_no_mention(words: list[str]) -> None:
    found = [organization(word, start=20 * at) for at, word in enumerate(words)]
    groups = grouped(found)
    assert sorted(mention.span for group in groups for mention in group) == [mention.span for mention in found]
    for group in groups:
        assert all(lemmas(mention.text[0]) & lemmas(group[0].text[0]) for mention in group)


def test_cases_that_are_not_demanded_rule_nothing_out() -> None:
    assert nominative(tokens("Клоопа"), frozenset({"gent"})) == ["Клооп"]
    assert nominative(tokens("Клоопа"), ALL_CASES) == nominative(tokens("Клоопу"), ALL_CASES) == ["Клооп"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Асан Примеров\nКупюра изменилась.", {"Асан Примеров": ["Асан Примеров"]}),
        ("Асан Примеров\nАсан Примеров ушёл.", {"Асан Примеров": ["Асан Примеров", "Асан Примеров"]}),
        ("Ушёл Асан Примеров (Asan Primerov).", {"Асан Примеров": ["Асан Примеров", "Asan Primerov"]}),
        ("Ушёл Асан Примеров (Soundbox).", {"Асан Примеров": ["Асан Примеров"]}),
        ("Тридцатилетний Сынаков молчит.", {"Сынаков": ["Сынаков"]}),
        ("Игорь Сынаков пришёл. Игорь Петрович молчит.", {"Игорь Сынаков": ["Игорь Сынаков", "Игорь Петрович"]}),
        (
            "Игорь Петрович пришёл. Игорь Сынаков молчит.",
            {"Игорь Петрович": ["Игорь Петрович"], "Игорь Сынаков": ["Игорь Сынаков"]},
        ),
        (
            "Игорь Сынаков и Игорь Тестов пришли. Игорь Петрович молчит.",
            {
                "Игорь Сынаков": ["Игорь Сынаков"],
                "Игорь Тестов": ["Игорь Тестов"],
                "Игорь Петрович": ["Игорь Петрович"],
            },
        ),
        ("Арестованные братья Х. предстанут перед судом.", {}),
        ("О Сынакове сняли фильм.", {"Сынаков": ["Сынакове"]}),
        ("О. Сынаков снял фильм.", {"О. Сынаков": ["О. Сынаков"]}),
        ("Эмир Токтосун уулу заявил об этом.", {"Эмир Токтосун уулу": ["Эмир Токтосун уулу"]}),
        ("Пак Чон Хван заявил об этом.", {"Пак Чон Хван": ["Пак Чон Хван"]}),
        ("Чудо-гол! Так писали в газетах.", {}),
        ("Младенца назовут принц Кембриджский.", {}),
        ("Концерт пройдёт в театре им. Игоря Сынакова.", {}),
        ("Суд оправдал Игоря Сынакова. Сынаковых увезли.", {"Игорь Сынаков": ["Игоря Сынакова"]}),
    ],
)
def test_where_a_name_ends(text: str, names: dict[str, list[str]]) -> None:
    assert {name: mentions(actor) for name, actor in actors(text).items()} == names


STANDING = [
    # what stands for Левон Арзуманян besides his name, after `Президент Армении Левон Арзуманян прибыл.`
    ("Президент сказал, что рад.", ["Президент"]),
    ("Помощник президента Армении ушёл.", ["президента Армении"]),
    ("Бывший президент молчал.", []),
    ("Президент Казахстана ждал.", []),
    ("Президент Казахстана Ерлан Сынаков ждал. Президент ушёл.", []),
    ("Президент Казахстана Ерлан Сынаков ждал. Президент Армении ушёл.", ["Президент Армении"]),
    ("Вице-президент молчал.", []),
]


@pytest.mark.parametrize(("text", "standing"), STANDING)
def test_an_office_stands_for_its_holder(text: str, standing: list[str]) -> None:
    found = actors(f"Президент Армении Левон Арзуманян прибыл. {text}")
    assert mentions(found["Левон Арзуманян"])[1:] == standing


def test_no_office_stands_for_somebody_who_is_named_later() -> None:
    found = actors("Президент ждёт. Президент Армении Левон Арзуманян прибыл.")
    assert mentions(found["Левон Арзуманян"]) == ["Левон Арзуманян"]
