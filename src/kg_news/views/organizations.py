"""Organisations that the entity model finds: which mentions are one, and what it is called in the nominative."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import contains

from kg_news.records import Span
from kg_news.views.declension import NOMINATIVE, Cases, go_together
from kg_news.views.morph import RELATIONAL, Parse, inflect, known, lemmas, parses, plain
from kg_news.views.tokens import QUOTES, Token, spaced


@dataclass(frozen=True)
class NamedOrganization:
    """A place where the entity model finds an organisation."""

    span: Span
    words: Sequence[Token]
    """Without the quotation marks around them."""
    first: int
    """Index of the first token."""
    cases: Cases | None
    """In which the words around let the name stand; None where they do not tell."""
    unbent: bool = False
    """Whether the name stands as it is called whatever the case: `в компании «Кар Лаб»`."""

    @property
    def text(self) -> tuple[str, ...]:
        return tuple(token.text for token in self.words)

    @property
    def keys(self) -> tuple[frozenset[str], ...]:
        """The dictionary forms that each word may come from."""
        return tuple(lemmas(token.text) for token in self.words if token.text not in QUOTES)

    @property
    def likeliest(self) -> list[str]:
        """Of each word the dictionary form that it most likely comes from."""
        return [parses(token.text)[0].lemma for token in self.words if token.text not in QUOTES]


def own_name(words: Sequence[Token], kinds: frozenset[str]) -> Sequence[Token]:
    """What an organisation is called, without the words before that say of what kind it is: `Заря` of `областная газета
    «Заря»`, `Genentech` of `компания Genentech`.
    """
    at = next((at for at, token in enumerate(words) if token.text in QUOTES or token.text.isascii()), 0)
    if not at or not any(lemmas(token.text) & kinds for token in words[:at]):
        return words
    own = [token for token in words[at:] if token.text not in QUOTES]
    return own if own and own[0].is_word else words


def grouped(
    mentions: Iterable[NamedOrganization], kinds: frozenset[str] = frozenset()
) -> list[list[NamedOrganization]]:
    """Mentions of one organisation together: word by word, each has a dictionary form in common with the first one.
    `kinds` are nouns that do not count before an own name.
    """
    groups: list[list[NamedOrganization]] = []
    having: dict[tuple[int, int, str], list[int]] = {}  # groups by number of words, place of a word, its form
    for mention in mentions:
        keys = _keys(mention, kinds)
        rows = [[having.get((len(keys), place, key), []) for key in row] for place, row in enumerate(keys)]
        rarest = min(rows, key=lambda row: sum(map(len, row)))
        fits = (number for number in sorted({number for row in rarest for number in row}))
        number = next((number for number in fits if _same(_keys(groups[number][0], kinds), keys)), None)
        if number is None:
            number = len(groups)
            groups.append([])
            for place, row in enumerate(keys):
                for key in row:
                    having.setdefault((len(keys), place, key), []).append(number)
        groups[number].append(mention)
    return groups


def _keys(mention: NamedOrganization, kinds: frozenset[str]) -> tuple[frozenset[str], ...]:
    return tuple(lemmas(token.text) for token in own_name(mention.words, kinds) if token.text not in QUOTES)


def _same(one: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> bool:
    return all(a & b for a, b in zip(one, other, strict=True))


def unquoted(words: Sequence[Token]) -> Sequence[Token]:
    """The words of a name, without quotation marks but for those within it that have their partner: `ОАО «Зорька»`."""
    marks = "".join(token.text for token in words if token.text in QUOTES)
    whole = words[0].text in QUOTES and words[-1].text in QUOTES and len(marks) == 2
    if _PAIRED.fullmatch(marks) and not whole:
        return words
    return [token for at, token in enumerate(words) if token.text not in QUOTES or _is_within(words, at)]


def _is_within(words: Sequence[Token], at: int) -> bool:
    """Whether a mark stands within a word: `Zarya's`."""
    if not 0 < at < len(words) - 1 or not (words[at - 1].is_word and words[at + 1].is_word):
        return False
    return words[at - 1].end + 1 == words[at + 1].start


_PAIRED = re.compile(r"(?:«»|“”|„“|„”|\"\")*")


def name_of_group(group: Sequence[NamedOrganization], plurals: frozenset[str] = frozenset()) -> str:
    """The nominative that most of the mentions can be a form of, then that most likely are; of equal ones the first.
    `plurals` are nouns that name a body in the plural alone. Where a mention stands unbent, it tells.
    """
    if unbent := [mention for mention in group if mention.unbent]:
        (words, _) = Counter(mention.text for mention in unbent).most_common(1)[0]
        return spaced(next(mention.words for mention in unbent if mention.text == words), words)
    counts = Counter(mention.text for mention in group)
    firsts = {mention.text: mention for mention in reversed(group)}
    best, most = "", (-1, -1)
    for mention in sorted(firsts.values(), key=lambda mention: mention.span):
        forms = nominative(mention.words, mention.cases, plurals)
        name = [plain(form.lower()) for form in forms if form not in QUOTES]
        possible = sum(counts[text] for text, other in firsts.items() if _can_be(other.keys, name))
        likely = sum(counts[text] for text, other in firsts.items() if other.likeliest == name)
        if (possible, likely) > most:
            best, most = spaced(mention.words, forms), (possible, likely)
    return best


def _can_be(keys: Sequence[frozenset[str]], name: Sequence[str]) -> bool:
    return len(keys) == len(name) and all(map(contains, keys, name))


def nominative(words: Sequence[Token], cases: Cases | None = None, plurals: frozenset[str] = frozenset()) -> list[str]:
    """A body's name with its first noun, and the adjectives before it, in the nominative: `Пограничной службе` →
    `Пограничная служба`. What follows a preposition stays: `Уполномоченный по правам человека`. `cases` are those in
    which the words around let the name stand; `plurals` name a body in the plural alone: `власти`.
    """
    forms = [token.text for token in words]
    numbered = [_NUMBERED.match(form) for form in forms]
    if any(numbered):  # `Балтийской волны-2031` bends before its number
        heads = [
            token._replace(text=found[1]) if found else token for token, found in zip(words, numbered, strict=True)
        ]
        tails = [found[2] if found else "" for found in numbered]
        return [form + tail for form, tail in zip(nominative(heads, cases, plurals), tails, strict=True)]
    if words[0].is_word and not words[0].text.isascii() and not _bends(words[0]):
        return forms  # `ГУ МВД России`: the abbreviation is the noun, and what follows hangs on it
    end = next((place for place, form in enumerate(forms) if "PREP" in parses(form)[0].tags), len(forms))
    bent = [place for place, token in enumerate(words[:end]) if _bends(token)]
    if len(bent) > 1 and not known(forms[bent[0]]) and lemmas(forms[bent[-1]]) & _LAST:
        bent = bent[-1:]
    noun = next((place for place in bent if _is_noun(forms[place]) and not _agrees(forms, place, bent)), None)
    if noun and forms[noun - 1].isdigit() and parses(forms[noun])[0].tags >= {"gent", "plur"}:
        return forms  # `16 тонн`
    before = [place for place in bent if noun is None or place < noun]
    agreed: Parse | None = None
    if noun is not None:
        adjectives = [forms[place] for place in before]
        at, agreed = _agreement(adjectives, forms[noun], cases, not plurals.isdisjoint(lemmas(forms[noun])))
        forms[noun] = _noun(forms[noun], cases, at, agreed)
    for place in before:
        forms[place] = _adjective(forms[place], agreed, alone=len(words) == 1)
    return forms


def is_nominative(words: Sequence[Token]) -> bool:
    """Whether a name is one word that is its own dictionary form: `Жара`, which is a form of `Жар` too."""
    if len(words) != 1 or not known(words[0].text):
        return False
    lower = plain(words[0].text.lower())
    return any(parse.lemma == lower and {"NOUN", "nomn", "sing"} <= parse.tags for parse in parses(words[0].text))


_NUMBERED = re.compile(r"([а-яё]+)(-\d+)$", re.IGNORECASE)
_AGREEING = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct", "masc", "femn", "neut", "plur"})
_LAST = frozenset({"банк", "холдинг", "сервис", "строй", "инвест", "телеком"})
"""Nouns that a company's name ends with as in English, so that they alone bend: `Кереге Банке` → `Кереге Банк`."""


