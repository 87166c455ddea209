"""Stretches of tokens cut into offices: where each begins, which noun is its head, where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg_news.views.morph import known, lemmas, parses
from kg_news.views.name_spans import is_age
from kg_news.views.office_heads import BLOCKERS, acting, acting_tokens, is_head
from kg_news.views.office_titles import Office, TitleWords, adjective_cases, agrees, head_cases, is_genitive, office_at
from kg_news.views.quotations import quotation_end
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import QUOTES, Token

LONGEST = 14
"""Tokens that an office may have: `заместитель председателя комитета по топливно-энергетическому комплексу и …` has
10.
"""
FOR_NOW = frozenset({"временно", "Временно"})
"""What tells of an office that it is only acted for: `временно исполняющий обязанности мэра`."""
MOST = frozenset({"самый"})
"""What makes a superlative of an adjective: `один из самых известных певцов`."""
_INNER = QUOTES | {"-", "№", "и", "&"} | FOR_NOW
_INNER_PREPOSITIONS = frozenset({"по", "в", "во", "на", "при", "от", "из", "для", "без"})
OUTER_PREPOSITIONS = frozenset({"с", "со", "за", "под", "о", "об", "между", "против"})
"""Those behind which an office goes on only where a name follows: `лидер движения за свободу Асан Примеров`."""
_BESIDES = frozenset({"с", "со", "под"})
"""Those of them that add something else of the holder: `певец с канала «Заря»`, but not `директор по связям с …`."""
_SHORT = frozenset({"г", "им", "обл", "пос", "св", "респ"})
_CHARGES = frozenset({"связь", "поддержка"})
"""What is in an office's charge behind `по`, though elsewhere it tells why: `в связи с …`."""


def offices_within(tokens: Sequence[Token], start: int, words: TitleWords, ceiling: int) -> tuple[Office, ...]:
    """The offices in the phrase that begins at a token: `мэром Бишкека и депутатом` behind a verb."""
    end = start + acting_tokens(tokens, start)
    while end < ceiling and end - start < LONGEST and may_belong(tokens[end]):
        end = min(ceiling, behind_part(tokens, end))
    while end > start and tokens[end - 1].text in {"и", *_INNER_PREPOSITIONS}:
        end -= 1
    found = places(tokens, start, end, words)
    return tuple(office_at(tokens, *place, words) for place in found) if found and found[0].first == start else ()


def behind_part(tokens: Sequence[Token], at: int) -> int:
    """Behind a word of an office, with the point that shortens it, or behind the whole quotation that it opens."""
    return quotation_end(tokens, at) or at + 1 + is_shortened(tokens, at)


def is_shortened(tokens: Sequence[Token], at: int) -> bool:
    """`г.` of `директор школы им. Примерова г. Ош`."""
    short = tokens[at].text.lower() in _SHORT or (len(tokens[at].text) == 1 and tokens[at].text.isupper())
    return short and at + 1 < len(tokens) and tokens[at + 1].text == "."


def may_belong(token: Token) -> bool:
    return _is_inner_word(token.text)


@lru_cache(maxsize=20_000)
def _is_inner_word(word: str) -> bool:
    if word in _INNER or word in _INNER_PREPOSITIONS:
        return True
    if word[0].isdecimal():
        return True  # `директор школы №5`, `54-летний`
    if not word[0].isalpha() or (known(word) and parses(word)[0].tags & BLOCKERS):
        return False
    return parses(word)[0].lemma != "который"  # `президентом которого он был`


class Place(NamedTuple):
    """Where an office stands: its first token, its head, and the token behind it."""

    first: int
    head: int
    stop: int


