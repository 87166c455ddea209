"""What is said of photo blocks beside their boundaries, which the gold texts hold. All people are invented."""

from __future__ import annotations

import re

import hypothesis.strategies as st
import pytest
from hypothesis import given

from kg_news.evaluate.marked import parse
from kg_news.registry import load_registry
from kg_news.views.photo_blocks import PhotoBlock, photo_blocks, photo_terms

REGISTRY = load_registry()
TERMS = photo_terms(REGISTRY)

ABSTAINED = [
    # News tell in the past: a sentence like this may be the body's own.
    ("Совет отказал. Жители вышли на площадь. Фото: Улан Пробный Потом разошлись.", "Улан Пробный"),
    ("Совет считает, что Фото: Улан Пробный Потом разошлись.", "Улан Пробный"),
]


def found(text: str) -> tuple[tuple[str | None, str, str], ...]:
    def words(block: PhotoBlock) -> tuple[str | None, str, str]:
        assert block.credit is not None and block.marker is not None
        caption = text[slice(*block.caption)] if block.caption else None
        return caption, text[slice(*block.marker)], text[slice(*block.credit)]

    return tuple(words(block) for block in photo_blocks(text, 0, TERMS))


@pytest.mark.parametrize(("text", "credit"), ABSTAINED)
def test_abstains_where_a_caption_cannot_be_told(text: str, credit: str) -> None:
    assert [(caption, words) for caption, _, words in found(text)] == [(None, credit)]


def test_a_block_without_caption_is_less_certain() -> None:
    (sure,) = photo_blocks("Совещание совета 3 мая. Фото: Улан Пробный Он ушёл.", 0, TERMS)
    (unsure,) = photo_blocks("Совет отказал. Жители вышли. Фото: Улан Пробный Он ушёл.", 0, TERMS)
    assert sure.confidence > unsure.confidence
    assert sure.rule == "person; scene"
    assert unsure.rule == "person; the caption's beginning cannot be told"


POINTED = [
    ("Фото: Reuters На снимке: победительница с отцом. Он рад.", "На снимке: победительница с отцом."),
    ("Сүрөт: Reuters Сүрөттө: жеңүүчү атасы менен. Ал кубанды.", "Сүрөттө: жеңүүчү атасы менен."),
    ("Фото: Reuters Суретте: жеңімпаз әкесімен. Ол қуанды.", "Суретте: жеңімпаз әкесімен."),
    ("Фото: Reuters На снимке видно трещину. Её заделают.", None),
]


@pytest.mark.parametrize(("text", "caption"), POINTED)
def test_a_caption_behind_the_credit_that_points_at_the_picture(text: str, caption: str | None) -> None:
    (block,) = photo_blocks(text, 0, TERMS)
    assert (text[slice(*block.caption)] if block.caption else None) == caption


