"""What the words around a name tell. The name stands between [ ]; `text -> cases demanded | likely | subject | gender`.

`all` are all six cases, `unled` those that need no preposition.
"""

from __future__ import annotations

import pytest

from kg_news.views.declension import ALL_CASES, UNLED
from kg_news.views.surroundings import surroundings
from kg_news.views.tokens import tokens

TABLE = """
[Примерова] сказала -> nomn | nomn | femn |
[Примеров] сказал -> nomn | nomn | masc |
вчера [Примеров] сказал -> all | nomn | masc |
у [Примерова] родился сын -> gent | | |
к [Примерову] пришли -> datv | | |
29-летняя [Примерова] -> nomn | | | femn
29-летнему [Примерову] -> datv | | | masc
план, обещанный [Примеровым] -> ablt accs nomn | | | masc
сообщила [Примерова] -> unled | accs datv nomn | femn |
прибыл [Примеров] -> unled | nomn | masc |
подписан [Примеровым] -> unled | ablt nomn | masc |
встретить [Примерова] -> unled | accs datv gent | |
смерть [Примерова] -> all | gent | |
певица [Примерова] -> all | gent nomn | |
вчера [Примеров] (Ош) сказал -> all | nomn | masc |
полиция задержала [Примерова] -> ablt accs datv gent | accs datv gent | |
врачи не спасли [Примерова] -> ablt accs datv gent | accs datv gent | |
суд возглавил [Примеров] -> unled | accs datv nomn | masc |
книга написана [Примеровым] -> ablt accs datv gent | ablt | |
сообщили [Примеров] и Тестов -> unled | accs datv nomn | |
сообщили [Примерову] -> ablt accs datv gent | accs datv gent | |
[Примерова] задержала полиция -> ablt accs datv gent | | |
[Примерова] оправдал суд -> unled | nomn | masc |
[Примерову] удалось уйти -> ablt accs datv gent | | |
россиянка [Примерова] -> all | gent nomn | | femn
"""


def shown(cases: frozenset[str]) -> str:
    named = {ALL_CASES: "all", UNLED: "unled"}
    return named[cases] if cases in named else " ".join(sorted(cases))


@pytest.mark.parametrize(("marked", "expected"), [line.split(" -> ") for line in TABLE.splitlines() if line])
def test_surroundings(marked: str, expected: str) -> None:
    at = marked.index("[")
    text = marked.replace("[", "").replace("]", "")
    found = tokens(text)
    first = next(index for index, token in enumerate(found) if token.start == at)
    cases, setting = surroundings(found, first, first + 1, 0, len(found))
    assert (
        f"{shown(cases)} | {shown(setting.likely)} | {setting.subject} | {setting.gender}".split() == expected.split()
    )
