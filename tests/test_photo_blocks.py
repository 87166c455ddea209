"""What is said of photo blocks beside their boundaries, which the gold texts hold. All people are invented."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

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


@given(st.text(alphabet=st.sampled_from(list("Фото: «»/.,© \nАбвМВД@x—")), max_size=80), st.integers(0, 5))
def test_blocks_are_disjoint_and_in_order_whatever_the_text(text: str, start: int) -> None:
    end = start
    for block in photo_blocks(text, min(start, len(text)), TERMS):
        assert end <= block.span.start < block.span.end <= len(text)
        for part in (block.marker, block.credit, block.caption):
            assert part is None or block.span.start <= part.start < part.end <= block.span.end
        end = block.span.end
