"""Captions: how many of the sentences before a credit's marker belong to the photo.

Nothing marks where a caption begins. A rule looks at the sentences before the marker, the nearest first, and says how
many of them are the caption; CAPTION_RULES lists the rules in the order they are asked. Where none answers, there is no
caption: a cut into the article's own sentences is worse than a caption that is missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import islice, pairwise

from kg_news.records import Span
from kg_news.views.credit_tokens import looks_like_surname
from kg_news.views.morph import PREDICATES, Parse, known, parses
from kg_news.views.sentences import sentences

_LOOK_BACK = 1200
"""How far before a marker its caption may begin, in code points."""
_NAMED_BEFORE = 3000
"""How far before a caption the article's mentions of its person are looked for."""
_NEAR = 600
"""How far around a marker its language is looked at, at least, in code points."""
_TOLD_ON = 200
"""A sentence that tells on from a scene is no longer, in code points."""
_LONGEST = 300
"""No caption sentence is longer, in code points."""


@dataclass(frozen=True)
class CaptionTerms:
    """Words that the registry knows (`registry/photo.yml`, verbs of saying from `registry/languages/ru.yml`)."""

    labels: tuple[tuple[str, str], ...] = ()
    """Words that are a caption by themselves, in lower case, and the kind they tell of: `архивное фото`."""
    cues: frozenset[str] = frozenset()
    """Verbs of saying (lemmas): a sentence that reports speech is no caption."""
    states: frozenset[str] = frozenset()
    """Verbs (lemmas) that in the present tense show no scene: `являться`."""
    shown: frozenset[str] = frozenset()
    """Verbs of saying (lemmas) that a picture can show: `отвечать` on questions."""
    narrative: re.Pattern[str] | None = None
    """How a sentence of the article begins: `По словам`."""
    pointers: re.Pattern[str] | None = None
    """How a caption begins that says who stands where: `Справа:`."""


@dataclass(frozen=True)
class Found:
    """The caption before a marker (null where none can be told), the rule that decided, and how sure it is."""

    span: Span | None
    rule: str
    sure: float


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
        return bool(_LONG_QUOTE.search(self.texts[0])) or any(
            reading.lemma in self.terms.cues for reading in _readings(self.texts[0])
        )

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
    return 1 if before.whole_line and len(before.texts) == 1 and len(before.texts[0]) < _LONGEST else 0


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


def scene_and_place(before: Before) -> int:
    """A scene and its place or date, or a name and who that is: `Пустой зал совета. Талас, 6 января. Фото: …`, `Асан
    Примеров. Юрист, депутат. Фото: …`.
    """
    if len(before.texts) < 2 or not before.closed() or not before.scene(0) or len(before.texts[1]) > 160:
        return 0
    placed = is_place_or_date(before.texts[0]) and (before.scene(1) or before.now(1))
    named = before.scene(1) and all(word[0].isupper() for word in _WORD.findall(before.texts[1]))
    return 2 if placed or (named and len(before.texts[1]) < 60) else 0


def scene(before: Before) -> int:
    """A sentence without a predicate: `Совещание кабмина 6 января. Фото: …`."""
    if not before.scene(0):
        return 0
    if before.closed() and takes_up(before.texts[0]) and (before.scene(1) or before.now(1)):
        return 2  # «Самолет в поле. Таких машин здесь двадцать.»
    title = len(before.texts) == 2 and not before.earlier.strip()
    if before.closed() and len(before.texts) > 1 and not title and _ASKS.fullmatch(before.texts[1]):
        return 2  # «Гречка или перловка? Обед в школьной столовой.»
    return 1 if before.closed() or len(before.texts) > 1 else 0


