"""Shapes of outlets, agencies and pages: quotations, names that the registry has, addresses, Latin runs."""

from __future__ import annotations

from kg_news.views.credit_ends import goes_on
from kg_news.views.credit_tails import YEAR, counts, is_branch, past_outlet_word
from kg_news.views.credit_terms import LEADS_ON, SEPARATORS, CreditTerms, Party, is_body
from kg_news.views.credit_tokens import Token, is_capital_word, is_name_word, is_place_name, is_predicate, is_verb, join


def quoted(tokens: list[Token], i: int, _: CreditTerms) -> Party | None:
    """An outlet in quotation marks: `«Клооп»`."""
    if tokens[i].kind != "quote" or tokens[i].text[-2:-1] in {".", "?", "!", ","}:
        return None
    return Party("agency", tokens[i].text.strip('«»“”„"').strip(), i + 1, "quoted")


def registered(tokens: list[Token], i: int, terms: CreditTerms) -> Party | None:
    """A name that the registry has: `РИА Новости`, `Sputnik Кыргызстан`; of several that fit the longest."""
    first = tokens[i]
    if first.lower and not first.latin:
        return None
    for end in range(min(i + terms.longest.get(first.text.lower(), 0), len(tokens)), i, -1):
        acts = end < len(tokens) and tokens[end].lower and is_predicate(tokens[end].text)
        if acts and end > i + 1 and is_place_name(tokens[end - 1]):
            continue  # «Sputnik Казахстан закрыл границу»
        if (name := join(tokens, i, end)).lower() in terms.names:
            if end + 1 < len(tokens) and YEAR.fullmatch(tokens[end].text) and tokens[end + 1].text in SEPARATORS:
                return Party("agency", name, end + 1, "registered")  # «© AFP 2024 / Асан Примеров»
            owned = name.lower() in terms.platforms and not (i > 0 and tokens[i - 1].text in SEPARATORS)
            behind = _owner(tokens, end, terms) if owned else past_outlet_word(tokens, end, terms)
            return Party("agency", join(tokens, i, behind), behind, "registered")
    return None


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
    end = _latin_end(tokens, i)
    sentence = end - i > 1 and tokens[i].lower and tokens[i + 1].lower  # «Photos: five things to know»
    if end == i or tokens[i].kind == "initial" or sentence:
        return None
    if end < len(tokens) and tokens[end - 1].kind == "number" and counts(tokens, end - 1):
        end -= 1  # «Reuters 19 журналистов арестованы»
    if end < len(tokens) and tokens[end].lower and tokens[end].text not in LEADS_ON:
        # «Telegram-канал», «Sputnik сообщает»: a noun belongs to the name, anything else does not
        if end - i == 1 or not tokens[end - 1].capital or is_body(tokens[end].text, terms):
            return _latin_page(tokens, i, end, terms)
        end -= 1  # «Steppe Post Steppolife сообщает»
    if end - i > 3:
        end = i + 2  # The text around is Latin too: take the words that are written as a name.
    elif end - i > 1 and end < len(tokens) and tokens[end].latin and _goes_small(tokens[end]):
        end -= 1  # «John Smith Police said»
    if end < len(tokens) and is_branch(tokens, end):
        return Party("agency", join(tokens, i, end + 1), end + 1, "latin run")
    made_for = i > 0 and tokens[i - 1].text in {"for", "для"}
    person = not made_for and _is_person(tokens[i:end], terms)
    return Party("creator" if person else "agency", join(tokens, i, end), end, "latin run")


def _latin_end(tokens: list[Token], i: int) -> int:
    """The token behind Latin words, initials and numbers; behind the second of them a small letter ends the run."""
    end = i
    while (
        end < len(tokens)
        and tokens[end].kind in {"word", "number", "initial"}
        and (tokens[end].latin or end > i)
        and tokens[end].cyrillic_free
        and (end - i < 2 or tokens[end].capital or tokens[end].kind == "number")
    ):
        end += 1
    return end


def _is_person(words: list[Token], terms: CreditTerms) -> bool:
    """Whether Latin words are somebody's first name and surname: `John Smith`, but not `Steppe News`."""
    return len(words) == 2 and all(is_capital_word(token) and token.text not in terms.outlet_words for token in words)


def _goes_small(token: Token) -> bool:
    return not token.capital and token.text not in LEADS_ON


def _latin_page(tokens: list[Token], i: int, end: int, terms: CreditTerms) -> Party:
    """`Telegram канал «Зорька»`, `YouTube-канал «Зорьки»`: a page, named behind its noun."""
    if is_body(tokens[end].text, terms):
        while end < len(tokens) and (tokens[end].lower or tokens[end].kind in {"quote", "handle", "domain"}):
            if tokens[end].lower and is_verb(tokens[end].text):
                break
            end += 1
    return Party("agency", join(tokens, i, end), end, "latin run")
