"""Where photo blocks begin and end. All people and outlets are invented."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from kg_news.registry import load_registry
from kg_news.views.photo_blocks import PhotoBlock, photo_blocks, photo_terms
from marked import parse

REGISTRY = load_registry()
TERMS = photo_terms(REGISTRY.photo, REGISTRY.languages["ru"].cues)

BLOCKS = [
    "Сессию открыли утром. [caption|Заседание горсовета 3 мая.] [marker|Фото:] [credit|пресс-служба мэрии] В мэрии отметили, что казна пуста.",
    "Дороги закрыли. [caption|Пикет возле вокзала 4 мая. Они вышли против сноса домов.] [marker|Фото:] [credit|Бегимай Ормокова / «Зорька»] На фоне пикета совет молчит.",
    "[caption|Алтынай Тестова.] [marker|Фото:] [credit|Улан Пробный] Тестова победила на олимпиаде.",
    "Об этом пишет совет. [marker|Фото:] [credit|Игорь Случайный / EPA / ТАСС] Свет дали к полудню.",
    "[caption|Площадь после дождя.] [marker|Фото:] [credit|И. Случайный, А. Пробный] Власти обещают ремонт.",
    "Дамбу прорвало. [caption|Жители возвращаются в село.] [marker|Фото] [credit|предоставлено МЧС области]. Он также велел считать ущерб.",
    "Учителей ждут. [caption|Урок в сельской школе.] [marker|Фото] [credit|из архива «Зорьки»]. Школа открылась.",
    "Решение приняли. [marker|Фото] [credit|«Зорьки»]. Судья зачитал приговор.",
    "Музей открыли. [marker|©] [credit|Sputnik / Табылды Пробный] Ради этого ждали год.",
    "Спектакль отменили. [caption|Зал театра.] [marker|Фото:] [credit|@teatr_zorka / Instagram] Билеты вернут.",
    "Пожар потушили. [caption|Дым над рынком.] [marker|Фото:] [credit|скриншот видео «Зорьки»] Пострадавших нет.",
    "[caption|Посёлок после схода селя.] [marker|Фото:] [credit|Азамат Болот уулу] Министр выехал на место.",
    "[caption|Посёлок.] [marker|Фото:] [credit|Гүлзат Үсөнова] Эл чогулду.",
    "Совет собрался.\n[marker|Фото:] [credit|Zor.kg]\nДепутаты спорили.",
    "Совет собрался.\n[caption|Жители пришли к совету.] [marker|Фото:] [credit|Zor.kg]\nДепутаты спорили.",
    "Итоги. [caption|Министр ирригации Асан Примеров. Архивное фото.] [marker|Фото:] [credit|Улан Пробный / Sputnik] По словам Примерова, воды хватит.",
    "Рейс отложили. [caption|Пассажиры, которых не пустили на рейс «Маяк».] [marker|Фото:] [credit|Посольство Кыргызстана в России] Посольство выслало людей.",
    "[caption|Мост.] [marker|Фото:] [credit|Улан Пробный]. [caption|Паром у берега.] [marker|Фото:] [credit|Улан Пробный]. Мост закрыт.",
    "Снег не тает. [marker|Фото:] [credit|Игорь Ли] Снег идёт третий день.",
    "[caption|Базар.] [marker|Сүрөт:] [credit|Зорька агенттиги]\nКечээ базар ачылды.",
    "[caption|Алаң.] [marker|Сурет:] [credit|Айгерім Сынақова] Кеше жиын өтті.",
    "[caption|Снег на перевале.] [marker|Фото:] [credit|пресс-служба администрации президента] Садыр Пробный приехал утром.",
]

FALSE_FRIENDS = [
    "На фото: Асан Примеров слева.",
    "Он попросил сделать фото и ушёл.",
    "Пикет прошёл мирно (фото).",
    "Фото дня выбрали читатели.",
    "Источник: совет района.",
    "Жители показали сүрөт и видео.",
    "В телефоне нашли фото 2019 года.",
    "Фотограф Улан Пробный открыл выставку.",
    "Министр подарил школе фото, книги и карты.",
]

ABSTAINED = [
    # News tell in the past: a sentence like this may be the body's own.
    ("Совет отказал. Жители вышли на площадь. Фото: Улан Пробный Потом разошлись.", "Улан Пробный"),
    ("Совет считает, что Фото: Улан Пробный Потом разошлись.", "Улан Пробный"),
]


def found(text: str) -> tuple[tuple[str | None, str, str], ...]:
    def words(block: PhotoBlock) -> tuple[str | None, str, str]:
        assert block.marker is not None and block.credit is not None
        caption = text[slice(*block.caption)] if block.caption else None
        return caption, text[slice(*block.marker)], text[slice(*block.credit)]

    return tuple(words(block) for block in photo_blocks(text, 0, TERMS))


@pytest.mark.parametrize("marked", BLOCKS)
def test_finds_caption_marker_and_credit(marked: str) -> None:
    text, expected = parse(marked)
    assert found(text) == expected


@pytest.mark.parametrize("text", FALSE_FRIENDS)
def test_leaves_false_friends(text: str) -> None:
    assert found(text) == ()


@pytest.mark.parametrize(("text", "credit"), ABSTAINED)
def test_abstains_where_a_caption_cannot_be_told(text: str, credit: str) -> None:
    assert [(caption, words) for caption, _, words in found(text)] == [(None, credit)]


def test_a_block_without_caption_is_less_certain() -> None:
    (sure,) = photo_blocks("Совещание совета 3 мая. Фото: Улан Пробный Он ушёл.", 0, TERMS)
    (unsure,) = photo_blocks("Совет отказал. Жители вышли. Фото: Улан Пробный Он ушёл.", 0, TERMS)
    assert sure.confidence > unsure.confidence
    assert sure.rule == "person; scene"
    assert unsure.rule == "person; the caption's beginning cannot be told"


KINDS = [
    ("Фото: пресс-служба мэрии", "press_service"),
    ("Фото: МЧС Кыргызстана", "press_service"),
    ("Фото: Улан Пробный", "unknown"),
    ("Фото: Улан Пробный / «Зорька»", "agency"),
    ("Фото: Reuters", "agency"),
    ("Фото: скриншот видео", "screenshot"),
    ("Скриншот: «Зорька»", "screenshot"),
    ("Фото: @zorka / Instagram", "social"),
    ("Фото из личного архива семьи", "personal_archive"),
    ("Фото из архива «Зорьки»", "archive"),
    ("Фото предоставлено МЧС", "provided"),
    ("Фото с сайта zor.kg", "web"),
    ("Фото: zor.kg", "web"),
    ("Иллюстративное фото: «Зорька»", "illustrative"),
    ("Фото автора", "staff"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(text: str, kind: str) -> None:
    (block,) = photo_blocks(text, 0, TERMS)
    assert block.kind == kind


PARTIES = [
    ("Фото: Улан Пробный / «Зорька»", ("Улан Пробный",), ("Зорька",)),
    ("Фото: Улан Пробный и Бегимай Ормокова / Reuters", ("Улан Пробный", "Бегимай Ормокова"), ("Reuters",)),
    ("Фото: John Proof / Getty Images Вчера", ("John Proof",), ("Getty Images",)),
    ("Фото: Улан Пробный (Зорька) Митинг", ("Улан Пробный",), ("Зорька",)),
    ("Фото: пресс-служба кабмина В кабмине", (), ("пресс-служба кабмина",)),
    ("Фото: RFE/RL Это колонка", (), ("RFE/RL",)),
]


@pytest.mark.parametrize(("text", "creators", "agencies"), PARTIES)
def test_creators_and_agencies(text: str, creators: tuple[str, ...], agencies: tuple[str, ...]) -> None:
    (block,) = photo_blocks(text, 0, TERMS)
    assert (block.creators, block.agencies) == (creators, agencies)


FIRST = st.sampled_from(
    ["Айдай", "Бегимай", "Улан", "Асан", "Нургүл", "Өмүр", "Игорь", "Анна", "Темирлан", "Жылдыз", "Әсел", "Қуат"]
)
LAST = st.sampled_from(
    ["Токоева", "Пробный", "Тестов", "Ормокова", "Үсөнова", "Ли", "Ковальчук", "Образцова", "Дүйшөев", "Сынақов"]
)
OUTLET = st.sampled_from(["Зорька", "Вечерний Талас", "Хабар-7", "24.test", "Өрүк"])


@given(FIRST, LAST, OUTLET)
def test_other_names_change_no_boundary(first: str, last: str, outlet: str) -> None:
    block = f"Пикет возле вокзала 4 мая. Они вышли против сноса домов. Фото: {first} {last} / «{outlet}»"
    text = f"Дороги закрыли. {block} На фоне пикета совет молчит."
    (only,) = photo_blocks(text, 0, TERMS)
    assert text[slice(*only.span)] == block


@given(st.text(alphabet=st.sampled_from(list("Фото: «»/.,© \nАбвМВД@x—")), max_size=80), st.integers(0, 5))
def test_blocks_are_disjoint_and_in_order_whatever_the_text(text: str, start: int) -> None:
    end = start
    for block in photo_blocks(text, min(start, len(text)), TERMS):
        assert end <= block.span.start < block.span.end <= len(text)
        assert block.marker is not None
        assert block.span.start <= block.marker.start
        end = block.span.end
