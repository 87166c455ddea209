"""How well and how fast pages are read: body F1, leaked captions and credits, pages a second; and trafilatura's own.

usage: measure_html.py [FOLDER]

FOLDER holds `ground-truth.json` ({key: {"articleBody": …}}) and `html/<key>.html.gz`, as the benchmark
scrapinghub/article-extraction-benchmark has them (default: ../shared/eval/html). The rules of `read/page.py` were tried
out on these very pages: the figures say how well they do there, and are no promise for others.

Body F1 as that benchmark defines it: of runs of four words, counted with their number, per page as shares, then summed
up. A caption or credit is what the page marks as one by an element (`figcaption`) or a word in class, id or itemprop,
and the gold body lacks; it has leaked where at least half of its runs of words stand in the text. Both readers get the
same bytes, each page by turns, and CPU time counts.

Exit code 1 where the F1 is below 0.960 or more than 1 % of captions or credits leak.
"""

from __future__ import annotations

import gzip
import json
import logging
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html

from kg_news.page_speed import read_ours, read_theirs

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "eval" / "html"
LEAST_F1, MOST_LEAKS = 0.960, 0.01
_WORD = re.compile(r"\w+")
_LONGEST = 800
"""Characters of the longest element that can be a caption."""

Runs = Counter[tuple[str, ...]]


@dataclass
class Tally:
    """What one reader did."""

    right: float = 0.0
    added: float = 0.0
    missed: float = 0.0
    seconds: float = 0.0
    leaks: Counter[str] = field(default_factory=Counter)
    leaking_pages: Counter[str] = field(default_factory=Counter)

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.added + self.missed)

    def add(self, gold: str, text: str) -> None:
        wanted, found = runs(gold), runs(text)
        right, added, missed = (sum(counted.values()) for counted in (wanted & found, found - wanted, wanted - found))
        whole = right + added + missed or 1
        self.right, self.added, self.missed = (
            self.right + right / whole,
            self.added + added / whole,
            self.missed + missed / whole,
        )


def runs(text: str, length: int = 4) -> Runs:
    """Runs of four words with their number; of a shorter text its only one."""
    words = _WORD.findall(text.lower())
    return (
        Counter(tuple(words[at : at + length]) for at in range(max(1, len(words) - length + 1))) if words else Counter()
    )


def marked(data: bytes, gold: str) -> dict[str, set[str]]:
    """The captions and credits that a page marks as such, and that its gold body lacks."""
    found: dict[str, set[str]] = {"caption": set(), "credit": set()}
    for element in html.fromstring(data).iter():
        if not isinstance(element.tag, str) or element.tag in {"html", "body", "script", "style", "img"}:
            continue
        called = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop")).lower()
        kind = "credit" if "credit" in called else "caption" if "caption" in called else None
        text = " ".join(element.text_content().split()) if kind or element.tag == "figcaption" else ""
        if 3 < len(text) <= _LONGEST and not leaked(text, runs(gold)):
            found[kind or "caption"].add(text)
    return found


def leaked(words: str, text: Runs) -> bool:
    """Whether half of a caption's runs stand in a text; of a short one, whether its words stand there side by side."""
    mine = runs(words)
    if len(_WORD.findall(words)) < 4:
        short = tuple(_WORD.findall(words.lower()))
        return any(short == run[at : at + len(short)] for run in text for at in range(5 - len(short)))
    return 2 * sum((mine & text).values()) >= sum(mine.values())


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    if not (folder / "ground-truth.json").is_file():
        print(f"there is no {folder / 'ground-truth.json'}: nothing was measured", file=sys.stderr)
        return 2
    logging.disable(logging.CRITICAL)
    readers: dict[str, Callable[[bytes], str]] = {"kg-news": read_ours, "trafilatura": read_theirs}
    tallies = {name: Tally() for name in readers}
    marks: Counter[str] = Counter()
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    pages = {key: gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()) for key in gold}
    for read in readers.values():  # what is loaded for the first page is not the page's time
        read(next(iter(pages.values())))
    for key, expected in gold.items():
        data = pages[key]
        body = expected["articleBody"]
        here = marked(data, body)
        marks.update({kind: len(words) for kind, words in here.items()})
        for name, read in readers.items():
            start = time.process_time()
            text = read(data)
            tallies[name].seconds += time.process_time() - start
            tallies[name].add(body, text)
            found = runs(text)
            for kind, words in here.items():
                count = sum(leaked(one, found) for one in words)
                tallies[name].leaks[kind] += count
                tallies[name].leaking_pages[kind] += bool(count)
    print(f"{len(gold)} pages, {marks['caption']} captions, {marks['credit']} credits; tuned on these pages")
    for name, tally in tallies.items():
        leaks = ", ".join(
            f"{kind}s leaked {tally.leaks[kind]} ({tally.leaks[kind] / max(1, marks[kind]):.1%}, "
            f"{tally.leaking_pages[kind]} pages)"
            for kind in ("caption", "credit")
        )
        print(f"{name:12} body F1 {tally.f1:.4f}   {leaks}   {len(gold) / tally.seconds:.1f} pages a second")
    mine = tallies["kg-news"]
    print(f"{tallies['trafilatura'].seconds / mine.seconds:.2f} times as fast as trafilatura")
    worst = max(mine.leaks[kind] / max(1, marks[kind]) for kind in marks)
    return 0 if mine.f1 >= LEAST_F1 and worst <= MOST_LEAKS else 1


if __name__ == "__main__":
    sys.exit(main())
