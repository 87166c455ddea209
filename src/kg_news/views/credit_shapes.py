"""The shapes that a party of a photo credit has, each a small function with an example; SHAPES lists them in the order
they are asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import exp, inf, log1p
from typing import Literal, NamedTuple

from kg_news.views.credit_boundary import (
    LEGAL_FORMS,
    NEW_PERSON,
    cases,
    completes,
    facts,
    is_predicate,
    is_speech,
    opens,
)
from kg_news.views.credit_tokens import (
    Token,
    is_adjective,
    is_common,
    is_function_word,
    is_proper,
    is_surname,
    is_verb,
    join,
    looks_like_surname,
)
from kg_news.views.morph import known, lemmas, parses

_PATRONYMIC = re.compile(r"(?:ович|евич|ьич|овна|евна|ична|инична)$")
PARTICLES = frozenset(["уулу", "кызы", "оглы", "улы", "ұлы", "қызы", "углы", "угли", "оғли", "қизи", "зода"])
LEADS_ON = frozenset({"и", "жана", "және", "для", "специально"})
"""What may stand behind a name within a credit in small letters: `Иван Петров специально для «Клоопа»`."""
_OWNED = re.compile(r"(?:с[ыиуүі]|(?<![дт])[ыиуүі])(?:н[аеоө]н)?$")
"""Ending of a Kyrgyz or Kazakh noun that is owned, `киностудиясы`, and of no verb of the past: `токтоду`."""
_OWNED_BY = frozenset({"страница", "страничка", "аккаунт", "архив"})
"""Nouns (lemmas) that a person's name follows who owns it."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_GENITIVE = re.compile(r"(?:[нтд][ыиуү]н|[нтд][ыі]ң|с[ыиуү]|с[ыі])$")
"""Endings of a Kyrgyz or Kazakh noun that owns or is owned: `Республикасынын`, `Кеңештин`, `мэриясы`."""
_GENITIVE_ALONE = frozenset({"gent"})
_HAS = re.compile(r"[нтд](?:[ыиуү]н|[ыі]ң)$")
"""Ending of a Kyrgyz or Kazakh noun that owns: `облысының`."""
SEPARATORS = frozenset("/|\\(•+") | {"//"}
"""Signs between the parties of a credit."""


@dataclass(frozen=True, eq=False)
class CreditTerms:
    """Words of credits that the registry knows (`registry/photo.yml`, `registry/outlets/`)."""

    names: Mapping[str, int] = field(default_factory=dict)
    """Names of agencies and outlets in lower case, each with its number of tokens."""
    longest: Mapping[str, int] = field(default_factory=dict)
    """The first token of each name, with the number of tokens in the longest that begins with it."""
    closers: frozenset[str] = frozenset()
    """Kyrgyz and Kazakh words that end a body's name, as its head stands last: `кызматы`, `агенттігі`."""
    bodies: frozenset[str] = frozenset()
    """Head nouns (lemmas) of bodies: `министерство`, `пресс-служба`."""
    carriers: frozenset[str] = frozenset()
    """Words (lemmas) that come before the name of who is credited: `скриншот`, `сайт`."""
    outlet_words: frozenset[str] = frozenset()
    """Words that make two capitalised words an outlet: `News`."""
    platforms: frozenset[str] = frozenset()
    """Social networks, in lower case: their page is named by its owner, `Facebook Мирлана Случайного`."""
    apposed: frozenset[str] = frozenset()
    """Nouns (lemmas) behind which a name stands in the nominative: `радио Азаттык`, `мэрия города Ош`."""
    begins: frozenset[str] = frozenset()
    """Words that begin sentences and are no names: Kyrgyz `Кечээ`."""
    given: frozenset[str] = frozenset()
    """Given names that the dictionary lacks."""
    places: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Forms of cities' names that the dictionary lacks, with their cases: `Шымкента`."""
    bent: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Forms of the given names, but their nominatives, with their cases: `Ерлана`."""
    boundary: Mapping[str, float] = field(default_factory=dict)
    """What each fact at a capital weighs for the next sentence's beginning there (`views.credit_boundary`)."""