def scene_told_on(before: Before) -> int:
    """A scene, and a sentence or two that tell on: `Митинг активистов. Они выступили против отправки солдат. Фото: …`,
    `Жители на площади. На митинг пришли пятьсот человек. Фото: …`: they begin with a pronoun, a preposition or an
    adverb, and do not name their subject first.
    """
    takes = takes_up(before.texts[0])
    reports = before.reports() and not (takes and before.scene(1) and not _SAYS_WHAT.search(before.texts[0]))
    if not before.closed() or reports or len(before.texts[0]) > _TOLD_ON:
        return 0
    own = len(before.texts) == 2  # it follows a photo, or begins the article
    told = takes or _looks_on(before.texts[0]) or not own
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


def was_happening(before: Before) -> int:
    """The unfinished past shows what went on, the finished one tells news: `Жители требовали отставки. Фото: …`."""
    if before.opens_article:
        return 0
    return 1 if before.closed() and is_going_on(before.texts[0], before.terms) and not before.turkic else 0


def as_before(before: Before) -> int:
    """An article whose earlier photos have their captions before the marker has them there again: one sentence, short,
    that reports nobody's speech.
    """
    if not before.captions_before or not before.closed() or len(before.texts[0]) > 140:
        return 0
    if takes_up(before.texts[0]):
        return 0
    return 0 if before.reports() or _narrated(before.texts[0], before.terms) else 1


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


def find_caption(
    text: str, floor: int, marker: int, terms: CaptionTerms, *, opening: int = 0, captions_before: bool = False
) -> Found:
    """The caption before a marker. `floor` is where the last cut ended, `opening` where the article begins,
    `captions_before` whether its last photo had a caption before the marker.
    """
    window = max(floor, marker - _LOOK_BACK)
    line_start = text.rfind("\n", window, marker) + 1 or window
    bracket = text[max(line_start, marker - 3) : marker].rstrip().endswith(("(", "/", "|"))
    end = marker
    while bracket and end > line_start and text[end - 1] in " \u00a0(/|":
        end -= 1
    spans = _parted(text, sentences(text, line_start, end))
    if not spans:
        return Found(None, "no caption before the marker", 0.9)
    if line_start == window > floor:
        spans = spans[1:]  # the first one may be cut by the window
    if not spans:
        return Found(None, "the caption's beginning cannot be told", 0.5)
    before = Before(
        texts=tuple(text[slice(*span)] for span in reversed(spans)),
        earlier=text[max(opening, spans[0].start - _NAMED_BEFORE) : spans[0].start],
        whole_line=text[line_start - 1 : line_start] == "\n",
        around=_around(text, opening, marker),
        bracket=bracket,
        captions_before=captions_before,
        headed=opening > 0,
        terms=terms,
    )
    for rule, sure in CAPTION_RULES:
        if count := rule(before):
            return Found(Span(spans[-count].start, spans[-1].end), rule.__name__, sure)
    if not before.closed():
        return Found(None, "the words before the marker end no sentence", 0.5)
    return Found(None, "the caption's beginning cannot be told", 0.5)


def _parted(text: str, spans: Sequence[Span]) -> list[Span]:
    """The sentences, parted also where the space between two was lost: `Скот погиб.Отара на пастбище.`"""
    parted: list[Span] = []
    for start, end in spans:
        cuts = [match.end() for match in _LOST_SPACE.finditer(text, start, end)]
        parted += [Span(*piece) for piece in zip([start, *cuts], [*cuts, end], strict=True)]
    return parted


