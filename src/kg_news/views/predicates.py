"""Offices that a sentence gives to a person by a verb: `Примеров стал мэром Оша`, `занимал пост министра финансов`,
`На пост главы МЧС назначен Примеров`.

An office that somebody only wishes for, or may get, is none: `хочет стать мэром`, `кандидат на пост мэра`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg_news.views.declension import GENDERS, Cases
from kg_news.views.morph import Parse, lemmas, parses
from kg_news.views.office_heads import acting_tokens, is_head_word
from kg_news.views.office_phrases import FOR_NOW, MOST, offices_within
from kg_news.views.office_titles import Office, TitleWords, adjective_cases
from kg_news.views.quotations import quotation_end
from kg_news.views.sieve import comes_from
from kg_news.views.tokens import Token

_BEING = frozenset(
    {"стать", "становиться", "быть", "являться", "работать", "служить", "остаться", "оставаться", "побывать"}
    | {"оказаться", "числиться", "трудиться", "пробыть", "проработать", "прослужить", "сделаться", "считаться"}
    | {"переизбраться", "подрабатывать", "поработать", "послужить", "начать", "начинать", "вернуться"}
    | {"переизбираться"}
)
_APPOINTING = frozenset(
    {"назначить", "назначать", "избрать", "избирать", "переизбрать", "выбрать", "утвердить", "провозгласить"}
    | {"сделать", "переназначить", "утверждать", "назначаться", "избираться", "избрание", "назначение", "утверждение"}
    | {"переизбрание", "короновать"}
)
_GIVING = _BEING | _APPOINTING
_HOLDING = frozenset(
    {"занимать", "занять", "получить", "получать", "покинуть", "покидать", "оставить", "оставлять", "потерять"}
    | {"лишиться", "лишаться", "уйти", "уходить", "вступить", "вступать", "сохранить", "сохранять", "принять"}
    | {"исполнять", "исполнить", "выполнять", "сложить", "находиться", "носить", "иметь", "уволиться", "провести"}
    | {"отставка", "уход", "вступление", "удостоиться", "совмещать", "прийти", "умереть", "работать", "служить"}
    | {"пробыть", "проработать", "прослужить", "остаться", "оставаться", "побывать", "дослужиться", "возвести"}
)
"""What a person does with a post that is, was or becomes its own: `занимал пост`, `ушёл с поста`."""
_REMOVING = frozenset(
    {"освободить", "освобождать", "освобождение", "уволить", "увольнять", "увольнение", "снять", "снимать", "снятие"}
    | {"сместить", "смещать", "отстранить", "отстранять", "отстранение", "отправить", "лишить", "отозвать"}
    | {"перевести", "переводить", "восстановить"}
)
"""What is done to who has a post."""
_REPLACING = frozenset(["сменить", "сменять", "заменить", "заменять"])
_AWARDING = frozenset(["присвоить", "присваивать", "присвоение"])
_RISING = frozenset(["пройти", "вырасти", "дорасти", "дослужиться", "подняться"])
"""`прошёл путь от рабочего до директора`."""
_CHANGING = _APPOINTING | _REMOVING | _REPLACING
_LEAVING = _REMOVING | frozenset(
    {"покинуть", "покидать", "оставить", "оставлять", "потерять", "лишиться", "лишаться", "уйти", "уходить", "сложить"}
    | {"уволиться", "отставка", "уход"}
)
"""What only somebody does, or has done to it, who has the office: it may be wished for."""
_POSTING = _HOLDING | _APPOINTING | _REMOVING | _REPLACING | _AWARDING
_WISHING = frozenset(
    {"мочь", "смочь", "хотеть", "захотеть", "надеяться", "намереваться", "намеренный", "планировать", "собираться"}
    | {"стремиться", "рассчитывать", "мечтать", "претендовать", "баллотироваться", "отказаться", "отказываться"}
    | {"желать", "попытаться", "пытаться", "должный", "готовый", "способный", "предложить", "предлагать", "выдвинуть"}
    | {"выдвигать", "выдвижение", "прочить", "кандидат", "кандидатура", "претендент", "шанс", "если", "бы"}
    | {"предложение", "конкурент", "бороться", "борьба", "вместо", "отказ", "возможный", "желание"}
    | {"обещание", "обещать", "согласиться", "потенциальный"}
)
"""What tells that somebody has not the office, or not yet."""
_POSTS = frozenset(
    {"пост", "должность", "место", "звание", "кресло", "полномочие", "обязанность", "чин", "ранг", "качество"}
    | {"позиция", "сан", "титул"}
)
_IN_POST = frozenset(["посту", "должности", "качестве", "кресле", "ранге", "чине"])
"""Behind `на` or `в`, what anybody does who has the office: `на посту мэра Примеров построил мост`."""
_PRAISED = ("лучш", "наилучш")
"""How a title begins that is an award and no office: `признан лучшим вратарём`."""
_REACH = 14
"""Tokens between the verb and the office."""
_WISHED = 4
"""Tokens before a verb in which it may be told that the deed is only wished for: `хочет вновь стать мэром`."""
_NEAR = 20
"""Tokens between a verb and its subject behind it."""
_CLAUSE_MARKS = frozenset({";", ":", "—", "–", "«", "»", '"'})


class Named(NamedTuple):
    """A person's name in a sentence, by its tokens."""

    first: int
    last: int
    place: int
    """Where it stands in the text: the name mention's key."""
    cases: Cases
    gender: str
    begin: int
    """Where the offices before it begin, or else the name."""
    times: int = 1
    """How often the article names the person."""

    @property
    def may_be_subject(self) -> bool:
        return "nomn" in self.cases