def places(tokens: Sequence[Token], start: int, end: int, words: TitleWords) -> list[Place]:
    """Cut a stretch into offices.

    A second head in the same case is another office: `премьер-министр Армении и председатель ОДКБ`. In the genitive it
    belongs to the first: `заместитель председателя`. In neither, the first belonged to something before it: `указом
    президента депутат …`.
    """
    found: list[Place] = []
    for head in range(start, end):
        if not is_head(tokens[head], words.heads) and not acting(tokens, head):
            continue
        if _is_aim(tokens, head) or _only_describes(tokens, head, end) or _is_thing(tokens, head, words.heads):
            continue
        if found and found[-1].head == head - 1 and agrees(tokens[head - 1], tokens[head]):
            found[-1] = found[-1]._replace(head=head)  # `военный врач`
            continue
        first = beginning(tokens, found[-1].head + 1 if found else start, head)
        joined = first > start and tokens[first - 1].text == "и"
        if (
            found
            and head_cases(tokens[head]) & head_cases(tokens[found[0].head])
            and (joined or not is_genitive(tokens[head]) or _stands_side_by_side(tokens, found[-1], first, words.ranks))
        ):
            found[-1] = found[-1]._replace(stop=first - joined)
            found.append(Place(first, head, end))
        elif not found or not (joined or is_genitive(tokens[head]) or _is_led(tokens, found[-1].head, head)):
            found = [Place(first, head, end)]
    return [place._replace(stop=_end(tokens, place, words)) for place in found]


def _is_aim(tokens: Sequence[Token], head: int) -> bool:
    """`кандидат в президенты`: the accusative of what somebody would become."""
    return head > 0 and tokens[head - 1].text == "в" and {"NOUN", "plur"} <= parses(tokens[head].text)[0].tags


def _is_thing(tokens: Sequence[Token], head: int, heads: frozenset[str]) -> bool:
    """Whether a word that may be somebody is rather the thing that is called alike: `местной политики`, `учитель
    физики`, `громкая премьера`.
    """
    first, *others = parses(tokens[head].text)
    if "NOUN" not in first.tags or "anim" in first.tags or first.lemma in heads:
        return False
    if "-" in first.lemma or not known(tokens[head].text):
        return False  # `блог-менеджер`, `аятолла`: the dictionary only guesses
    if not any("sing" in parse.tags and "loct" not in parse.tags for parse in others if parse.lemma in heads):
        return True
    before = parses(tokens[head - 1].text)[0].tags if head else frozenset()
    return {"ADJF", "femn"} <= before or (head > 0 and tokens[head - 1].text.lower() in _INTO)


_INTO = frozenset({"в", "во", "на"})
"""`пришёл в политику`."""


def _only_describes(tokens: Sequence[Token], head: int, end: int) -> bool:
    """`ведущий сербский политик`: a participle that agrees with a noun behind it is no noun."""
    if head + 1 >= end or not tokens[head].text.lower().startswith(("ведущ", "управляющ", "заведующ", "командующ")):
        return False
    after = tokens[head + 1]
    if not after.is_word:
        return False
    return bool(adjective_cases(tokens[head].text) & adjective_cases(after.text)) and "gent" not in head_cases(after)


def _is_led(tokens: Sequence[Token], before: int, head: int) -> bool:
    """Whether a preposition behind the head before leads to a noun that is rather a thing (`председатель комитета по
    информационной политике`), or to whom a body belongs: `совет при президенте`.
    """
    if is_attended(tokens, before, head):
        return True
    at = _before_adjectives(tokens, before, head)
    return at > before and tokens[at].text in _INNER_PREPOSITIONS and "anim" not in parses(tokens[head].text)[0].tags


def is_attended(tokens: Sequence[Token], floor: int, head: int) -> bool:
    """`президенте` of `советник при президенте`."""
    at = _before_adjectives(tokens, floor, head)
    return at > floor and tokens[at].text == "при"


def _before_adjectives(tokens: Sequence[Token], floor: int, head: int) -> int:
    at = head - 1
    while at > floor and adjective_cases(tokens[at].text):
        at -= 1
    return at