def _is_noun(word: str) -> bool:
    """Whether a word is a noun first of all; one that the dictionary lacks is no verb: `Зордоя` of `Зордой`."""
    readings = parses(word)
    if _ABBREVIATED.fullmatch(word):
        return True
    if not known(word) and "GRND" in readings[0].tags:
        return any("NOUN" in parse.tags and parse.lemma.endswith("й") for parse in readings)
    return "NOUN" in readings[0].tags


def _agrees(forms: Sequence[str], place: int, bent: Sequence[int]) -> bool:
    """Whether what may be a noun is the adjective of the word behind: `главного` of `главного управления`, but not
    `сборной` of `сборной Бразилии`.
    """
    if place + 1 not in bent or "Geox" in parses(forms[place + 1])[0].tags:
        return False
    own = [parse.tags for parse in parses(forms[place]) if "ADJF" in parse.tags]
    behind = [parse.tags for parse in parses(forms[place + 1])[:3] if parse.tags & {"NOUN", "ADJF"}]
    return any(tags & _AGREEING <= other and tags & _AGREEING for tags in own for other in behind)


def _bends(token: Token) -> bool:
    if token.text == "окмоту":
        return False  # `айыл окмоту`, a Kyrgyz word that the dictionary takes for a case
    if not token.is_word:
        return bool(_ORDINAL.fullmatch(token.text))
    return not (token.text.isupper() and len(token.text) > 1) and not token.text.isascii()