class Antecedents(NamedTuple):
    """Who was named before a sentence and may be meant in it, by gender."""

    subjects: Mapping[str, Named] = {}
    """By `он` and `она`; by no gender, who is meant by a verb that tells none."""
    objects: Mapping[str, Named] = {}
    """By `его` and `её`."""


def predicated(
    tokens: Sequence[Token],
    sentence: tuple[int, int],
    found: Sequence[int],
    words: TitleWords,
    named: Sequence[Named],
    before: Antecedents,
) -> Iterator[tuple[int, Office]]:
    """The offices that verbs give in a sentence, each with the place of the name that gets it.

    `sentence` is its first token and the one behind its last; `found` are the heads of offices among them.
    `named` are the persons named in the sentence, in order; `before` are those named before it whom `он` and `она`
    may mean.
    """
    if not found or not (named or before.objects):
        return
    (start, end), behind, heads = sentence, 0, words.heads
    last, case, holders = start, "", list[Named]()
    for at in _before_heads(tokens, start, found, heads):
        if tokens[at].start < behind or not (_role(tokens[at].text, heads) or acting_tokens(tokens, at)):
            continue
        phrase = _phrase(tokens, at, start, end, heads)
        if phrase is None and not (holders and _is_further(tokens, last, at, case, end, heads)):
            continue
        verb, begin = phrase or (at, at)
        stop = next((name.begin if name.begin > begin else name.first for name in named if name.first > begin), end)
        offices = offices_within(tokens, begin, words, stop)
        if not offices or tokens[begin].text.lower().startswith(_PRAISED):
            continue
        behind = offices[-1].end
        last = next(to for to in range(begin, end + 1) if to == end or tokens[to].start >= behind)
        if phrase is not None:
            holders = list(_holders(tokens, verb, (begin, last), start, named, before))
            case = "gent" if begin > start and comes_from(tokens[begin - 1].text, _POSTS) else "ablt"
        for holder in holders:
            yield from ((holder.place, office) for office in offices)
        for name in named:
            if _had_it_before(tokens, last, name):
                yield from ((name.place, office) for office in offices)


_MOST_BETWEEN = 9
"""Tokens between two offices of one holder: `мэром, а с 2006 по 2010 год — министром`."""
_FURTHER = frozenset({",", "и", "а", "-", "—", "–"})
"""How what stands between them begins."""
_ALSO = frozenset(
    {",", "а", "и", "также", "затем", "потом", "позже", "позднее", "впоследствии", "после", "сначала", "-", "—", "–"}
    | {"с", "по", "до", "в", "года", "год", "году", "годах", "годы", "г", ".", "ещё", "еще", "одновременно"}
)
"""Words that may stand there, beside numbers."""


