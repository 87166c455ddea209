"""The rules for the caption before a marker: each looks at the sentences there, the nearest first, and says how many of
them are the caption; CAPTION_RULES lists them in the order they are asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from kg_news.views.caption_sentences import (
    WORD,
    is_closed,
    is_going_on,
    is_narrated,
    is_now,
    is_place_or_date,
    is_scene,
    is_told,
    is_turkic,
    looks_on,
    reports_speech,
    says_what,
    takes_up,
    tells_finitely,
)
from kg_news.views.caption_terms import CaptionTerms, is_label

_TOLD_ON = 200
"""A sentence that tells on from a scene is no longer, in code points."""
LONGEST = 300
"""No caption sentence is longer, in code points."""


@dataclass(frozen=True)
class Before:
    """The sentences between the last cut and a marker, on the marker's own line, the nearest first."""

    texts: tuple[str, ...]
    earlier: str
    """What the article said before them, the last part of it."""
    whole_line: bool
    """Whether they are all that stands on a line of its own, behind other lines."""
    around: str
    """The text around the marker."""
    bracket: bool
    """Whether the marker stands behind a bracket or a slash."""
    captions_before: bool
    """Whether the article's last photo had its caption before the marker."""
    behind_photo: bool = False
    """Whether the article's last photo ends where the sentences begin."""
    headed: bool = False
    """Whether the article has a header: its first sentence is then likely its title."""
    terms: CaptionTerms = field(default_factory=CaptionTerms)

    @cached_property
    def turkic(self) -> bool:
        """Whether the words around are Kyrgyz or Kazakh, which the Russian dictionary does not know."""
        return is_turkic(self.around)

    @property
    def opens_article(self) -> bool:
        """Whether the sentence is the article's first: its title, or the news itself."""
        return len(self.texts) == 1 and not self.earlier.strip()

    def closed(self, n: int = 0) -> bool:
        return is_closed(self.texts[n])

    def scene(self, n: int) -> bool:
        """Whether the n-th sentence shows and does not tell."""
        return n < len(self.texts) and is_scene(self.texts[n], self.terms, turkic=self.turkic)

    def reports(self) -> bool:
        """Whether the nearest sentence reports what somebody said."""
        return reports_speech(self.texts[0], self.terms)

    def now(self, n: int) -> bool:
        return n < len(self.texts) and is_now(self.texts[n], self.terms, turkic=self.turkic)


Rule = Callable[[Before], int]


def doubled(before: Before) -> int:
    """The same sentence twice before one marker: a caption, and the picture's alternative text."""
    if len(before.texts) > 1 and before.texts[0] == before.texts[1] and before.scene(0):
        return 2
    return 0


def numbered(before: Before) -> int:
    """Scenes that are counted: `1. Открытие слета. 2. Зрители в зале. Фото: …`."""
    for count, sentence in enumerate(before.texts[:_COUNTED]):
        number = _NUMBER.match(sentence)
        last = _NUMBER.match(before.texts[0])
        if not number or not last or int(number[1]) != int(last[1]) - count:
            return 0
        if number[1] == "1" and count:
            return count + 1
    return 0


_COUNTED = 9
_NUMBER = re.compile(r"([1-9])[.)] ")


def line_of_its_own(before: Before) -> int:
    """One sentence that has a line to itself, up to the marker, behind other lines."""
    return 1 if before.whole_line and len(before.texts) == 1 and len(before.texts[0]) < LONGEST else 0


def in_brackets(before: Before) -> int:
    """The words before `(Фото: …)` or ` / фото …`, from the last full stop on: `Зал совета / фото пресс-службы`."""
    return 1 if before.bracket and not before.closed() and before.scene(0) else 0


def labelled(before: Before) -> int:
    """A label and the scene before it: `Министр энергетики. Архивное фото. Фото: …`."""
    if not is_label(before.texts[0], before.terms.labels):
        return 0
    return 2 if before.scene(1) or before.now(1) else 1


def pointing(before: Before) -> int:
    """A sentence that says who stands where: `Асан Примеров (слева) вышел из суда. Фото: …`."""
    return 1 if before.closed() and _POINTS.search(before.texts[0]) and not before.reports() else 0


_POINTS = re.compile(
    r"\((?:слева|справа|в центре|посередине|крайн|втор|перв|на переднем|сол|оң)[^()]{0,40}\)|слева направо"
    r"|^(?:На фото|На снимке|Слева|Справа|В центре)\b|^(?:Так|Таким|Такой|Такая|Такие) "
)


def scene_and_place(before: Before) -> int:
    """A scene and its place or date, or a name and who that is: `Пустой зал совета. Талас, 6 января. Фото: …`, `Асан
    Примеров. Юрист, депутат. Фото: …`.
    """
    if len(before.texts) < 2 or not before.closed() or not before.scene(0) or len(before.texts[1]) > 160:
        return 0
    placed = is_place_or_date(before.texts[0]) and (before.scene(1) or before.now(1))
    named = before.scene(1) and all(word[0].isupper() for word in WORD.findall(before.texts[1]))
    return 2 if placed or (named and len(before.texts[1]) < 60) else 0