@dataclass(frozen=True)
class Party:
    """One name in a credit."""

    role: Literal["creator", "agency"]
    text: str
    """The name, without quotation marks."""
    end: int
    """Index of the token behind it."""
    shape: str


def head_last(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """A body in Kyrgyz or Kazakh, whose head ends it: `Бишкек шаардык мэриясынын басма сөз кызматы`, `«Зорька»
    архивинен алынды`. Behind the first word a capital stands only on an owner: `Талас облусунун`.
    """
    end, found, small = i, 0, 0
    while end < len(tokens) and end - i < 9 and tokens[end].kind in {"word", "quote", "number", "domain"}:
        token = tokens[end]
        page = token.abbreviation or token.cyrillic_free  # «Асан Примеровдун Facebook баракчасынан»
        state = end == i + 1 and tokens[i].abbreviation  # «ҚР Энергетика министрлігі»
        if end > i and token.kind == "word" and token.capital and not (page or state or _owns(token.text)):
            break
        if end > i and found and token.capital:
            break
        end += 1
        if token.abbreviation and end - i > 1 and _HAS.search(tokens[end - 2].text):
            return Party("agency", join(tokens, i, end), end, "head last")  # «Алматы облысының ТЖД»
        if token.text.lower() in terms.closers and not (end == i + 1 and is_body(token.text, terms)):
            found = end  # «архивинен алынды»: the last of several
        elif found:
            break
        elif token.lower:
            small = end if not known(token.text) and _OWNED.search(token.text) else -1
    if not found and small == end > i + 1:
        found = end  # «Зорька» киностудиясы
    return Party("agency", join(tokens, i, found), found, "head last") if found else None


def _owns(word: str) -> bool:
    return bool(_GENITIVE.search(word))


def quoted(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """An outlet in quotation marks: `«Клооп»`."""
    if tokens[i].kind != "quote" or tokens[i].text[-2:-1] in {".", "?", "!", ","}:
        return None
    return Party("agency", tokens[i].text.strip('«»“”„"').strip(), i + 1, "quoted")


def registered(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """A name that the registry has: `РИА Новости`, `Sputnik Кыргызстан`; of several that fit the longest."""
    first = tokens[i]
    if first.lower:
        return None
    for end in range(min(i + terms.longest.get(first.text.lower(), 0), len(tokens)), i, -1):
        acts = end < len(tokens) and tokens[end].lower and is_predicate(tokens[end].text)
        if acts and end > i + 1 and _is_place(tokens[end - 1]):
            continue  # «Sputnik Казахстан закрыл границу»
        if (name := join(tokens, i, end)).lower() in terms.names:
            if end + 1 < len(tokens) and _YEAR.fullmatch(tokens[end].text) and tokens[end + 1].text in SEPARATORS:
                return Party("agency", join(tokens, i, end), end + 1, "registered")  # «© AFP 2024 / Асан Примеров»
            owned = name.lower() in terms.platforms and not (i > 0 and tokens[i - 1].text in SEPARATORS)
            behind = _owner(tokens, end, terms) if owned else _outlet_word(tokens, end, terms)
            return Party("agency", join(tokens, i, behind), behind, "registered")
    return None


def _outlet_word(tokens: list[Token], i: int, terms: CreditTerms) -> int:
    """The end with a word that only outlets have: `Азаттык Медиа`, `Искра.Медиа`."""
    at = i + 1 if i < len(tokens) and tokens[i].text == "." else i
    named = at < len(tokens) and tokens[at].text in terms.outlet_words
    if at + 1 < len(tokens) and tokens[at + 1].lower and is_predicate(tokens[at + 1].text):
        return i  # «Искра.kz Газета пишет …»
    return at + 1 if named and (at == i or tokens[at].start == tokens[i].end) else i


def _owner(tokens: list[Token], i: int, terms: CreditTerms) -> int:
    """The end with the owner's name in the genitive, up to three words: `Facebook Мирлана Случайного`."""
    end = i
    while end < len(tokens) and end - i < 3 and is_name_word(tokens[end]) and goes_on(tokens, i - 1, end, terms):
        end += 1
    return end


def address(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """A site or an account: `Vласть.kz`, `@gum_chynar`, `VK.com`."""
    if tokens[i].kind not in {"handle", "domain", "latinpair"}:
        return None
    return Party("agency", tokens[i].text, i + 1, "address")


def latin_run(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """Latin words where Cyrillic text follows: `RFE/RL`, `Sputnik`; two capitalised words are a person."""
    end = i
    while (
        end < len(tokens)
        and tokens[end].kind in {"word", "number", "initial"}
        and (tokens[end].latin or end > i)
        and tokens[end].cyrillic_free
        and (end - i < 2 or tokens[end].capital or tokens[end].kind == "number")
    ):
        end += 1
    sentence = end - i > 1 and tokens[i].lower and tokens[i + 1].lower  # «Photos: five things to know»
    if end == i or tokens[i].kind == "initial" or sentence:
        return None
    if end < len(tokens) and tokens[end - 1].kind == "number" and _counts(tokens, end - 1):
        end -= 1  # «Reuters 19 журналистов арестованы»
    if end < len(tokens) and tokens[end].lower and tokens[end].text not in LEADS_ON:
        # «Telegram-канал», «Sputnik сообщает»: a noun belongs to the name, anything else does not
        if end - i == 1 or not tokens[end - 1].capital or is_body(tokens[end].text, terms):
            return _latin_page(tokens, i, end, terms)
        end -= 1  # «Steppe Post Steppolife сообщает»
    if end - i > 3:
        end = i + 2  # The text around is Latin too: take the words that are written as a name.
    elif end - i > 1 and end < len(tokens) and tokens[end].latin and not tokens[end].capital:
        end -= 1  # «John Smith Police said»
    if end < len(tokens) and _branch(tokens, end):
        return Party("agency", join(tokens, i, end + 1), end + 1, "latin run")
    words = tokens[i:end]
    person = len(words) == 2 and all(
        token.capital
        and not token.abbreviation
        and token.kind == "word"
        and token.text.isalpha()
        and token.text not in terms.outlet_words
        for token in words
    )
    return Party("creator" if person else "agency", join(tokens, i, end), end, "latin run")


def _latin_page(tokens: list[Token], i: int, end: int, terms: CreditTerms) -> Party:
    """`Telegram канал «Зорька»`, `YouTube-канал «Зорьки»`: a page, named behind its noun."""
    if is_body(tokens[end].text, terms):
        while end < len(tokens) and (tokens[end].lower or tokens[end].kind in {"quote", "handle", "domain"}):
            if tokens[end].lower and is_verb(tokens[end].text):
                break
            end += 1
    return Party("agency", join(tokens, i, end), end, "latin run")


def body(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """A body or a page, from its head noun on: `пресс-служба кабмина`, `скриншот видео «Клоопа»`, `МЧС Кыргызстана`.

    It goes on over lower-case words, quotations, abbreviations, and capitalised words that can stand in an oblique
    case: `Посольство Кыргызстана в России` ends before the nominative `Посольство`.
    """
    if tokens[i].kind != "word" or not _heads(tokens, i, terms):
        return None
    end = _number(tokens, likeliest(ends(tokens, i, terms)).end)
    return Party("agency", join(tokens, i, end), end, "body")


class End(NamedTuple):
    """Where a body's name may end."""

    end: int
    """Index of the token behind the name."""
    log: float
    """The logarithm of how likely it is."""
    sum: float
    """What the facts at `end` weigh together; infinite where no weights decide."""
    fits: bool
    """Whether a sentence can begin there: no word in small letters does."""


def ends(tokens: list[Token], first: int, terms: CreditTerms) -> list[End]:
    """The places where a name that begins at `first` may end, in reading order: before each capital, quotation and
    Latin word, and where nothing of a name follows.
    """
    found: list[End] = []
    end, log = first + 1, 0.0
    while end < len(tokens) and end - first < _LONGEST:
        weight = _weight(tokens, first, end, terms)
        if weight == inf and not _lists(tokens, end):
            break
        if -inf < weight < inf:
            found.append(_end(tokens, first, end, log - log1p(exp(-weight)), weight))
            log -= log1p(exp(weight))
        end += 1
    return [*found, _end(tokens, first, end, log, inf)]


def _end(tokens: list[Token], first: int, end: int, log: float, weight: float) -> End:
    while end > first + 1 and tokens[end - 1].kind == "word" and is_function_word(tokens[end - 1].text):
        end -= 1
    return End(end, log, weight, end == len(tokens) or not tokens[end].lower)


def likeliest(found: list[End]) -> End:
    """The likeliest end; where the name seems to run on in small letters, a capital before it that begins a sentence
    more likely than not by far: `пресс-служба МВД ЮНИСЕФ обещает тепло`.
    """
    best = max(found, key=lambda end: end.log)
    others = [end for end in found if end.fits and end.sum > _DOUBTFUL]
    return best if best.fits or not others else max(others, key=lambda end: end.log)


_LONGEST = 12
"""Words that a body's name has at most."""
_DOUBTFUL = -3.0


def _number(tokens: list[Token], end: int) -> int:
    """The end with a number that belongs to a channel's name: `Хабар 24`; in `… 6 января` it is a date's."""
    if end < len(tokens) and tokens[end].kind == "number" and len(tokens[end].text) < 4:
        return end if _counts(tokens, end) else end + 1
    return end


def _counts(tokens: list[Token], i: int) -> bool:
    """Whether a number begins a sentence: `6 января`, `10-й класс`, `40 % жителей`."""
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    return behind is not None and (behind.lower or behind.text in {"%", "-", "–"})


def _heads(tokens: list[Token], i: int, terms: CreditTerms) -> bool:
    """Whether a body's name can begin here: in small letters any noun, participle or `из`, `с`; with a capital a noun
    that heads bodies, an abbreviation, or an adjective before a noun in small letters (`Верховный суд`).
    """
    token = tokens[i]
    if token.lower and not token.latin:
        tags = parses(token.text)[0].tags
        return not tags & {"CONJ", "PRCL", "NPRO", "ADVB", "INTJ", "VERB", "PRED", "PRTS", "NUMR"} or bool(
            lemmas(token.text) & (terms.bodies | terms.carriers)
        )
    if token.latin:
        return is_body(token.text, terms)
    if token.abbreviation:
        return True
    if _is_attribute(tokens, i, terms) and i + 1 < len(tokens) and tokens[i + 1].lower:
        return bool(parses(tokens[i + 1].text)[0].tags & {"NOUN", "ADJF"})
    office = known(token.text) and "Orgn" in parses(token.text)[0].tags  # «Минсельхоз»
    return (office or is_body(token.text, terms)) and not is_surname(token.text)


def _is_attribute(tokens: list[Token], i: int, terms: CreditTerms) -> bool:
    """`Верховный суд`; `Баткенская областная администрация`, though it looks like a surname, by what follows."""
    word = tokens[i].text
    if is_adjective(word) and not is_surname(word):
        return True
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    noun = (
        behind is not None and behind.lower and ("ADJF" in parses(behind.text)[0].tags or is_body(behind.text, terms))
    )
    return noun and any({"ADJF", "nomn"} <= parse.tags for parse in parses(word))


def is_body(word: str, terms: CreditTerms) -> bool:
    """Whether a word, or the last part of a word with hyphens, heads the name of a body or a page: `YouTube-канал`."""
    return bool((lemmas(word) | lemmas(word.rpartition("-")[2])) & terms.bodies)


def _weight(tokens: list[Token], first: int, i: int, terms: CreditTerms) -> float:
    """How much speaks for a new sentence at `i`; infinite where the kind of token decides."""
    token = tokens[i]
    if token.lower and not token.latin:
        return inf if is_predicate(token.text) else -inf
    if token.kind not in {"word", "quote", "domain", "handle", "latinpair"}:
        return inf
    if token.kind == "quote" and (is_speech(token.text) or _is_said(tokens, i)):
        return inf
    before = tokens[i - 1]
    shouted = before.text.isupper() and token.text.isupper() and len(token.text) > 5 and not before.abbreviation
    if before.text.endswith(".") or shouted or (before.text == "ИЗ" and token.text.isupper()):
        return -inf  # «акимат г. Алматы», «ИЗ СОЦСЕТЕЙ»
    return weigh(tokens, first, i, terms)


def _is_said(tokens: list[Token], i: int) -> bool:
    """`«Нет воды», — говорят сельчане`: a comma and a dash behind the quotation."""
    return [token.text for token in tokens[i + 1 : i + 3]] in ([",", "—"], [",", "–"], [",", "-"])


def _lists(tokens: list[Token], i: int) -> bool:
    """Whether a comma stands between the parts of one name: `Министерство труда, социальной защиты и миграции`: nouns
    in the genitive follow it in small letters, and «и» before the last.
    """
    if tokens[i].text != "," or tokens[i - 1].kind != "word":
        return False
    for number, token in enumerate(tokens[i + 1 : i + 7]):
        if token.text == "и":
            return number > 0 and i + number + 2 < len(tokens) and "gent" in cases(tokens[i + number + 2].text)
        if token.text != "," and not (token.lower and "gent" in cases(token.text)):
            return False
    return False


def goes_on(tokens: list[Token], first: int, i: int, terms: CreditTerms) -> bool:
    """Whether a name that begins at `first` goes on over the capital, quotation or Latin word at `i`."""
    return weigh(tokens, first, i, terms) <= 0


def weigh(tokens: list[Token], first: int, i: int, terms: CreditTerms) -> float:
    """What the facts at `i` weigh for a new sentence there (`views.credit_boundary`); infinite where a rule decides."""
    if _is_asked(tokens, i):
        return -inf
    company = tokens[i].text in LEGAL_FORMS and not tokens[i - 1].lower  # «Минсельхоз ОАО «Искра» скупает …»
    if _speaks(tokens, i) or _has_age(tokens, i) or company or tokens[i].text == tokens[first].text:
        return inf  # «МЧС Кыргызстана МЧС Кыргызстана сообщило»
    latin = tokens[i].latin and tokens[i - 1].latin and tokens[i - 1].cyrillic_free
    if latin and tokens[i - 1].text.lower() not in terms.platforms:
        return -_SURE  # «команда Steppe Film Production»
    found = frozenset(facts(tokens, first, i, terms))
    if _completes(tokens, first, i) or _owns_page(tokens, first, i, terms):
        return -inf
    if _owner_fits(tokens, i, found):
        return -_SURE
    total = opens(found, terms.boundary)
    return max(total, _SURE) if NEW_PERSON in found else total


_SURE = 2.0
"""What a rule weighs that may err."""


def _is_asked(tokens: list[Token], i: int) -> bool:
    """Whether the word before asks for it: `из Facebook`, `предоставлено МЧС`."""
    tags = parses(tokens[i - 1].text)[0].tags if tokens[i - 1].lower else frozenset()
    return "PREP" in tags or ("PRTS" in tags and tokens[i].abbreviation)


def _speaks(tokens: list[Token], i: int) -> bool:
    """Whether it is the subject of what follows: `МЧС Кыргызстана МЧС сообщило`, `ӨКМ Айылга каттоо токтоду`."""
    behind = tokens[i + 1] if i + 1 < len(tokens) else None
    if behind is None or not behind.lower:
        return False
    acts = tokens[i].abbreviation and not tokens[i - 1].lower and is_predicate(behind.text)
    return acts or not (known(tokens[i].text) or known(behind.text))


def _has_age(tokens: list[Token], i: int) -> bool:
    """`Нурэлу девять лет`, `Асану 12 лет`: a sentence of its own."""
    years = i + 2 < len(tokens) and tokens[i + 2].text in {"лет", "год", "года"}
    if not years:
        return False
    digits = tokens[i + 1].kind == "number" and len(tokens[i + 1].text) < 3
    return digits or "NUMR" in parses(tokens[i + 1].text)[0].tags


def _completes(tokens: list[Token], first: int, i: int) -> bool:
    """`Генеральной прокуратуры Кыргызской Республики`, `Национальная библиотека имени Алыкула Пробнова`."""
    named = i - 2 > first and tokens[i - 2].text.lower() == "имени" and looks_like_surname(tokens[i].text)
    owned = tokens[i - 1].abbreviation and _is_place(tokens[i]) and cases(tokens[i].text) == _GENITIVE_ALONE
    return named or owned or completes(tokens[i - 1], tokens[i]) or _names_state(tokens, i)


def _names_state(tokens: list[Token], i: int) -> bool:
    """`Министерство энергетики Республики Казахстан`; in `Кыргызской Республики Казахстан закрыл …` the republic has
    its name already.
    """
    if tokens[i - 1].text not in {"Республики", "Республика", "республики"} or not _is_place(tokens[i]):
        return False
    return "nomn" in cases(tokens[i].text) and (i < 2 or not is_adjective(tokens[i - 2].text))


def _owner_fits(tokens: list[Token], i: int, found: frozenset[str]) -> bool:
    """`страница Асана Примерова`, `архив Эльзат Примеровой`, `Facebook Самира Примерова`."""
    before, another = tokens[i - 1], "another that fits behind"
    if before.latin and {"fits", another} <= found:
        return True
    unknown = not known(tokens[i].text) and found & {another, f"unknown, {another}"}
    return before.lower and bool(lemmas(before.text) & _OWNED_BY) and bool("person that fits" in found or unknown)


def _owns_page(tokens: list[Token], first: int, i: int, terms: CreditTerms) -> bool:
    """Whether the capital stands between a page's noun and its network, within three capitals."""
    start, end = i, i
    while start > first and tokens[start].capital:
        start -= 1
    while end < len(tokens) and end - start < 5 and is_name_word(tokens[end]):
        end += 1
    if end + 1 >= len(tokens) or tokens[end].text not in {"в", "на"}:
        return False
    network = tokens[end + 1].text.lower() in terms.platforms
    return network and tokens[start].lower and bool(lemmas(tokens[start].text) & _OWNED_BY)


def _branch(tokens: list[Token], i: int) -> bool:
    """Whether a state in the nominative ends an outlet's or a body's name, as no small letter follows: `ЮНИСЕФ
    Кыргызстан`, `Искра Казахстан`.
    """
    before = tokens[i - 1]
    state = _is_place(tokens[i]) and (before.abbreviation or before.latin)
    if not state or i + 1 >= len(tokens):
        return state
    behind = tokens[i + 1]
    return not (behind.lower or behind.text == "," or looks_like_surname(behind.text))


def _is_place(token: Token) -> bool:
    return (
        token.kind == "word"
        and token.capital
        and known(token.text)
        and "ADJF" not in parses(token.text)[0].tags
        and not token.given
        and any("Geox" in parse.tags for parse in parses(token.text)[:2])
    )


def initials(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """A person with initials: `И. Коваленко`, `Коваленко И. И.`, `Дмитрий Д. Коваленко`."""
    end = _past_initials(tokens, i)
    if end > i:
        named = end < len(tokens) and _may_be_surname(tokens, end)
        return Party("creator", join(tokens, i, end + 1), end + 1, "initials and surname") if named else None
    end = _past_initials(tokens, i + 1)
    if not is_name_word(tokens[i]) or end == i + 1:
        return None
    if end < len(tokens) and tokens[i].given and is_name_word(tokens[end]):
        end += looks_like_surname(tokens[end].text)
    return Party("creator", join(tokens, i, end), end, "surname and initials")


def _past_initials(tokens: list[Token], i: int) -> int:
    while i < len(tokens) and tokens[i].kind == "initial":
        i += 1
    return i


def outlet(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """An outlet by its words: `Вечерний Талас`, and `Зорька` in `Зорька Асан Примеров открыл …`."""
    if not is_name_word(tokens[i]) or not _is_outlet(tokens, i, terms):
        return None
    end = i + 1 if _person_speaks(tokens, i) else _past_state(tokens, i + 2)
    return Party("agency", join(tokens, i, end), end, "outlet")


def _past_state(tokens: list[Token], i: int) -> int:
    """The index behind a state that ends a name, in the genitive or as two letters: `Красный Полумесяц Казахстана`,
    `Степьгидромет КР`; `i` where there is none, or where the state is a verb's subject.
    """
    if i >= len(tokens) or (i + 1 < len(tokens) and tokens[i + 1].lower and is_predicate(tokens[i + 1].text)):
        return i
    letters = tokens[i].abbreviation and len(tokens[i].text) == 2 and not tokens[i].latin
    owned = _is_place(tokens[i]) and "gent" in cases(tokens[i].text) and "nomn" not in cases(tokens[i].text)
    return i + 1 if letters or owned else i


def person(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """One person: `Айдай Токоева`, `Иван Иванович Петров`, `Болот Айбек уулу`, `Айбек уулу Болот`."""
    if not is_name_word(tokens[i]):
        return None
    end = i + 1
    if end < len(tokens) and tokens[end].text in PARTICLES:
        end += 1
        if end < len(tokens) and is_name_word(tokens[end]) and not opens_sentence(tokens, end):
            end += 1
        return Party("creator", join(tokens, i, end), end, "person")
    if end < len(tokens) and _may_be_surname(tokens, end) and not opens_sentence(tokens, end):
        end = _patronymic(tokens, i, end + 1)
    if end < len(tokens) and tokens[end].text in PARTICLES:
        end += 1
    return Party("creator", join(tokens, i, end), end, "person") if end - i > 1 else None


def one_word(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """One word alone: a nickname, or an outlet: `Зорька`, `Хабар 24`; `Фото: Митинг в Бишкеке` announces a picture."""
    if not is_name_word(tokens[i]):
        return None
    word, end = tokens[i].text, i + 1
    if (behind := _outlet_word(tokens, end, terms)) > end:
        return Party("agency", join(tokens, i, behind), behind, "one word")
    if is_common(word) and end < len(tokens) and tokens[end].lower:
        return None
    if tokens[i].given or is_surname(word):
        return Party("creator", word, end, "one word")
    end = _past_state(tokens, _number(tokens, end))
    return Party("agency", join(tokens, i, end), end, "one word")


def _patronymic(tokens: list[Token], i: int, end: int) -> int:
    """The end of a name that has a patronymic second or third: `Иван Иванович Петров`, `Петров Иван Иванович`."""
    if end < len(tokens) and tokens[end].kind == "word" and tokens[end].capital:
        second, third = tokens[i + 1].text, tokens[end].text
        if _PATRONYMIC.search(third) or (_PATRONYMIC.search(second) and is_name_word(tokens[end])):
            return end + 1
    return end


def _is_outlet(tokens: list[Token], i: int, terms: CreditTerms) -> bool:
    """Whether capitals name an outlet: an adjective and a noun (`Вечерний Талас`), or a word behind which a person's
    full name begins the next sentence (`Зорька Асан Примеров открыл …`).
    """
    first = tokens[i].text
    surname = looks_like_surname(first) and (is_surname(first) or not known(first) or "nomn" not in cases(first))
    if tokens[i].given or (surname and i + 1 < len(tokens) and tokens[i + 1].given):
        return False  # «Примеров Асан»
    if i + 1 < len(tokens) and is_name_word(tokens[i + 1]):
        second = tokens[i + 1].text
        if is_adjective(first) and not is_surname(first) and not is_surname(second):
            return True
        if second in terms.outlet_words:
            return True
        return not (is_surname(first) and known(first)) and _person_speaks(tokens, i)
    return False


def _person_speaks(tokens: list[Token], i: int) -> bool:
    """Whether a person's full name begins the next sentence behind the word: `Зорька Асан Примеров открыл …`. A given
    name tells so; behind a slash, where an outlet is due, a surname and a small letter do.
    """
    if _surname_speaks(tokens, i):
        return True
    if i + 2 >= len(tokens) or tokens[i + 2].kind != "word" or not tokens[i + 2].capital:
        return False
    second, third = tokens[i + 1].text, tokens[i + 2].text
    if is_function_word(third):
        return False
    behind_slash = i > 0 and tokens[i - 1].text in SEPARATORS
    speaks = i + 3 < len(tokens) and tokens[i + 3].lower
    surname = looks_like_surname(third) and not looks_like_surname(second)
    surname = surname and not (
        is_adjective(second) or _is_first_name(tokens[i + 2])
    )  # «/ Табылды Пробный Обама назначит …»
    return (tokens[i + 1].given and not looks_like_surname(second)) or (behind_slash and speaks and surname)


def _is_first_name(token: Token) -> bool:
    """`Зарина`, which looks like a surname too; `Бабаков` is the genitive of a name at most."""
    return token.listed or any({"Name", "nomn", "sing"} <= parse.tags for parse in parses(token.text)[:3])


def _surname_speaks(tokens: list[Token], i: int) -> bool:
    """Whether, behind a person and a slash, a surname and its verb follow an outlet of one word: `Асан Примеров / Искра
    Сынакова вернулась …`.
    """
    if i < 3 or i + 2 >= len(tokens) or tokens[i - 1].text not in SEPARATORS:
        return False
    after_person = is_name_word(tokens[i - 2], surname=True) and is_name_word(tokens[i - 3])
    surname = is_surname(tokens[i + 1].text) or looks_like_surname(tokens[i + 1].text)
    return after_person and surname and tokens[i + 2].lower and is_predicate(tokens[i + 2].text)


def _may_be_surname(tokens: list[Token], i: int) -> bool:
    """Whether a word behind a name can be its surname; behind a given name or an initial also one that is a number or
    capitals elsewhere: `Айдай Сорока`, `Асан САПАР`.
    """
    token = tokens[i]
    if is_name_word(token, surname=True):
        return True
    if (
        not (tokens[i - 1].given or tokens[i - 1].kind == "initial")
        or token.kind != "word"
        or token.latin
        or len(token.text) < 4
    ):
        return False
    return token.text.isupper() or (
        token.capital and any({"NOUN", "nomn"} <= parse.tags for parse in parses(token.text))
    )


def is_name_word(token: Token, *, surname: bool = False) -> bool:
    """A capitalised Cyrillic word that is no function word; an upper-case surname (`ПЕТРОВ`) counts, `МВД` does not."""
    if token.kind != "word" or token.latin or not token.capital or is_function_word(token.text):
        return False
    return len(token.text) > 1 and (not token.abbreviation or (surname and _upper_surname(token.text)))


def _upper_surname(word: str) -> bool:
    return is_surname(word) or any("Surn" in parse.tags for parse in parses(word.capitalize()))


def _is_no_surname(word: str) -> bool:
    """A noun, a verb, or an adjective in the neuter or the plural, which no person is called by."""
    if not known(word) or is_proper(word) or looks_like_surname(word) or _PATRONYMIC.search(word):
        return False
    tags = parses(word)[0].tags
    return bool(tags & {"NOUN", "VERB", "PRTS"}) or ("ADJF" in tags and bool(tags & {"neut", "plur"}))


def opens_sentence(tokens: list[Token], i: int) -> bool:
    """Whether the second capitalised word rather starts the next sentence: `Токоева Депутаты собрались`.

    A common word may be a surname too (`Улан Пробный Потом разошлись`); what follows a surname has a capital.
    """
    word, behind = tokens[i].text, tokens[i + 1] if i + 1 < len(tokens) else None
    if behind is None or behind.text in PARTICLES | SEPARATORS:
        return False
    if tokens[i - 1].given:
        common = not is_surname(word) and known(word) and not is_proper(word)
        return common and behind.lower and behind.text not in LEADS_ON
    if is_common(tokens[i - 1].text) and (behind.text in {"—", "–"} or (behind.lower and behind.text not in LEADS_ON)):
        return True  # «Искра Примеров вернулся»
    if is_common(tokens[i - 1].text) and _is_place(tokens[i]) and behind.lower:
        return True  # «Искра Турция и соседи …»
    if behind.text in LEADS_ON or (tokens[i].given and not behind.lower):  # «Примеров Улан Жители …»
        return behind.lower and _is_bent(word)  # «Зорька Основанием для лишения …»
    return _is_no_surname(word) or (behind.lower and _acts_alone(tokens[i], behind))


def _is_bent(word: str) -> bool:
    """Whether it is a common word that can be no nominative: `Основанием`."""
    common = known(word) and not is_proper(word) and not looks_like_surname(word)
    return common and bool(cases(word)) and "nomn" not in cases(word)


def _acts_alone(token: Token, behind: Token) -> bool:
    """Whether a word before small letters is their subject, and no surname: `Талас примет чемпионат`."""
    if known(token.text):
        return not is_proper(token.text) or (_is_place(token) and is_predicate(behind.text))
    return not looks_like_surname(token.text)


SHAPES: tuple[Callable[[list[Token], int, CreditTerms], Party | None], ...] = (
    head_last,
    quoted,
    registered,
    address,
    latin_run,
    body,
    initials,
    outlet,
    person,
    one_word,
)