def _is_further(tokens: Sequence[Token], last: int, at: int, case: str, end: int, heads: frozenset[str]) -> bool:
    """Whether an office goes on with what a verb gives: `был мэром Оша, а затем министром`, `занимал пост мэра, а в
    2006 году — министра`.
    """
    between = tokens[last:at]
    if not 0 < len(between) <= _MOST_BETWEEN or between[0].text not in _FURTHER:
        return False
    if not all(token.text in _ALSO or token.text[0].isdecimal() for token in between):
        return False
    return _head_of(tokens, at, end, heads, case) is not None


BETWEEN = 5
"""Tokens up to a head from where its office may begin: `пост первого заместителя`."""
_ACTING = 7
"""Tokens up to a head from where `и.о.` may stand: `и.о. первого заместителя`."""
_AND = "и"
_BACK = 8
"""Tokens before a name in which it may be told that another has taken its place."""


def _had_it_before(tokens: Sequence[Token], office: int, name: Named) -> bool:
    """Whether it is told behind an office that somebody had it before: `стал мэром вместо Асана Примерова`, `назначен
    мэром и сменил на этом посту Асана Примерова`.
    """
    if name.first <= office or not name.cases & {"gent", "accs"}:
        return False
    for token in reversed(tokens[max(office, name.first - _BACK) : name.first]):
        if token.text == "вместо" or comes_from(token.text, _REPLACING):
            return True
        if token.text == "," or token.text in _CLAUSE_MARKS or (_is_verb(token) and not adjective_cases(token.text)):
            return False  # not at `вместо ушедшего в отставку Асана Примерова`
    return False


def _before_heads(tokens: Sequence[Token], start: int, heads: Sequence[int], words: frozenset[str]) -> Sequence[int]:
    """Where a phrase with an office may begin: at its head, or as far before it as adjectives stand, and `пост`."""
    found: set[int] = set()
    for head in heads:
        found.add(head)
        found.update(at for at in range(max(start, head - _ACTING), head - 3) if acting_tokens(tokens, at))
        for at in range(head - 1, max(start - 1, head - 1 - BETWEEN), -1):
            role = _role(tokens[at].text, words)
            if role:
                found.add(at)
            if not (role and role.adjective) and tokens[at].text != _AND:
                break
    return sorted(found)


class _Role(NamedTuple):
    """What a word can be in a phrase that gives an office."""

    post: bool
    """`пост`, `должность`."""
    head: frozenset[str]
    """The cases in which it is an office's head, of those that such phrases have."""
    adjective: frozenset[str]
    """The cases in which it is an adjective before one."""


_CASES = frozenset({"ablt", "gent"})
_FROM_TO = frozenset(["от", "до"])
"""What stands before the first and the last office of a life: `от врача до министра`."""


@lru_cache(maxsize=20_000)
def _role(word: str, heads: frozenset[str]) -> _Role | None:
    """None for what begins no such phrase, as nearly every word: it is asked of each word of a text."""
    if not word[0].isalpha():
        return None
    readings = parses(word)
    head = is_head_word(word, heads)
    nouns = [parse.tags & _CASES for parse in readings if parse.tags & {"NOUN", "Subx"}] if head else []
    if head and not nouns:  # `командующим`, which the dictionary has as an adjective alone
        nouns = [parse.tags & _CASES for parse in readings if {"ADJF", "masc"} <= parse.tags]
    adjectives = [parse.tags & _CASES for parse in readings if parse.tags & {"ADJF", "PRTF"}]
    post = (word.islower() or word.istitle()) and comes_from(word, _POSTS)
    role = _Role(post, frozenset().union(*nouns), frozenset().union(*adjectives))
    return role if any(role) else None