def _stands_side_by_side(tokens: Sequence[Token], before: Place, first: int, ranks: frozenset[str]) -> bool:
    """`командующего округом генерал-полковника`: a rank is nobody's, so both mean the person."""
    return first > before.head and any(lemma.split("-")[-1] in ranks for lemma in lemmas(tokens[first].text))


def _end(tokens: Sequence[Token], place: Place, words: TitleWords) -> int:
    """Without what the name itself has before it (`54-летний`, `и`), without a date (`президент в 1965 году`), a place
    of origin (`охранник из Оша`), something else that the holder is (`лидер партии и близкий друг`), and without the
    end of a quotation that began before: `солнечный клоун»`.
    """
    stop = place.stop
    stop = next((at for at in range(place.head + 1, stop) if _stands_apart(tokens, at, place.head)), stop)
    for at in range(place.head + 1, stop - 1):
        behind = tokens[at + 1 : min(at + 4, stop)]
        leads = tokens[at].text in _INNER_PREPOSITIONS and _is_circumstance(behind, words.circumstances)
        charged = tokens[at].text == "по" and any(comes_from(token.text, _CHARGES) for token in behind[:2])
        dated = tokens[at].text.isdecimal() and comes_from(behind[0].text, words.circumstances)
        besides = tokens[at].text in _BESIDES and "datv" not in head_cases(tokens[at - 1])
        another = tokens[at].text == "и" and _is_another(tokens, at, place)
        if (leads and not charged) or dated or besides or another or tokens[at].text == "из":
            stop = at
            break
    if tokens[stop - 1].text == "»" and not any(token.text == "«" for token in tokens[place.first : stop]):
        stop -= 1
    while stop - 1 > place.head and (tokens[stop - 1].text in {"и", "-"} or is_age(tokens[stop - 1].text)):
        stop -= 1
    return stop


def _stands_apart(tokens: Sequence[Token], at: int, head: int) -> bool:
    """Whether a noun tells something else of the holder, as its case shows: `тренер сборной голландец Примеров`."""
    first = parses(tokens[at].text)[0].tags if tokens[at].text.islower() else frozenset()
    if not {"NOUN", "anim", "sing"} <= first or "NOUN" not in parses(tokens[head].text)[0].tags:
        return False
    return bool(first & head_cases(tokens[head])) and "gent" not in head_cases(tokens[at])


def _is_another(tokens: Sequence[Token], joint: int, place: Place) -> bool:
    """Whether an `и` leads to something else that the holder is: `лидер партии и близкий друг`."""
    for token in tokens[joint + 1 : min(joint + 4, place.stop)]:
        tags = parses(token.text)[0].tags
        if "NOUN" in tags:
            return "anim" in tags and "gent" not in tags and bool(head_cases(token) & head_cases(tokens[place.head]))
        if not adjective_cases(token.text):
            return False
    return False


def _is_circumstance(tokens: Sequence[Token], circumstances: frozenset[str]) -> bool:
    """Whether the words behind a preposition tell when or why: `в 1965 году`, `на пятилетний срок`."""
    if tokens[0].text[0].isdecimal() or comes_from(tokens[0].text, circumstances):
        return True
    described = bool(adjective_cases(tokens[0].text)) and len(tokens) > 1
    return described and comes_from(tokens[1].text, circumstances)


def beginning(tokens: Sequence[Token], start: int, head: int) -> int:
    """The first of the adjectives that agree with a head: `бывший первый заместитель`, `чрезвычайный и полномочный
    посол`.
    """
    first = head
    while first > start and agrees(tokens[first - 1], tokens[head]) and not tokens[first - 1].text[0].isdecimal():
        first -= 1
        if first - 1 > start and tokens[first - 1].text == "и" and agrees(tokens[first - 2], tokens[head]):
            first -= 1
    if first > start and tokens[first - 1].text in FOR_NOW:
        first -= 1
    return first