def scene(before: Before) -> int:
    """A sentence without a predicate: `Совещание кабмина 6 января. Фото: …`."""
    if not before.scene(0) or (before.opens_article and before.texts[0].endswith("?")):
        return 0  # «Город без пробок: сказка или план?» is a title
    if before.closed() and takes_up(before.texts[0]) and (before.scene(1) or before.now(1)):
        return 2  # «Самолет в поле. Таких машин здесь двадцать.»
    if len(before.texts) > 1 and (_COUNTER.fullmatch(before.texts[1]) or _is_dated(before)):
        return 2
    title = len(before.texts) == 2 and not before.earlier.strip()
    if before.closed() and len(before.texts) > 1 and not title and _ASKS.fullmatch(before.texts[1]):
        return 2  # «Гречка или перловка? Обед в школьной столовой.»
    return 1 if before.closed() or len(before.texts) > 1 or before.behind_photo else 0


def _is_dated(before: Before) -> bool:
    """`Токмок, 12 мая 2021 года. Мост через Чу.`: the place and the day of the scene behind them."""
    return bool(re.search(r"\b(?:19|20)\d\d\b", before.texts[1])) and is_place_or_date(before.texts[1])


_COUNTER = re.compile(r"(?:Фото \d{1,2}|\d{1,2}(?: из |/)\d{1,2})\.")
"""`2 из 5. Опора моста.`: the number of a picture in a gallery."""
_ASKS = re.compile(r"[^.!?]{5,60}\?")


def scene_told_on(before: Before) -> int:
    """A scene, and a sentence or two that tell on: `Митинг активистов. Они выступили против отправки солдат. Фото: …`,
    `Жители на площади. На митинг пришли пятьсот человек. Фото: …`: they begin with a pronoun, a preposition or an
    adverb, and do not name their subject first.
    """
    takes = takes_up(before.texts[0])
    reports = before.reports() and not (takes and before.scene(1) and not says_what(before.texts[0]))
    if not (before.closed() or takes) or reports or len(before.texts[0]) > _TOLD_ON:
        return 0
    titled = not before.earlier.strip() and len(before.texts) == 3 and before.texts[2].startswith("«")
    if before.now(0) and not takes and (titled or before.turkic):
        return 0  # ««Мы печем с утра». Один день из жизни пекарни. Пекарь ставит тесто.»: the title has two sentences
    own = len(before.texts) == 2  # it follows a photo, or begins the article
    told = takes or looks_on(before.texts[0]) or not own
    if (before.scene(1) and told) or (takes and before.now(1)):
        return 2
    both = len(before.texts) > 2 and takes_up(before.texts[0]) and takes_up(before.texts[1])
    return 3 if both and before.scene(2) else 0


def happening_now(before: Before) -> int:
    """News tell in the past, captions in the present: `Жители возвращаются в село. Фото: …`."""
    if not before.now(0) or (before.opens_article and before.headed and not _FULL_NAME.match(before.texts[0])):
        return 0  # «Хор едет на фестиваль.» is the article's title; news does not begin with a bare name
    return 1 if before.closed() or len(before.texts) > 1 else 0


def full_name_again(before: Before) -> int:
    """A person whom the article has named before gets the full name anew: `Асан Примеров слушал приговор. Фото: …`."""
    first = before.texts[0]
    if not before.closed() or len(first) > 160 or before.turkic or before.reports():
        return 0
    name = _FULL_NAME.match(first)
    if not name:
        return 0
    stem = name["last"][: max(4, len(name["last"]) - 2)]
    earlier = " ".join([*reversed(before.texts[1:]), before.earlier])
    return 1 if re.search(rf"\b{re.escape(stem)}", earlier) else 0


_FULL_NAME = re.compile(r"[А-ЯЁӨҮҢ][а-яёөүң]+(?:-[А-ЯЁ][а-яё]+)? (?P<last>[А-ЯЁӨҮҢ][а-яёөүң]{2,})\b")


def was_happening(before: Before) -> int:
    """The unfinished past shows what went on, the finished one tells news: `Жители требовали отставки. Фото: …`."""
    if before.opens_article or (len(before.texts) == 2 and not before.earlier.strip()):
        return 0  # «Аким отчитался перед жителями. Жители спрашивали о пробках.»: the news goes on
    return 1 if before.closed() and is_going_on(before.texts[0], before.terms) and not before.turkic else 0


def as_before(before: Before) -> int:
    """An article whose earlier photos have their captions before the marker has them there again: one sentence, short,
    that reports nobody's speech.
    """
    if not before.captions_before or not before.closed() or len(before.texts[0]) > 140:
        return 0
    told = tells_finitely(before.texts[0]) if before.turkic else is_told(before.texts[0], before.terms)
    if takes_up(before.texts[0]) or told:
        return 0
    return 0 if before.reports() or is_narrated(before.texts[0], before.terms) else 1


CAPTION_RULES: tuple[tuple[Rule, float], ...] = (
    (doubled, 0.9),
    (numbered, 0.9),
    (line_of_its_own, 0.95),
    (in_brackets, 0.9),
    (labelled, 0.9),
    (pointing, 0.9),
    (scene_and_place, 0.85),
    (scene, 0.9),
    (scene_told_on, 0.85),
    (happening_now, 0.75),
    (full_name_again, 0.7),
    (was_happening, 0.6),
    (as_before, 0.55),
)
"""In the order they are asked, each with how sure it is: a rank that was set by judgement, not measured."""