def _phrase(tokens: Sequence[Token], at: int, start: int, end: int, heads: frozenset[str]) -> tuple[int, int] | None:
    """Where an office in the instrumental begins for which there is a verb, or one behind `пост`; with the place of
    the word that gives it.
    """
    role = _role(tokens[at].text, heads)
    post = role is not None and role.post
    begin = at + post
    acting = acting_tokens(tokens, at)
    rising = not post and at > start and tokens[at - 1].text in _FROM_TO
    head = at + acting - 1 if acting else _head_of(tokens, begin, end, heads, "gent" if post or rising else "ablt")
    if head is None:
        return None
    if post and at > start and "исполнять" in lemmas(tokens[at - 1].text):
        deed = parses(tokens[at - 1].text)[0].tags
        if "INFN" in deed and at - 1 > start and "быть" in lemmas(tokens[at - 2].text):
            deed = frozenset()  # `будет исполнять обязанности`
        if {"PRTF", "ablt"} <= deed:
            at = begin = at - 1  # `исполняющим обязанности мэра`
            begin -= at > start and tokens[at - 1].text in FOR_NOW
            post = False
        elif "PRTF" in deed and at - 2 >= start and comes_from(tokens[at - 2].text, _POSTS):
            at, begin = at - 2, at - 1  # `должность исполняющего обязанности мэра`
        elif deed & {"PRTF", "INFN"}:
            return None
    bound = at > start and (_is_bound(tokens[at - 1]) or comes_from(tokens[at - 1].text, MOST))
    if bound and not (post or rising):
        return None
    if post and at > start and tokens[at].text in _IN_POST and tokens[at - 1].text.lower() in {"на", "в"}:
        verb = _giving(tokens, at, head, start, end, _CHANGING)
        return (verb, begin) if verb is not None else None if _is_wished(tokens, at, start) else (at, begin)
    if post and tokens[at].text == "качестве":
        return None
    verb = _giving(tokens, at, head, start, end, _RISING if rising else _POSTING if post else _GIVING)
    return None if verb is None else (verb, begin)


def _head_of(tokens: Sequence[Token], at: int, end: int, heads: frozenset[str], case: str) -> int | None:
    """The head of the office whose first word is `tokens[at]`, when it stands in a case."""
    for to in range(at, min(at + BETWEEN, end)):
        role = _role(tokens[to].text, heads)
        if to > at and tokens[to].text == _AND:
            continue  # `чрезвычайного и полномочного посла`
        if role is None or (case not in role.head and case not in role.adjective):
            return None
        if case in role.head:
            return to
    return None


def _is_bound(token: Token) -> bool:
    """`с президентом`, `новым президентом`: a preposition, or an adjective that is the phrase's own beginning."""
    if not token.is_word:
        return False
    readings = parses(token.text)
    if "PREP" in readings[0].tags:
        return True
    return any(parse.tags >= {"ADJF", "ablt"} and "Apro" not in parse.tags for parse in readings)


def _giving(tokens: Sequence[Token], at: int, head: int, start: int, end: int, wanted: frozenset[str]) -> int | None:
    """The word of being, holding or appointing in the same clause: before the office, or else behind it. None where
    the office is only wished for, or belongs to another verb.
    """
    for to in range(at - 1, max(start, at - _REACH) - 1, -1):
        text = tokens[to].text
        if text in _CLAUSE_MARKS or _is_conjunction(tokens[to]):
            break
        if comes_from(text, wanted):
            return None if _is_wished(tokens, to, start) or _is_done_by(tokens, to, at) else to
        if comes_from(text, _WISHING) and not _is_told(tokens, to):
            return None
        if wanted is not _GIVING and _is_verb(tokens[to]) and not adjective_cases(text):
            break  # but not at `назначил бывшего министра Асана Примерова на пост мэра`
    behind = head + 1
    for to in range(head + 1, min(end, head + _REACH)):
        behind = max(behind, quotation_end(tokens, to) or 0)
        if to < behind:
            continue  # `директором ОсОО «Заря» назначен Примеров`
        if tokens[to].text in _CLAUSE_MARKS:
            break
        if comes_from(tokens[to].text, wanted):
            passive = to + 1 < end and comes_from(tokens[to + 1].text, _APPOINTING)  # `был назначен`
            return None if _is_wished(tokens, to, max(start, at - _WISHED)) else to + passive
    return None


def _is_wished(tokens: Sequence[Token], verb: int, start: int) -> bool:
    """`может стать`, `стал бы`, `если станет`; but who may leave an office has it."""
    if comes_from(tokens[verb].text, _LEAVING):
        return False
    if verb + 1 < len(tokens) and tokens[verb + 1].text == "бы":
        return True
    for at in range(verb - 1, max(start, verb - _WISHED) - 1, -1):
        if tokens[at].text in _CLAUSE_MARKS:
            return False
        if comes_from(tokens[at].text, _WISHING) and not _is_told(tokens, at):
            return True
    return False


