"""Feed random and mutated bytes to whatever reads what people write: never an uncaught exception, never a hang.

Targets are every reader of raw files, YAML, sidecars and registry files, `validate` on files, manifests,
and `normalize` with `check` on whatever a reader has accepted. An input that raises anything but the project's own
errors, or takes more than ten seconds, is printed with its seed and ends in exit code 1.

With `--atheris` libFuzzer looks for inputs instead, `--count` for each target: `scripts/fuzz-atheris` has it (a
development tool, not in the lock file). It reads each function's code first, which takes a minute.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg_news.check import check
from kg_news.errors import InputError, KgNewsError
from kg_news.files import CHECKOUT
from kg_news.manifest import NAME, Manifest
from kg_news.normalize import normalize
from kg_news.read import READERS, read_stream
from kg_news.registry import load_registry
from kg_news.validate import validate
from kg_news.yamlfile import check_file, read_yaml

LIMIT = 10
"""Seconds of processor time that one input may take."""
NASTY = (
    *(b"\x00 \xff\xfe \xed\xa0\x80 \xef\xbb\xbf \xc3 \xf4\x90\x80\x80".split()),
    *("\u202e \u2028 \u0301 \U0001f600 « » „ “ Фото: Фото-Фото: date 2022-13 9999-99 ﬁ İ ß".encode().split()),
    b"&a *a !!python/object: <<: ? | > % @ ` [ ] { } --- ... NaN 1e999 -0 \\ud800 \\u0000 <script> <!-- ]]>",
    b"(" * 200,
    b"[" * 200,
    b'{"a":' * 200,
    b" " * 2000,
    b"\r\n\r\n",
    b"\n date 2031-01 ",
    "\u200b \xad \ufeff \u200f \x85 \x0c \u0435\u0308 \U0001f44d\U0001f3fd".encode(),
    "Снег.".encode("cp1251"),
    "Снег.".encode("utf-16"),
)


def targets(folder: Path) -> Mapping[str, Callable[[bytes], object]]:
    """What is fuzzed, by name."""
    registry = load_registry()

    def reader(name: str) -> Callable[[bytes], object]:
        def read(data: bytes) -> object:
            stream: Any = io.BufferedReader(io.BytesIO(data[:4000]))
            found = READERS[name](stream, "x/2031-01/y.txt")
            return [check(normalize(raw, registry)[0]) for raw in found if not isinstance(raw, InputError)]

        return read

    def text(data: bytes) -> str:
        return data.decode("utf-8", "surrogateescape")

    def on_disk(name: str) -> Callable[[bytes], object]:
        def look(data: bytes) -> object:
            path = folder / name
            path.write_bytes(data)
            return validate([path])

        return look

    def manifest(data: bytes) -> object:
        (folder / NAME).write_bytes(data)
        return Manifest.read(folder)

    return {
        **{f"read {name}": reader(name) for name in READERS},
        "read, told by the content": lambda data: list(read_stream(io.BytesIO(data), "x/2031-01/y")),
        "yaml": lambda data: read_yaml(Path("x.yml"), text(data)),
        "sidecar": lambda data: check_file(Path("x.yml"), "sidecar", text(data)),
        "outlet": lambda data: check_file(Path("x.yml"), "outlet", text(data)),
        "validate jsonl": on_disk("records.jsonl"),
        "validate yml": on_disk("some.yml"),
        "manifest": manifest,
    }


def good_files() -> list[Path]:
    """Files to begin with: what is committed."""
    names = ["raw/**/*.txt", "raw/**/*.yml", "registry/outlets/*.yml", "registry/photo.yml", "data/MANIFEST.json"]
    return [path for name in names for path in sorted(CHECKOUT.glob(name))]


def seeds() -> list[bytes]:
    """Good inputs to begin with."""
    lines = [{"id": "1", "text": "Пикет. Фото: Асан Примеров", "date": "2031-01", "url": None}]
    return [path.read_bytes()[:20_000] for path in good_files()] + ["\n".join(map(json.dumps, lines)).encode()]


def inputs(good: list[bytes], seed: int) -> Iterator[bytes]:
    """Random bytes, and good inputs after a few changes."""
    chance = random.Random(seed)  # noqa: S311 - to be found again by its seed
    while True:
        if chance.random() < 0.2:
            yield chance.randbytes(chance.randrange(200))
            continue
        data = bytearray(chance.choice(good))
        start = chance.randrange(len(data))
        data = data[start : start + chance.randrange(2000)] if chance.random() < 0.5 else data
        for _ in range(chance.randint(1, 6)):
            mutate(data, good, chance)
        yield bytes(data)


def mutate(data: bytearray, good: list[bytes], chance: random.Random) -> None:
    """One change: a bit, a piece left out, doubled, or put in."""
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.randrange(60))
    kind = chance.randrange(5)
    if kind == 0 and at < len(data):
        data[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        del data[at:end]
    elif kind == 2:
        data[at:at] = data[at:end]
    elif kind == 3:
        data[at:at] = chance.choice(NASTY)
    else:
        other = chance.choice(good)
        start = chance.randrange(len(other))
        data[at:end] = other[start : start + chance.randrange(60)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000, help="inputs in all (default: 100000)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--target", action="append", help="only this one")
    parser.add_argument("--atheris", action="store_true", help="let libFuzzer look for inputs, target by target")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        known = targets(Path(name))
        chosen = {target: known[target] for target in args.target or known}
        if args.atheris:
            return by_atheris(chosen, args.count)
        return by_chance(chosen, args.count, args.seed)


def by_chance(chosen: Mapping[str, Callable[[bytes], object]], count: int, seed: int) -> int:
    for alarm in (signal.SIGPROF, signal.SIGALRM):  # not for libFuzzer, which has its own
        signal.signal(alarm, too_long)
    crashes = accepted = 0
    stream = inputs(seeds(), seed)
    for number in range(count):
        data = next(stream)
        target = list(chosen)[number % len(chosen)]
        signal.setitimer(signal.ITIMER_PROF, LIMIT)  # a busy machine does not count …
        signal.alarm(30 * LIMIT)  # … but waiting for nothing does
        try:
            chosen[target](data)
            accepted += 1
        except KgNewsError:
            pass
        except Exception as error:
            crashes += 1
            print(f"input {number} of seed {seed} ({target}): {type(error).__name__}: {error}: {data[:300]!r}")
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.alarm(0)
    print(f"{count:,} inputs into {len(chosen)} targets: {accepted:,} accepted, {crashes} crashes")
    return int(bool(crashes))


def by_atheris(chosen: Mapping[str, Callable[[bytes], object]], count: int) -> int:
    try:
        import atheris
    except ModuleNotFoundError:
        print("atheris is not installed: scripts/fuzz-atheris makes an environment that has it", file=sys.stderr)
        return 2
    atheris.instrument_all()
    begin = ",".join(map(str, good_files()))
    options = [f"-timeout={LIMIT}", f"-runs={count}", "-max_len=4000", f"-seed_inputs={begin}"]
    failed = 0
    for name, target in chosen.items():

        def one(data: bytes, target: Callable[[bytes], object] = target) -> None:
            with contextlib.suppress(KgNewsError):
                target(data)

        child = os.fork()  # libFuzzer ends its process
        if not child:
            atheris.Setup([sys.argv[0], *options], one)
            atheris.Fuzz()
        _, status = os.waitpid(child, 0)
        print(f"{name}: {'a crash, or too long: see above' if status else f'{count:,} inputs, 0 crashes'}", flush=True)
        failed += bool(status)
    return int(bool(failed))


def too_long(*_: object) -> None:
    raise TimeoutError(f"more than {LIMIT} s of processor time, or {30 * LIMIT} s in all")


if __name__ == "__main__":
    sys.exit(main())
