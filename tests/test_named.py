"""What a text names: bodies by their common nouns, states by their adjectives, and what only looks like an actor.
Invented people, outlets and bodies; states and public bodies are real ones.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg_news.doc import knowledge
from kg_news.records import Actor
from kg_news.views.morph import known, parses
from kg_news.views.named import is_honour, means_state
from kg_news.views.naming import Naming
from kg_news.views.organizations import own_name
from kg_news.views.tokens import tokens
from reading import doc, shipped_registry

WORDS = knowledge(shipped_registry()).actors.naming


def actors(text: str) -> tuple[Actor, ...]:
    return doc(text).actors


def shown(text: str) -> str:
    """All actors of a text: `Name: mention, mention`."""
    lines = (f"{actor.name}: {', '.join(mention.text for mention in actor.mentions)}" for actor in actors(text))
    return "; ".join(lines)


BODIES = [
    # a head by itself, and what hangs on it
    ("Вчера полиция задержала троих.", "полиция: полиция"),
    ("Об этом заявила прокуратура района.", "прокуратура района: прокуратура района"),
    ("Следственный комитет начал проверку.", "Следственный комитет: Следственный комитет"),
    (
        "Пресс-служба президента Казахстана ответила.",
        "Пресс-служба президента Казахстана: Пресс-служба президента Казахстана",
    ),
    ("Туда приехали министры образования и науки.", ""),
    (
        "В министерстве образования и науки Армении ждут.",
        "министерство образования и науки Армении: министерстве образования и науки Армении",
    ),
    (
        "Решение принял комитет по обороне и безопасности.",
        "комитет по обороне и безопасности: комитет по обороне и безопасности",
    ),
    # what a body is for tells which one it is; a state of health does not
    ("Создана комиссия по осмотру мостов.", "комиссия по осмотру мостов: комиссия по осмотру мостов"),
    ("Он ушёл со службы по состоянию здоровья.", ""),
    # what a team plays, not against whom; what an abbreviation has not got
    ("Матч выиграла сборная Армении по дзюдо.", "сборная Армении по дзюдо: сборная Армении по дзюдо"),
    ("МЧС ложных тревог не получало.", "МЧС: МЧС"),
    # against what; where a state of a federation is
    ("Это решил комитет ООН против пыток.", "комитет ООН против пыток: комитет ООН против пыток"),
    ("Так решил суд штата Массачусетс.", "суд штата Массачусетс: суд штата Массачусетс"),
    # several of a state, and none of any
    (
        "Их нашли казахстанскими спецслужбами.",
        "казахстанские спецслужбы: казахстанскими спецслужбами",
    ),
    ("Их нашли разными спецслужбами.", ""),
    # not what is quoted for its words
    ("Они обвинили власти «за бездействие» снова.", ""),
    # the highest is not the higher one
    (
        "Это решают в Высшей аттестационной комиссии Армении.",
        "Высшая аттестационная комиссия Армении: Высшей аттестационной комиссии Армении",
    ),
    # a head that needs a state, a place or a name
    ("Казахстанские власти согласны.", "Казахстанские власти: Казахстанские власти"),
    ("Власти согласны, власть меняется.", ""),
    ("Матч выиграла сборная Казахстана.", "сборная Казахстана: сборная Казахстана"),
    ("Собрались разные комитеты и комиссии.", ""),
    # an abbreviation of a part right before a body
    ("В ГУ МВД России ответили.", "ГУ МВД России: ГУ МВД России"),
    # a part right before its owner; the owner keeps its other mentions
    ("Она окончила Горную школу ФГТ.", "Горная школа ФГТ: Горную школу ФГТ"),
    ("Она окончила Горную школу\n\nФСБ молчит.", "Горная школа: Горную школу; ФСБ России: ФСБ"),
    # behind a state comes no more
    ("Полиция Армении подробностей не дала.", "Полиция Армении: Полиция Армении"),
    # an attribute that tells which one is no name
    ("Выступил парламент прошлого созыва.", "парламент: парламент"),
    # a name behind a kind: the registry's goes first between quotation marks
    ("Об этом пишет агентство «24.kg».", "24.kg: 24.kg"),
    # in an administration there are people; who heads one heads it
    (
        "Он был советником в администрации Асана Примерова.",
        "администрация Асана Примерова: администрации Асана Примерова",
    ),
    # who leads a body and is named elsewhere is somebody else than the body; who only gives it the name is not
    (
        "Пресс-служба Примерова ответила. Асан Примеров ушёл.",
        "Пресс-служба: Пресс-служба; Асан Примеров: Примерова, Асан Примеров",
    ),
    ("Пресс-служба Примерова ответила.", "Пресс-служба Примерова: Пресс-служба Примерова"),
    ("Фонд Анны Тестер закрылся.", "Фонд Анны Тестер: Фонд Анны Тестер"),
    # what only describes is left out; a verb is no part
    ("Новое башкирское правительство работает.", "башкирское правительство: башкирское правительство"),
    ("Вчера милиция начала проверку.", "милиция: милиция"),
    # what is done by nobody in particular
    ("После введения внешнего управления завод заработал.", ""),
    # many of one: the plural stays
    ("К диалогу готовы власти Армении.", "власти Армении: власти Армении"),
    ("Это принадлежит органам государственной власти.", ""),
    # an organisation acts by what it sends, a state's army is a body
    ("Вывод сил ОДКБ начался.", "ОДКБ: ОДКБ"),
    ("Войска Армении отошли.", "Войска Армении: Войска Армении"),
    # a line end was lost between two bodies of one state
    (
        "Ошибка казахстанских спецслужб МВД Казахстана молчит.",
        "казахстанские спецслужбы: казахстанских спецслужб; Министерство внутренних дел Казахстана: МВД Казахстана",
    ),
    # schools and hospitals by a number, a capital, a name; not any one of a place
    ("Пожар был в школе № 38 города Ош.", "школа № 38 города Ош: школе № 38 города Ош"),
    (
        "Раненых увезли в Узгенскую больницу. В больнице не ответили.",
        "Узгенская больница: Узгенскую больницу, больнице",
    ),
    ("Сменили директора больницы имени Тестова.", "больница имени Тестова: больницы имени Тестова"),
    ("Он лежит в больнице Нарына, в одной из ошских больниц.", ""),
    ("Её лечат в клинике «Сезим».", "Сезим: Сезим"),
    (
        "Центр по контролю за качеством воды закрыт.",
        "Центр по контролю за качеством воды: Центр по контролю за качеством воды",
    ),
    ("Он живёт в центре Оша. Исторический центр Оша перекрыт.", ""),
    (  # a centre alone is rather a town's than the house of that name
        "Узгенский центр имени Тестова закрыт. Люди собрались в центре.",
        "Узгенский центр имени Тестова: Узгенский центр имени Тестова",
    ),
    # local bodies
    ("Об этом сказали в акимате Тестовской области.", "акимат Тестовской области: акимате Тестовской области"),
    ("Вчера Примеровский возглавил министерство.", "Примеровский: Примеровский"),
    ("Ташкентский хокимият снёс дома.", "Ташкентский хокимият: Ташкентский хокимият"),
    ("Землю выделил Тестовский айыл окмоту.", "Тестовский айыл окмоту: Тестовский айыл окмоту"),
    ("Его ищет УВД Чуйской области.", "УВД Чуйской области: УВД Чуйской области"),
    ("Он вёл дело в суде города Ош.", "суд города Ош: суде города Ош"),
    (
        "Об этом сообщило Главное управление МЧС по Ошской области.",
        "Главное управление МЧС по Ошской области: Главное управление МЧС по Ошской области",
    ),
    # bodies and states that the registry knows
    ("Казахстанский парламент принял закон.", "Парламент Казахстана: Казахстанский парламент"),
    (
        "Администрация Асана Примерова молчит, а Бурул Тестова ответила.",
        "Администрация Асана Примерова: Администрация Асана Примерова; Бурул Тестова: Бурул Тестова",
    ),
]


@pytest.mark.parametrize(("text", "expected"), BODIES, ids=[row[0][:40] for row in BODIES])
def test_bodies(text: str, expected: str) -> None:
    assert shown(text) == expected


STATES = [
    ("Кыргызские военные прибыли.", "Кыргызстан: Кыргызские"),
    ("Туда прилетел американский посол.", "США: американский"),
    ("Он учит немецкий язык.", ""),
    ("Приехал известный французский актёр.", ""),
    ("Начались российско-казахстанские учения.", "Россия: российско; Казахстан: казахстанские"),
    ("Он народный артист Кыргызстана.", ""),
    ("Она заслуженный мастер спорта Казахстана.", ""),
    ("Статья 15 УК Казахстана отменена.", ""),
    ("Это случилось ещё в СССР, в советское время.", "СССР: СССР, советское"),
    ("В ГДР это помнят.", "ГДР: ГДР"),
]


@pytest.mark.parametrize(("text", "expected"), STATES, ids=[row[0][:40] for row in STATES])
def test_states(text: str, expected: str) -> None:
    assert shown(text) == expected


SIGNALS = [
    # a form of company belongs to the name
    ("ОсОО «Зорпром» молчит. В «Зорпроме» удивлены.", "ОсОО «Зорпром»: ОсОО «Зорпром», Зорпроме"),
    ("Компания Zarya Gold Inc. ответила.", "Zarya Gold Inc.: Zarya Gold Inc."),
    ("Деньги лежат в «Кереге Банке».", "Кереге Банк: Кереге Банке"),
    ("Футболисты «Зордоя» проиграли.", "Зордой: Зордоя"),
    # a building, also between quotation marks, and a column of a newspaper
    ("Люди собрались у «Белого дома» в Бишкеке.", ""),
    ("Указ появился на сайте «Акорды».", "Акорда: Акорды"),
    ("Это колонка из раздела «Мнения».", ""),
    # common nouns behind an abbreviation
    ("Его Telegram-канал закрыли, а IT-компания ушла.", ""),
    # a kind before an own name
    ("Об этом пишет газета «Голос перевала».", "Голос перевала: Голос перевала"),
    ("Ролик показал телеканал Zarya News.", "Zarya News: Zarya News"),
    ("Об этом сообщает zarya-test.kg и Перевал.ру.", "zarya-test.kg: zarya-test.kg; Перевал.ру: Перевал.ру"),
    ("Почта: zarya@test.kg, сайт https://test.kg/novosti.", ""),
    ("Депутаты фракции «Перевал» ушли.", "Перевал: Перевал"),
    ("Команда вышла вперёд в группе H.", ""),
    # a state that is a part of a name
    ("Деньги нашла «Почта Казахстана».", "Почта Казахстана: Почта Казахстана"),
    ("Они уплыли в Новую Гвинею.", ""),
    ("Дожди накрыли Северный Кыргызстан.", "Кыргызстан: Кыргызстан"),
    # no actors, though they have a name
    ("Матч прошёл на стадионе «Перевал».", ""),
    ("Фильм идёт в кинотеатрах «Перевал», «Долина» и «Ущелье».", ""),
    ("Его наградили орденом Дружбы.", ""),
    ("Он вышел на улицу Асана Примерова.", ""),
    (
        "Его отвезли в театр имени Асана Примерова.",
        "театр имени Асана Примерова: театр имени Асана Примерова",
    ),
    ("Она написала об этом в Facebook.", ""),
    # buildings that act
    ("Кремль ответил на вопросы.", "Кремль: Кремль"),
    ("Люди собрались возле Кремля.", ""),
    ("Отметим: проверка идёт.", ""),
    # a house that trades, and its possessive; who says so
    ("Картина лежит в аукционном доме Zarya's.", "Zarya's: Zarya's"),
    ("Издательский дом «Зорька» закрыт.", "Зорька: Зорька"),
    ("Согласно comTest, их больше.", "comTest: comTest"),
    # several behind one word
    ("Газеты «Голос долины» и «Зорька» закрыты.", "Голос долины: Голос долины; Зорька: Зорька"),
    # a company's people are no part of it
    (
        "Его взял американский спецназ лидера Перевала Асана Примерова.",
        "американский спецназ: американский спецназ; Перевал: Перевала; Асан Примеров: Асана Примерова",
    ),
    # a net whose founder it has, and one in which she wrote
    ("Основатель социальной сети Facebook ушёл.", "Facebook: Facebook"),
    ("Она написала об этом в социальной сети Facebook.", ""),
    # a shop is no company, an address nobody, and the Kremlin of Moscow is in Moscow
    ("В торговом центре «Заря» был пожар.", ""),
    ("Они взяли короткий адрес test.com. Заявки на имена «zarya.kg» и «test.kg» пришли.", ""),
    ("Люди ждали у Московского Кремля.", ""),
    # an office before a name in front of brackets
    ("Архиепископ Тихон Примерский (РПЦ) нашёл время.", "Тихон Примерский: Тихон Примерский"),
    # a headline between quotation marks, and a name that only looks like one
    ("Об этом пишет газета «Дорога закрыта».", ""),
    ("Юрист центра «Путь домой» молчит.", "Путь домой: Путь домой"),
    # whoever leads a body is no part of it
    (
        "Исследователи Синезёрской национальной лаборатории ответили.",
        "Синезёрская национальная лаборатория: Синезёрской национальной лаборатории",
    ),
    ("По сведениям изданий Примеров уехал.", "Примеров: Примеров"),
]


@pytest.mark.parametrize(("text", "expected"), SIGNALS, ids=[row[0][:40] for row in SIGNALS])
def test_signals(text: str, expected: str) -> None:
    assert shown(text) == expected


JOINED = [
    # an abbreviation in brackets, and wherever it comes again
    (
        "Агентство горных троп (АГТ) открылось. В АГТ рады.",
        "Агентство горных троп: Агентство горных троп, АГТ, АГТ",
    ),
    # initials
    (
        "Академия долинных трав закрылась. АДТ жалуется.",
        "Академия долинных трав: Академия долинных трав, АДТ",
    ),
    # a bare head means the body before it
    (
        "Комитет по делам перевалов ждёт. Позже комитет ответил.",
        "Комитет по делам перевалов: Комитет по делам перевалов, комитет",
    ),
    ("Позже комитет ответил.", ""),
    # an adjective alone, and one that has its noun in common with the next
    ("Солисты Большого театра ответили. Худрук Большого ушёл.", "Большой театр: Большого театра, Большого"),
    (
        "Там были солисты Мариинского и Заречного театров.",
        "Мариинский театр: Мариинского; Заречный театр: Заречного театров",
    ),
    # a kind before an abbreviation
    ("Партия СТД выиграла. В СТД рады.", "СТД: Партия СТД, СТД"),
    # a title with a capital before a name that several share
    (
        "Вчера Федеральная налоговая служба (ФНС) ждала. Позже ФНС ответила.",
        "Федеральная налоговая служба: Федеральная налоговая служба, ФНС, ФНС",
    ),
    # ministries by what they are for, in other words
    (
        "Глава внешнеполитического ведомства России ушёл. МИД России ответил.",
        "Министерство иностранных дел России: внешнеполитического ведомства России, МИД России",
    ),
    # so does one with a capital, wherever it stands
    (
        "По словам главы Комиссии, всё готово. Горная комиссия Армении ответила.",
        "Горная комиссия Армении: Комиссии, Горная комиссия Армении",
    ),
    (
        "По словам главы Комиссии, всё готово. Горная комиссия Армении ждёт. Речная комиссия Китая ответила.",
        "Комиссия: Комиссии; Горная комиссия Армении: Горная комиссия Армении; "
        "Речная комиссия Китая: Речная комиссия Китая",
    ),
    # a state in two forms, words left out, a compound
    (
        "Полиция Армении ищет двоих. Армянская полиция просит помощи.",
        "Полиция Армении: Полиция Армении, Армянская полиция",
    ),
    (
        "Нижний районный суд Нарына открылся. Районный суд Нарына ждёт.",
        "Нижний районный суд Нарына: Нижний районный суд Нарына, Районный суд Нарына",
    ),
    (
        "Городской суд Нарына открылся. В горсуде Нарына ждут.",
        "Городской суд Нарына: Городской суд Нарына, горсуде Нарына",
    ),
    (
        "Комитет по рекам и комитет по горам спорят.",
        "Комитет по рекам: Комитет по рекам; комитет по горам: комитет по горам",
    ),
    # two words for one cabinet
    (
        "Кабмин Армении принял план. Правительство Армении одобрило его.",
        "Кабмин Армении: Кабмин Армении, Правительство Армении",
    ),
    # initials of an own name, and another name in brackets
    (
        "Об этом заявила партия «Зелёный перевал». В ЗП ждут ответа.",
        "партия «Зелёный перевал»: партия «Зелёный перевал», ЗП",
    ),
    ("Оператор «Заря» (ООО «Перевал Групп») вырос.", "Заря: Заря, ООО «Перевал Групп»"),
    ("Газета «Зорька» (газета «Зорька») закрыта.", "Зорька: Зорька, Зорька"),
    (
        "Агентство горных троп (АГТ) закрылось. Компания «Заря» (АГТ и другие) тоже.",
        "Агентство горных троп: Агентство горных троп, АГТ, АГТ; Заря: Заря",
    ),
    # a name that goes on elsewhere
    (
        "Министерство туризма Армении открылось. Министерство туризма радо.",
        "Министерство туризма Армении: Министерство туризма Армении, Министерство туризма",
    ),
]


@pytest.mark.parametrize(("text", "expected"), JOINED, ids=[row[0][:40] for row in JOINED])
def test_joined(text: str, expected: str) -> None:
    assert shown(text) == expected


LONE = [
    # an employer before whoever works there; a place before its mayor
    ("Гендиректор Тестора Асан Примеров ответил.", "Тестор: Тестора; Асан Примеров: Асан Примеров"),
    ("Встреча с директором Зорпрома Асаном Примеровым прошла.", "Зорпром: Зорпрома; Асан Примеров: Асаном Примеровым"),
    ("Мэр Тестора Асан Примеров ответил.", "Асан Примеров: Асан Примеров"),
    ("Депутат Тесторов Асан Эркинович ушёл.", "Тесторов Асан Эркинович: Тесторов Асан Эркинович"),
    # works that act, and works that do not
    ("Рудник «Тестор» работает. Позже Тестор сообщил о прибыли.", "Тестор: Тестор"),
    ("Рудник «Тестор» работает. Вокруг Тестора спорят.", ""),
    ("Позже Кумтор остановил работу.", "Кумтор: Кумтор"),
    ("Вокруг Кумтора спорят.", ""),
    # a kind elsewhere in the text, an employer's people, a company's ending
    ("Компания «Тестор» растёт. Вчера Тестор ушёл с рынка.", "Тестор: Тестор, Тестор"),
    ("Представители Рыбохраны провели рейд.", "Рыбохрана: Рыбохраны"),
    ("В Зорпроме сказали об этом. Зорпром обещает заплатить.", "Зорпром: Зорпроме, Зорпром"),
    # persons stay persons
    ("Команда Тестора победила. Асан Тестор рад.", "Асан Тестор: Тестора, Асан Тестор"),
    ("Роман «Тестор» вышел. Позже Тестор сообщил об этом.", "Тестор: Тестор"),
]


@pytest.mark.parametrize(("text", "expected"), LONE)
def test_names_that_stand_alone(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("областная газета «Заря»", "Заря"),
        ("компания Zarya Gold", "Zarya Gold"),
        ("комитет ООН", "комитет ООН"),
        ("«Заря»", "« Заря »"),
        ("газета", "газета"),
    ],
)
def test_own_name(name: str, expected: str) -> None:
    assert " ".join(token.text for token in own_name(tokens(name), WORDS.kinds)) == expected


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("военные", True),
        ("и казахстанские города", True),
        ("посол", True),
        ("поэт", False),
        ("язык", False),
        (", сказал он", False),
        ("«Заря»", True),
        ("бежал", False),
        ("Нарын", True),
        ("", False),
    ],
)
def test_what_an_adjective_of_a_state_means(behind: str, expected: bool) -> None:
    assert means_state(tokens(f"кыргызский {behind}"), 1, WORDS) is expected


def test_an_honour_is_told_by_its_adjective() -> None:
    words = tokens("народный артист Кыргызстана и артист Кыргызстана")
    assert [is_honour(words, at, WORDS.honours) for at in (2, 5)] == [True, False]


def test_lists_are_dictionary_forms() -> None:
    """A list that is compared with dictionary forms holds them: «властям» would find nothing."""
    lists = {name: getattr(WORDS, name) for name in ("alone", "described", "placed", "kinds", "things", "state_people")}
    wrong = {
        (name, word)
        for name, words in lists.items()
        for word in words
        if known(word) and word not in {parse.lemma for parse in parses(word)}
    }
    assert wrong == set()


def test_an_adjective_belongs_to_one_state() -> None:
    pairs = [
        (word, actor.id) for actor in shipped_registry().actors.values() for word in actor.adjectives.get("ru", ())
    ]
    assert len({word for word, _ in pairs}) == len(pairs)
    assert [pair for pair in pairs if not pair[0].endswith("ий")] == []


def test_every_list_of_the_schema_is_read() -> None:
    given_lists = set().union(*(language.naming for language in shipped_registry().languages.values()))
    assert given_lists == set(Naming.__dataclass_fields__) - {"offices", "firms"}


PIECES = [
    "полиция", "власти", "Казахстана", "кыргызский", "комитет", "по", "и", "«", "»", "(", ")", "АГТ", "газета", "Заря",
    ".", ",", "Асан Примеров", "имени", "Кремль", "в", "Facebook", "министерство", "обороны", "\n", "сборная", "улица",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=25).map(" ".join))
def test_no_two_mentions_overlap(text: str) -> None:
    article = doc(f"Итак: {text}")
    spans = sorted((mention.start, mention.end) for actor in article.actors for mention in actor.mentions)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert all(article.text[m.start : m.end] == m.text != "" for actor in article.actors for m in actor.mentions)