def _agreement(adjectives: Sequence[str], noun: str, cases: Cases | None, plural: bool) -> tuple[int, Parse]:
    """The likeliest reading of a noun with which its adjectives agree, with its place among the readings: of
    `Европейским союзом` the instrumental, and no adjective is a plural. Where none does, a singular adjective makes the
    noun one: `Заречного и Нагорного театров`.
    """
    readings = [(at, parse) for at, parse in enumerate(parses(noun)) if "NOUN" in parse.tags]
    readings = readings or list(enumerate(parses(noun)))  # `ТЮЗом`
    if plural:
        readings = [(at, parse) for at, parse in readings if "plur" in parse.tags] or readings
    fitting = [(at, parse) for at, parse in readings if not cases or parse.tags & cases] or readings
    if cases:  # `в Ассоциации` is in one, and not into several
        fitting = sorted(fitting, key=lambda reading: "plur" in reading[1].tags)
    qualities = [_qualities(word) for word in adjectives]
    for at, parse in (*fitting, *readings):
        if all(any(go_together(tags, parse.tags) for tags in some) for some in qualities if some):
            return at, parse
    at, parse = fitting[0]
    if any("plur" not in tags for some in qualities for tags in some):
        parse = Parse(parse.lemma, parse.tags - {"plur"} | {"sing"})
    return at, parse


def _qualities(word: str) -> list[frozenset[str]]:
    return [parse.tags for parse in parses(word) if parse.tags & {"ADJF", "PRTF"}]


def _noun(word: str, cases: Cases | None, at: int, reading: Parse) -> str:
    """A noun that the dictionary lacks (`Клоопа`) is bent only where it cannot be a nominative; one in -а can."""
    if found := _ABBREVIATED.fullmatch(word):
        return found[1]
    if _OF_A_FIELD.fullmatch(word):
        return word
    if found := _NUMBERED.fullmatch(word):
        return _noun(found[1], cases, *_agreement([], found[1], cases, plural=False)) + found[2]
    if not known(word) and _may_stand(word, cases, reading):
        return word
    return inflect(word, NOMINATIVE | (reading.tags & {"sing", "plur"}), at) or word