MARKED = [
    # Pictures that nobody took, video stills, open sources, also without a space
    "Цены выросли.[marker|Фото] [credit|из открытых источников]Дехкане винят весну.",
    "Дорогу закрыли. [marker|Изображение] [credit|сгенерировано с помощью нейросети Kandinsky] Дети рады.",
    "Дорогу закрыли. [marker|Фото:] [credit|сгенерировано ИИ] Дети рады.",
    "Дорогу закрыли. [marker|Иллюстрация] [credit|создана с помощью ИИ]. Дети рады.",
    "Дорогу закрыли. [marker|Коллаж] [credit|Polden.kg] Дети рады.",
    "Дорогу закрыли. [marker|Фото:] [credit|видеокадр] Дети рады.",
    "Дорогу закрыли. [marker|Скриншот] [credit|из видеоролика]. Дети рады.",
    "Дорогу закрыли. [marker|Фото автора:] [credit|Айгуль Примерова] Дети рады.",
    # Who gave it, its year
    "Дорогу закрыли. [marker|Фото] [credit|предоставлено Айбеком Примеровым] Первый автобус ушел в шесть утра.",
    "Дорогу закрыли. [marker|Фото] [credit|предоставлено школой № 5 г. Нарын] Дети рады.",
    "Дорогу закрыли. [marker|Фото:] [credit|Айгуль Примерова, «Полдень», 2023 год] Дети рады.",
    "Дорогу закрыли. [marker|Фото:] [credit|Айгуль Примерова], 2023 год стал худшим.",
    "Дорогу закрыли. [marker|Фото:] [credit|Айгуль Примерова / Марат Пробнович] Дети рады.",
    # Kyrgyz and Kazakh
    "Жол жабылды. [marker|Сүрөт:] [credit|Кыргыз Улуттук университети] Айдоочулар күтүп жатышат.",
    "Жол жабылды. [marker|Сүрөт:] [credit|Улуттук банк] Айдоочулар күтүп жатышат.",
    "Жол жабылды. [marker|Сүрөт:] [credit|Кабар] Улуттук банк билдирди.",
    "Жол жабылды. [marker|Сүрөт:] [credit|видеодон скриншот] Айдоочулар күтүп жатышат.",
    "Жол жабылды. [marker|Сүрөт:] [credit|«Түз жол» гезити] Айдоочулар күтүп жатышат.",
    "Жол жабылды. [marker|Сурет:] [credit|Қазақстан Республикасы Ішкі істер министрлігі] Жүргізушілер күтіп тұр.",
    "Жол жабылды. [marker|Фото:] [credit|видеодан алынған кадр] Жүргізушілер күтіп тұр.",
    "Дорогу закрыли. [marker|Фото:] [credit|Национальный банк КР] Дети рады.",
    "Үй берілді. [marker|Фото:] [credit|ТЖМ] Үйлер жылы.",
    "Жол жабылды. [marker|Фото:] [credit|Жогорку Кеңеш] Депутаттар келди.",
    "Жол жабылды. [marker|Сурет:] [credit|Жетісу облысы Полиция департаменті] Көше ашылды.",
    "Жол жабылды. [marker|Сурет:] [credit|Д. Пробов] Көше ашылды.",
    # Uzbek
    "Yo‘l yopildi. [marker|Foto:] [credit|O‘ktam Prob / Zorka24.uz] Haydovchilar kutmoqda.",
    "Yo‘l yopildi. [marker|Foto:] [credit|Qishloq xo‘jaligi vazirligi matbuot xizmati] Haydovchilar kutmoqda.",
    "Yo‘l yopildi. [caption|Yopilgan ko‘cha.] [marker|Surat:] [credit|ijtimoiy tarmoqdan] Haydovchilar kutmoqda.",
    "Йўл ёпилди. [marker|Сурат:] [credit|Ўктам Пробов] Ҳайдовчилар кутмоқда.",
    # English
    "The road was closed. [marker|Photo:] [credit|Press Service of the Ministry of Health of Kyrgyzstan] Drivers are waiting.",
    "The road was closed. [marker|Photo:] [credit|press service of the president] Drivers are waiting.",
    "The road was closed. [caption|A bridge near Osh.] [marker|Photo:] [credit|John Proof for Steppe Wire] Drivers are waiting.",
    "The road was closed. [marker|Photos by] [credit|John Proof and Jane Proof] Drivers are waiting.",
    "The road was closed. [marker|Screenshot:] [credit|YouTube / Zorka TV] Drivers are waiting.",
    # No credits
    "Фото с места ДТП появились в сети через десять минут. Водитель дал показания.",
    "Цены выросли вдвое. © «Полдень», 2023 год",
    "Рисунок: закат. Его подарили президенту.",
    "Сурет: тау. Байқау тақырыбы осындай.",
    "Фото: в нашем Telegram-канале. Подписывайтесь.",
    "Источник фото: неизвестен. Полиция ищет автора.",
    "Снимок: УЗИ показало двойню. Врач рад.",
    "Фото предоставлено полиции. Суд его изучит.",
    "Фото автора на обложке крупнее названия. Издатель рад.",
    # Small letters that say who took it, or where it is from
    "Мост закрыли. [marker|Фото:] [credit|ревизионная комиссия] Он стар.",
    "Мост закрыли. [marker|Фото:] [credit|дрон] Он стар.",
    "Мост закрыли. [marker|Фото:] [credit|в открытом доступе] Он стар.",
    # Captions: on the line below, told on without a stop, of a verb of both aspects; none before photos of the whole article
    "Чабанов наградили⏎[marker|©] [credit|Sputnik / Азамат Пробный]⏎[after|Церемония награждения чабанов]⏎БИШКЕК, 6 мар — Sputnik. Награды вручили в среду.",
    "Посчитали архаров. [caption|Архары у ручья. Камеры стоят здесь с 2019 года] [marker|Фото:] [credit|Асан Примеров] Зверей больше.",
    "Река разлилась. [caption|Спасатели эвакуируют жителей дач.] [marker|Фото:] [credit|Асан Примеров] Вода прибывает.",
    "Аральск через тридцать лет. [marker|Фото на обложке:] [credit|Асан Примеров] Порт зарос саксаулом.",
    "«Мы печем с утра». Один день из жизни пекарни. [caption|Пекарь ставит тесто.] [marker|Фото:] [credit|Асан Примеров] Горит свет.",
    "Су төмендеді. Бөгет бақылауда. [caption|Құтқарушылар қап салып жатыр.] [marker|Фото:] [credit|ҚР ТЖМ] Мектеп ашылады.",
    "Горит свет. [caption|Пекарь с дочерью Гульзадой. Ей шесть лет.] [marker|Фото:] [credit|Асан Примеров] Тандыр остывает.",
    # Several parts, pages and agencies
    "Мост закрыли. [caption|1 из 3. Мост через Чу.] [marker|Фото:] [credit|Асан Примеров] Ремонт продлится год.",
    "Мост закрыли. [caption|Токмок, 12 мая 2021 года. Мост через Чу.] [marker|Фото:] [credit|Асан Примеров] Он стар.",
    "Мост закрыли. [caption|Мост через Чу.] [marker|фото:] [credit|Асан Примеров] Ремонт продлится год.",
    "Мост закрыли. [caption|Мост через Чу.] [marker|Фото с сайта:] [credit|zorka.kg] Ремонт продлится год.",
    "Мост закрыли. [marker|Фото:] [credit|группа «Подслушано в Таразе»] Он родился в Оше.",
    "Мост закрыли. [marker|Фото:] [credit|Асан уулу Нурлан] Он родился в Оше.",
    "Мост закрыли. [marker|Фото:] [credit|AFP via Getty Images] Он родился в Оше.",
    "Мост закрыли. [marker|Фото:] [credit|picture alliance/dpa] Он родился в Оше.",
    # Without a stop: behind another photo, with its number; a question at the article's beginning is its title
    "Лебеди [caption|1. Озеро у Тамги] [marker|Фото:] [credit|Асан Примеров] Ветра нет. [caption|2. Пруд] [marker|Фото:] [credit|МЧС]",
    "Ветра нет. [marker|Фото:] [credit|Асан Примеров / Музей истории] [caption|Костюм невесты] [marker|Фото:] [credit|МЧС] Он стар.",
    "Город без пробок: сказка или план? [marker|Фото:] [credit|Асан Примеров] Мэрия думает.",
    "Стал чемпионом [marker|©] [credit|Sputnik / Асан Примеров]⏎[after|Юный шахматист за доской]⏎Ему восемь лет.",
    "Мост закрыли. [marker|Фото:] [credit|Пресс-служба Президента РУз] Следующая встреча пройдет в мае.",
    "Лес сажали все / [marker|фото:] [credit|акимат Уральска] / Высадили триста берез.",
    # What the article tells on is no caption, though its photo before had one there
    "Завод горел. [caption|Цех завода.] [marker|Фото:] [credit|Асан Примеров] Погибших нет. Завод остановлен. [marker|Фото:] [credit|МЧС] Дым рассеялся.",
    "Завод горел. [caption|Цех завода.] [marker|Фото:] [credit|Асан Примеров] Погибших нет. Цех уже построили. [marker|Фото:] [credit|МЧС] Дым рассеялся.",
    "Завод горел. [caption|Цех завода.] [marker|Фото:] [credit|Асан Примеров] Погибших нет. Мотор он снял сам. [marker|Фото:] [credit|МЧС] Дым рассеялся.",
    "Үй берілді. [caption|Үйлердің кілті.] [marker|Фото:] [credit|ТЖМ] Кілтті елу отбасы алды. Құрылыс күзге дейін жалғасады. [marker|Фото:] [credit|ТЖМ] Жұмыс жүріп жатыр.",
    " date 2023-09 Аким отчитался перед жителями. Жители спрашивали о пробках. [marker|Фото:] [credit|МЧС] Вопросов было много.",
]