def _is_told(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word of wishing tells of another's place, or of leaving: `вместо него`, `по собственному желанию`."""
    word, around = tokens[at].text.lower(), tokens[max(0, at - 1) : at + 2]
    if word == "вместо":
        return around[-1].text.lower() != "того"
    return word == "желанию" and around[0].text.lower() == "собственному"


def _is_done_by(tokens: Sequence[Token], verb: int, at: int) -> bool:
    """`был задержан сотрудниками`: the instrumental is the one who acts."""
    readings = (parses(token.text)[0] for token in tokens[verb + 1 : at])
    return any("PRTS" in parse.tags and parse.lemma not in {*_APPOINTING, "признать"} for parse in readings)


def _is_conjunction(token: Token) -> bool:
    """`а`, but not the initial of `назначил А. Примерова мэром`."""
    return token.text in {"что", "когда", "если", "чтобы", "хотя", "но", "а"}


def _holders(
    tokens: Sequence[Token],
    verb: int,
    office: tuple[int, int],
    start: int,
    named: Sequence[Named],
    before: Antecedents,
) -> Iterator[Named]:
    """Who gets the office `tokens[slice(*office)]`: the verb's subject; of `назначил` its object, of `присвоил` to
    whom; of `сменил` both.
    """
    begin, stop = office
    reading = _reading(tokens[verb].text)
    if "1per" in reading.tags:
        return
    first, last = min(verb, begin), max(verb, begin)
    earlier = [name for name in named if name.last <= first]
    behind = [name for name in named if name.first > first]
    between = [name for name in behind if name.first < last]
    relative = _relative(tokens, start, first)
    antecedent = next((name for name in reversed(earlier) if relative is not None and name.last <= relative), None)
    found: Sequence[Named | None] = ()
    acts = _acts(reading)
    if reading.lemma in _AWARDING:
        found = [name for name in [*reversed(earlier), *behind] if "datv" in name.cases][:1]
    elif "PRTF" in reading.tags:
        follows = bool(behind) and behind[0].first == stop and not (verb > start and tokens[verb - 1].text == ",")
        found = behind[:1] if follows or not earlier else earlier[-1:]
    elif "NOUN" in reading.tags and reading.lemma not in _POSTS:
        found = between[-1:] or earlier[-1:]
    elif "NOUN" in reading.tags and earlier and not any(map(_is_verb, tokens[earlier[-1].last : first])):
        found = earlier[-1:]  # `первое решение Примерова на посту мэра`
    elif acts and relative is not None and tokens[relative].text.lower() != "который":
        found = [antecedent]
    elif acts:
        found = [_object(tokens, (first, last), between, behind, earlier, before)]
    if not found or reading.lemma in _REPLACING:
        place = (first, begin < verb, last)
        subject = antecedent
        if relative is None:
            subject = _subject(tokens, reading, place, start, earlier, behind, before)
        found = [*found, subject]
    yield from (name for name in found if name is not None)


def _object(
    tokens: Sequence[Token],
    place: tuple[int, int],
    between: Sequence[Named],
    behind: Sequence[Named],
    earlier: Sequence[Named],
    before: Antecedents,
) -> Named | None:
    """Whom a verb names to an office: `назначил Примерова мэром`, `его назначили мэром`, `Примерова назначили`."""
    first, last = place
    pronoun = next((at for at in range(max(0, first - 2), last + 1) if tokens[at].text.lower() in _OBJECTS), None)
    if pronoun is not None:
        return _meant(tokens[pronoun].text, before.objects, earlier)
    whom = [name for name in between if "accs" in name.cases][-1:] or [
        name for name in behind if "accs" in name.cases and name.first > last
    ][:1]
    whom = whom or [name for name in earlier if "accs" in name.cases and not name.may_be_subject][-1:]
    return whom[0] if whom else None


_OBJECTS = frozenset({"его", "её", "ее"})


def _subject(
    tokens: Sequence[Token],
    reading: Parse,
    place: tuple[int, bool, int],
    start: int,
    earlier: Sequence[Named],
    behind: Sequence[Named],
    before: Antecedents,
) -> Named | None:
    """The subject of a verb: behind it where the office stands before it (`мэром стал Примеров`), else before it."""
    first, inverted, last = place
    verb = "NOUN" not in reading.tags  # `на посту мэра Бурул Образцова …`
    gender = next((gender for gender in GENDERS if verb and gender in reading.tags), "")
    subjects = [name for name in earlier if name.may_be_subject and gender in {"", name.gender}]
    after = next((name for name in behind if name.may_be_subject and gender in {"", name.gender}), None)
    if after and not _is_near(tokens, last, after.begin if after.begin > last else after.first):
        after = None
    if after and (inverted or after.first < last or "GRND" in reading.tags):
        return after
    pronoun = next((at for at in range(first - 1, start - 1, -1) if tokens[at].text.lower() in {"он", "она"}), None)
    if pronoun is not None and not (subjects and subjects[-1].first > pronoun):
        return _meant(tokens[pronoun].text, before.subjects, subjects)
    if subjects:
        return subjects[-1]
    if after and _is_opening(tokens, start, first):
        return after
    # without a verb: `До назначения мэром он …`, `На посту мэра с 2005 года.`
    silent = not earlier and (not inverted if verb else not behind)
    return before.subjects.get(gender) if silent and _has_no_subject(tokens, start, first) else None


def _has_no_subject(tokens: Sequence[Token], start: int, verb: int) -> bool:
    """Whether nothing before a verb can be its subject, so that it is who was named last: `В 2006 году избран мэром`,
    `Работал инженером`.
    """
    readings = [parses(token.text)[0].tags for token in tokens[start:verb] if token.is_word]
    nouns = any((tags & {"NOUN", "NPRO"} and "nomn" in tags) or {"VERB", "plur"} <= tags for tags in readings)
    return not nouns and not {"plur", "INFN"} & parses(tokens[verb].text)[0].tags


def _meant(pronoun: str, before: Mapping[str, Named], earlier: Sequence[Named]) -> Named | None:
    """Whom a pronoun of the third person means: who was named last in the sentence, or before it."""
    wanted = GENDERS[pronoun.lower() in {"она", "её", "ее"}]
    return next((name for name in reversed(earlier) if name.gender == wanted), before.get(wanted))


@lru_cache(maxsize=20_000)
def _reading(word: str) -> Parse:
    """The reading by which a word gives an office."""
    readings = parses(word)
    return next((parse for parse in readings if parse.lemma in _GIVING | _POSTING | _RISING), readings[0])


def _acts(reading: Parse) -> bool:
    """Whether a verb has the one who gets or loses the office for its object: `назначил`, `освободил`."""
    active = reading.lemma in _REMOVING | _REPLACING | _APPOINTING and not reading.lemma.endswith("ся")
    return active and bool(reading.tags & {"VERB", "INFN", "GRND"})


def _relative(tokens: Sequence[Token], start: int, verb: int) -> int | None:
    """The place of the `который` whose clause the verb stands in."""
    for at in range(verb - 1, max(start, verb - _REACH) - 1, -1):
        if tokens[at].text.lower() in {"который", "которая", "которого", "которую"}:
            return at
        if tokens[at].text in _CLAUSE_MARKS or tokens[at].text in {"что", "когда", "если"}:
            return None
    return None


def _is_near(tokens: Sequence[Token], last: int, name: int) -> bool:
    """Whether a verb's subject may stand as far behind it: with no other verb between."""
    between = tokens[last + 1 : name]
    return len(between) <= _NEAR and not any(_is_verb(token) or token.text in _CLAUSE_MARKS for token in between)


def _is_verb(token: Token) -> bool:
    return token.text[0].islower() and _is_finite(parses(token.text)[0])


def _is_finite(parse: Parse) -> bool:
    return bool(parse.tags & {"VERB", "PRTS", "GRND", "PRTF"})


def _is_opening(tokens: Sequence[Token], start: int, first: int) -> bool:
    """Whether the office opens its sentence: `На пост главы МЧС назначен Примеров`, `Новым мэром стал Примеров`."""
    return not any(_is_verb(token) for token in tokens[start:first])