def _may_stand(word: str, cases: Cases | None, reading: Parse) -> bool:
    """Whether a word that the dictionary lacks, read so in the likeliest way, may be a nominative as it stands."""
    if reading.tags & {"plur", "Fixd"} or (word[-1] in "ая" and not cases and not _ends_bent(word)):
        return True
    if word[-2:].lower() in _LONG:
        return True
    return any("nomn" in parse.tags and _stands_in(parse, cases) for parse in parses(word))


def _ends_bent(word: str) -> bool:
    """Whether a word that the dictionary lacks ends with one that it holds, and not in the nominative: `надзора` of
    `Росприроднадзора`, `Ярда` of `Скотланд-Ярда`.
    """
    own = word.rpartition("-")[2]
    cuts = range(0 if len(word) > len(own) + _TAIL else _LEAST, len(own) - _TAIL + 1)
    tail = next((own[cut:] for cut in cuts if known(own[cut:])), None)
    return tail is not None and not any("nomn" in parse.tags for parse in parses(tail))


_LONG = frozenset({"аа", "оо", "уу", "ээ", "өө", "үү"})
"""Kyrgyz long vowels, which no Russian ending has: `Темир-Суу`, `Ала-Тоо`."""
_LEAST, _TAIL = 3, 4
"""Letters before the word at the end of a compound, and of it."""
_ABBREVIATED = re.compile(r"([А-ЯЁ]{2,})(?:[аеуыи]|о[мйв]|ей|ам|ами|ах)")
"""An abbreviation with an ending: `МИДа`."""
_OF_A_FIELD = re.compile(r"Мин(?!ист)[а-яё]+(?:ия|ства|ы|и)")
"""A ministry that keeps the genitive of its field: `Минприроды`; but `Минюста` is one of `Минюст`."""
_NUMBERED = re.compile(r"([А-Яа-яЁё]+)(-\d+)")
"""`Волны-2009`"""


def _adjective(word: str, noun: Parse | None, *, alone: bool) -> str:
    """An adjective as its noun asks. One that the dictionary lacks is bent where it goes with the noun, or ends like
    one that is made from a place's name.
    """
    readings = [(at, parse) for at, parse in enumerate(parses(word)) if parse.tags & {"ADJF", "PRTF"}]
    if not readings:
        return word
    together = [(at, parse) for at, parse in readings if noun and go_together(parse.tags, noun.tags)]
    likeliest = together or readings
    at, parse = min(likeliest, key=lambda reading: reading[1].lemma.endswith("льший"))  # `Большим` of `Большой`
    many = "plur" in (noun.tags if noun else parse.tags)
    own = noun if noun and (together or known(noun.lemma)) else parse
    gender = own.tags & {"masc", "femn", "neut"}
    if alone and any("masc" in other.tags for _, other in readings):
        gender = frozenset({"masc"})  # `Большого`, a theatre
    if found := _ORDINAL.fullmatch(word):
        return found[1] + ("е" if many else _ORDINALS[next(iter(gender), "masc")])
    if _HIGHEST.fullmatch(word):
        ending = "ие" if many else _ENDINGS[next(iter(gender), "masc")]
        return word[:4] + (ending.upper() if word.isupper() else ending)
    if not (known(word) or together or parse.lemma.endswith(RELATIONAL)):
        return word
    number = frozenset({"plur"}) if many else frozenset({"sing"}) | gender
    return inflect(word, NOMINATIVE | number, at) or word


_HIGHEST = re.compile(r"(?:выс|низ)ш[а-я]{2,3}", re.IGNORECASE)
"""`Высшего совета`: for the dictionary the same word as `высочайший`, which it makes the nominative of."""
_ENDINGS = {"masc": "ий", "femn": "ая", "neut": "ее"}
_ORDINAL = re.compile(r"(\d+-)[а-я]{1,3}")
"""`58-й армии`"""
_ORDINALS = {"masc": "й", "femn": "я", "neut": "е"}


def _stands_in(parse: Parse, cases: Cases | None) -> bool:
    return not cases or bool(parse.tags & cases)