@pytest.mark.parametrize("marked", MARKED)
def test_what_belongs_to_the_photos(marked: str) -> None:
    gold = parse(marked)
    header = re.match(r" date [\d-]+ ", gold["text"])
    parts = ("caption", "marker", "credit")
    expected = [
        [(photo[f"{part}_start"], photo[f"{part}_end"]) if part in photo else None for part in parts]
        for photo in gold["photos"]
    ]
    blocks = photo_blocks(gold["text"], header.end() if header else 0, TERMS)
    assert [[getattr(block, part) for part in parts] for block in blocks] == expected


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
    ("Фото автора: Улан Пробный", "staff"),
    ("Изображение: создано с помощью ИИ", "illustrative"),
    ("Фото: сгенерировано ИИ", "illustrative"),
    ("Сүрөт: видеодон скриншот", "screenshot"),
    ("Foto: ochiq manbalardan", "web"),
    ("Photo: Ministry of Energy of Kazakhstan", "press_service"),
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
    ("Фото: Улан Пробный, 2019 год Митинг", ("Улан Пробный",), ()),
    ("Изображение сгенерировано нейросетью Midjourney Вчера", (), ("Midjourney",)),
    ("Photo: John Proof for Steppe Wire The road", ("John Proof",), ("Steppe Wire",)),
    ("Foto: FVV matbuot xizmati Haydovchilar", (), ("FVV matbuot xizmati",)),
    ("Сурет: ашық дереккөзден Кеше", (), ()),
]


@pytest.mark.parametrize(("text", "creators", "agencies"), PARTIES)
def test_creators_and_agencies(text: str, creators: tuple[str, ...], agencies: tuple[str, ...]) -> None:
    (block,) = photo_blocks(text, 0, TERMS)
    assert (block.creators, block.agencies) == (creators, agencies)


@given(st.text(alphabet=st.sampled_from(list("Фото: «»/.,© \nАбвМВД@x—")), max_size=80), st.integers(0, 5))
def test_blocks_are_disjoint_and_in_order_whatever_the_text(text: str, start: int) -> None:
    end = start
    for block in photo_blocks(text, min(start, len(text)), TERMS):
        assert end <= block.span.start < block.span.end <= len(text)
        for part in (block.marker, block.credit, block.caption):
            assert part is None or block.span.start <= part.start < part.end <= block.span.end
        end = block.span.end