def _around(text: str, opening: int, marker: int) -> str:
    """Some 2,000 code points around a marker: the same for markers that are near, so that they are read once."""
    start = max(opening, (marker - _NEAR) // _NEAR * _NEAR)
    return text[start : (marker + _NEAR) // _NEAR * _NEAR + _NEAR]


_LOST_SPACE = re.compile(r"(?<=[а-яёөүңіәғқұһ]{3})[.!?…](?=[А-ЯЁӨҮҢӘҒҚҰҺІ][а-яёөүңіәғқұһ])")


def find_caption_after(
    text: str, end: int, terms: CaptionTerms, *, own_line: bool, before_marker: bool
) -> Found | None:
    """The caption behind a credit that ends in a full stop at `end`; None where there is none.

    `Фото «Азаттыка». Судья назначила срок` at the end of a line, without a stop of its own; or a sentence without a
    predicate behind a credit that begins a line: `Фото «Азаттыка». Зал суда. Судья назначила срок.` `before_marker`
    says that another photo's marker follows behind it: then the sentence is the other photo's.
    """
    labelled = any(text.startswith(label, end + 1) for label in _capitalised(terms.labels))
    if before_marker or not (own_line or labelled):
        return None
    limit = min(len(text), end + 2 * _LONGEST)
    line_end = text.find("\n", end, limit)
    closed_line = line_end >= 0
    spans = sentences(text, end, line_end if closed_line else limit)
    if not spans:
        return None
    first = text[slice(*spans[0])]
    if own_line and closed_line and len(spans) == 1 and not is_closed(first) and len(first) < _LONGEST:
        return Found(spans[0], "line behind the credit", 0.85)
    turkic = is_turkic(text[max(0, end - 600) : limit])
    if is_label(first, terms.labels):
        return Found(spans[0], "label behind the credit", 0.8)
    if own_line and is_closed(first) and len(first) < 140 and is_scene(first, terms, turkic=turkic):
        return Found(spans[0], "scene behind the credit", 0.6)
    return None


def captions_alone(text: str, start: int, terms: CaptionTerms) -> Iterator[Found]:
    """Captions of photos that credit nobody, where they are sure: `Справа: глава комитета.`, `Иллюстративное фото.`, a
    line without a predicate that is printed twice.
    """
    yield from sorted(
        [*_pointers_alone(text, start, terms), *_labels_alone(text, start, terms), *_lines_twice(text, start, terms)],
        key=lambda found: found.span or Span(0, 0),
    )


def _pointers_alone(text: str, start: int, terms: CaptionTerms) -> Iterator[Found]:
    for match in terms.pointers.finditer(text, start) if terms.pointers else ():
        if not _begins_sentence(text, match.start(), start):
            continue
        limit = min(len(text), match.start() + _LONGEST)
        line_end = text.find("\n", match.start(), limit)
        spans = sentences(text, match.start(), line_end if line_end >= 0 else limit)
        if spans and is_closed(text[slice(*spans[0])]):
            yield Found(spans[0], "pointer", 0.8)


def _labels_alone(text: str, start: int, terms: CaptionTerms) -> Iterator[Found]:
    pattern = label_pattern(terms.labels)
    for match in pattern.finditer(text, start) if pattern else ():
        if _begins_sentence(text, match.start(), start):
            yield Found(Span(_scene_before(text, match.start(), start, terms), match.end()), "label", 0.8)


def _scene_before(text: str, label: int, start: int, terms: CaptionTerms) -> int:
    """Where a scene that stands before a label begins: `Медведь в зоопарке. Иллюстративное фото.`; else the label."""
    window = max(start, label - _LONGEST)
    line = text.rfind("\n", window, label) + 1 or window
    spans = sentences(text, line, label)
    if len(spans) > (line == window > start):
        words = text[slice(*spans[-1])]
        if is_closed(words) and is_scene(words, terms, turkic=is_turkic(text[window : label + _LONGEST])):
            return spans[-1].start
    return label


def _lines_twice(text: str, start: int, terms: CaptionTerms) -> Iterator[Found]:
    lines = [(match.start(), match.group().rstrip()) for match in _LINE.finditer(text, start)]
    for (at, line), (again, other) in pairwise(lines):
        twice = line == other and 15 < len(line) < _LONGEST and line[-1] == "." and again == at + len(line) + 1
        if twice and is_scene(line, terms, turkic=is_turkic(line)):
            yield Found(Span(at, at + len(line)), "line twice", 0.85)
            yield Found(Span(again, again + len(line)), "line twice", 0.85)


def _capitalised(labels: Iterable[tuple[str, str]]) -> list[str]:
    return [label.capitalize() for label, _ in labels]


def label_pattern(labels: Iterable[tuple[str, str]]) -> re.Pattern[str] | None:
    forms = "|".join(map(re.escape, sorted(_capitalised(labels), key=len, reverse=True)))
    return re.compile(rf"(?:{forms})(?:\.(?=\s|\Z)|(?=[ \t]*(?:\n|\Z)))") if forms else None


def _begins_sentence(text: str, at: int, start: int) -> bool:
    before = text[max(start, at - 3) : at].rstrip(" \u00a0")
    return at <= start or not before or before[-1] in ".!?…»)\n"


def is_closed(sentence: str) -> bool:
    return sentence[-1] in ".!?…»"


def is_label(sentence: str, labels: Iterable[tuple[str, str]]) -> bool:
    bare = sentence.rstrip(".").lower()
    return any(bare == label for label, _ in labels)


def is_scene(sentence: str, terms: CaptionTerms, *, turkic: bool = False) -> bool:
    """Whether a sentence has no predicate outside quotations and relative clauses, no dash that stands for one, and
    does not begin as the article's own sentences do.
    """
    bare = _RELATIVE.sub(" ", _QUOTED.sub(" ", sentence))
    if (
        _DASH.search(_APPOSED.sub(_without_apposition, _ROUTE.sub(" ", bare)))
        or not _WORD.search(sentence)
        or _narrated(sentence, terms)
        or _lists(bare)
    ):
        return False
    if _TELLING_TIME.search(bare):
        return False
    if turkic:
        return not ends_in_verb(bare) and not _TURKIC_SPEECH.search(bare) and not bare.rstrip().endswith("?")
    words = list(_own_words(bare))
    if words and _noun_first(bare) and bare.lstrip().startswith(words[0]):
        del words[0]
    return not any(parses(word)[0].tags & PREDICATES for word in words)


def _without_apposition(match: re.Match[str]) -> str:
    """`Флаги стран — участниц союза.`: two nouns in one oblique case; the dash joins them."""
    one, other = (
        frozenset(tag for parse in parses(word) if "NOUN" in parse.tags for tag in parse.tags & _NOUN_CASES)
        for word in match.groups()
    )
    return " " if one & other - {"nomn"} and "nomn" not in other else match.group()


def _noun_first(sentence: str) -> bool:
    """Whether the first word can be a noun in the nominative, whatever else: `Смог над Алматы.`"""
    first = _WORD.search(sentence)
    return first is not None and any({"NOUN", "nomn"} <= parse.tags for parse in parses(first.group()))


def is_now(sentence: str, terms: CaptionTerms, *, turkic: bool = False) -> bool:
    """Whether all its predicates are in the present tense, and it denies nothing and quotes nobody."""
    bare = _RELATIVE.sub(" ", _QUOTED.sub(" ", sentence))
    if _NOT.search(bare) or _DASH.search(bare) or _LONG_QUOTE.search(sentence) or len(sentence) > 200:
        return False
    if _narrated(sentence, terms):
        return False
    if turkic:
        return bool(_TURKIC_NOW.search(bare.rstrip(" .!?…»")))
    predicates = list(_predicates(bare))
    told = terms.states | (terms.cues if _SAYS_WHAT.search(bare) else terms.cues - terms.shown)
    return bool(predicates) and all(
        {"pres", "3per"} <= reading.tags and reading.lemma not in told for reading in predicates
    )


def _predicates(text: str) -> Iterator[Parse]:
    """The predicates by the likeliest readings; what can be a noun behind a verb is its object: `сажают ели`."""
    before = False
    for word in _own_words(text):
        reading = parses(word)[0]
        predicate = bool(reading.tags & PREDICATES)
        if predicate and not (before and any("NOUN" in parse.tags for parse in parses(word))):
            yield reading
        before = predicate


def is_going_on(sentence: str, terms: CaptionTerms) -> bool:
    """Whether all its predicates are imperfective verbs of the past, none of them a verb of saying or being."""
    bare = _RELATIVE.sub(" ", _QUOTED.sub(" ", sentence))
    if _NOT.search(bare) or _DASH.search(bare) or _LONG_QUOTE.search(sentence) or len(sentence) > 140:
        return False
    if _narrated(sentence, terms) or takes_up(sentence):
        return False
    predicates = [word for word in _own_words(bare) if parses(word)[0].tags & PREDICATES]
    told = terms.cues | terms.states | {"быть"}
    return bool(predicates) and all(
        any({"past", "impf"} <= parse.tags and parse.lemma not in told for parse in parses(word)) for word in predicates
    )


def is_place_or_date(sentence: str) -> bool:
    """`Талас, 6 января.`, `11 июня 2021 года.`, `Бишкек.`: names, numbers and months only."""
    if len(sentence) > 60 or _DATE_WORDS.sub(" ", sentence).strip(" .,"):
        return False
    return all(_may_be_place(word) for word in _WORD.findall(sentence) if word[0].isupper())


def _may_be_place(word: str) -> bool:
    return not known(word) or any("Geox" in parse.tags for parse in parses(word))


def _looks_on(sentence: str) -> bool:
    first = parses(_WORD.findall(sentence)[0])[0].tags if _WORD.search(sentence) else frozenset()
    return bool(first & {"PREP", "ADVB", "PRED", "PRTS", "ADJS", "NUMR"})


def takes_up(sentence: str) -> bool:
    return bool(_TAKES_UP.match(sentence) or _HERE.search(sentence))


@lru_cache(maxsize=64)
def is_turkic(text: str) -> bool:
    """Whether a text is Kyrgyz or Kazakh: by the letters that Russian lacks, or as most of its words are not in the
    Russian dictionary. Names do not count: `Гүлмайрам Өмүрова` is credited in Russian articles too.
    """
    words = list(islice(_SMALL_WORD.findall(text), 120))
    if sum(bool(_TURKIC_LETTER.search(word)) for word in words) * 10 > len(words):
        return True
    return len(words) > 2 and sum(known(word) for word in words[:60]) * 2 < len(words[:60])


def ends_in_verb(sentence: str) -> bool:
    """Whether the last word is a finite verb, as in every full Kyrgyz or Kazakh sentence: `Эл чогулду.`"""
    words = _WORD.findall(sentence)
    return bool(words) and (words[-1].islower() and bool(_TURKIC_VERB.search(words[-1])))


def _narrated(sentence: str, terms: CaptionTerms) -> bool:
    return bool(terms.narrative and terms.narrative.match(sentence))


def _lists(sentence: str) -> bool:
    """`Чуйская область — 49;`, `Всего 39 человек.`, `Новости • Общество`: figures are news, bullets are menus."""
    return sentence.rstrip().endswith((";", ":")) or bool(_FIGURES.search(sentence)) or "•" in sentence


_TAKES_UP = re.compile(
    r"(?:Он|Она|Оно|Они|Здесь|Сюда|Там|Туда|Это|Эти|Этот|Эта|Его|Её|Ее|Их|На фото|Слева|Справа|В центре"
    r"|Так(?:ой|ая|ие|их|им)|Алар|Анын|Алардын|Олар|Оның|Олардың|Бул|Бұл|Мында|Мұнда|Баары|Барлығы)\b"
)
_HERE = re.compile(r"\b(?:здесь|отсюда|сюда)\b")
_POINTS = re.compile(
    r"\((?:слева|справа|в центре|посередине|крайн|втор|перв|на переднем|сол|оң)[^()]{0,40}\)|слева направо"
    r"|^(?:На фото|На снимке|Слева|Справа|В центре)\b|^(?:Так|Таким|Такой|Такая|Такие) "
)
_FULL_NAME = re.compile(r"[А-ЯЁӨҮҢ][а-яёөүң]+(?:-[А-ЯЁ][а-яё]+)? (?P<last>[А-ЯЁӨҮҢ][а-яёөүң]{2,})\b")
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\([^()]*\)")
_LONG_QUOTE = re.compile(r"«(?:[^«»\s]+\s+){5,}[^«»]*»|», [—–-]")
_RELATIVE = re.compile(r",(?:\s\w+)?\s(?:котор[а-я]+|где|куда|откуда|когда|чей|чья|чье|чьи)\s[^,.]*,?")
"""`Пассажиры, которых не выпускали из аэропорта.` is a scene: the predicate is the relative clause's."""
_TELLING_TIME = re.compile(
    r"\b(?:уже|пока|ещ[её]|сегодня|завтра|вчера|теперь|скоро"
    r"|во? (?:понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье))\b",
    re.IGNORECASE,
)
"""`Голосование в пятницу.`: the time of who tells; a picture has a date."""
_SAYS_WHAT = re.compile(r"[,:]|\bоб? ")
"""`Министр отвечает на вопросы` can be seen, `Врачи говорят о вирусе` cannot."""
_ASKS = re.compile(r"[^.!?]{5,60}\?")
_NOT = re.compile(r"\b[Нн]е\b")
_DASH = re.compile(r"\s[—–-]\s")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FIGURES = re.compile(
    r"\d\s?%|\d\s(?:сом|человек|случа|киши|адам)|\b(?:млн|млрд|тыс\.|тысяч|миллион|миллиард|миң|мың|тенге|теңге|рубл|доллар|процент|пайыз)"
)
_DATE_WORDS = re.compile(
    r"\d+(?:-\w+)?|[А-ЯЁӨҮҢҚҒҰІӘ][\w-]+|\b(?:года?|г|январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|ию[нл][ья]|августа?"
    r"|сентябр[ья]|октябр[ья]|ноябр[ья]|декабр[ья]|город|село|область|район|жыл|жылы)\b"
)
_ROUTE = re.compile(r"(?<=[а-яё]) [—–-] (?=[А-ЯЁӨҮҢ][а-яё])")
"""`Трасса Бишкек — Ош.`: a dash between two names is no predicate."""
_APPOSED = re.compile(r"([а-яё]+) [—–-] ([а-яё]+)")
_NOUN_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
_LINE = re.compile(r"[^\n]+")
_SMALL_WORD = re.compile(r"(?<![\w-])[а-яёөүңіәғқұһa-z-]{3,}(?![\w-])")
_TURKIC_LETTER = re.compile(r"[өүңәғқұһіӨҮҢӘҒҚҰҺІ]")
_TURKIC_VERB = re.compile(
    r"(?:[пткқсшчщцфх]т[ыиуүі]|[^пткқсшчщцфх]д[ыиуүі]|[йаеоөэ]т|[гкғқ][аеоө]н|жатыр|тұр|отыр|жүр|жок|жоқ|керек|болчу|екен|экен|эмес|емес)$"
)
"""Endings of the past, the present and the participles that close a sentence: `чыкт|ы`, `барат`, `келген`, `айтып`."""
_TURKIC_SPEECH = re.compile(r"\b(?:деп|деди|дейт|деді|дейді|жок|жоқ)\b")
_TURKIC_NOW = re.compile(r"(?:жат(?:ат|ышат|ыр)|тур(?:ат|ушат)|тұр|отур(?:ат|ушат)|отыр|жүр(?:өт|үшөт)?)$")


def _readings(text: str) -> Iterator[Parse]:
    """The likeliest reading of each word."""
    for word in _own_words(text):
        yield parses(word)[0]


def _own_words(text: str) -> Iterator[str]:
    """The words but for names, whatever they look like: capitals inside the sentence, and a first word that the
    dictionary does not know or behind which a surname follows.
    """
    words = _WORD.findall(text)
    for number, word in enumerate(words):
        if word[0].islower() or (number == 0 and known(word) and not _names_first(words)):
            yield word


def _names_first(words: Sequence[str]) -> bool:
    return len(words) > 1 and words[1][0].isupper() and looks_like_surname(words[1])
