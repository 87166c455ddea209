"""Do harm to builds and datasets, and see that nothing wrong is published and nothing wrong is loaded.

kills   A build with two processes is killed (SIGKILL, its workers with it or left alone) over an old dataset: at a
        random moment of the whole run, or, every second time, of the publication. After each kill the folder must be
        the old dataset or the new one, whole. In the end one more build must give what a clean build gives, and leave
        nothing beside it.
flips   Random bits of every file of a dataset are flipped, one at a time; `verify` must raise, and so must loading the
        table that the file belongs to.

Exit code 1, and a line for each, where something went unnoticed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kg_news import dataset
from kg_news.corpus import write_corpus
from kg_news.errors import DataError
from kg_news.manifest import NAME, Manifest, verify

BUILD = """
import sys
from pathlib import Path
from kg_news.build import build
from kg_news.corpus import with_outlet
from kg_news.registry import load_registry

if __name__ == "__main__":
    raw, out, cache = map(Path, sys.argv[1:])

    def tell(stage, done, total):
        if stage == "tables" and done == total:
            print("tables are made", flush=True)

    registry = with_outlet(load_registry())
    report = build(raw, out, registry, tell, processes=2, cache_folder=cache, part_size=100_000)
    sys.exit(not report.published)
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--flips", type=int, default=400)
    parser.add_argument("--articles", type=int, default=60, help="in the dataset that is built")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    chance = random.Random(args.seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        script = place / "build.py"
        script.write_text(BUILD, encoding="utf-8")
        write_corpus(place / "raw", args.articles, seed=1)
        run(script, place, "old")
        write_corpus(place / "raw", args.articles + 1, seed=2)
        run(script, place, "new")
        took = run(script, place, "new")  # by the cache, as most runs below
        wrong = kills(script, place, args.kills, took, chance) + flips(place / "new" / "data", args.flips, chance)
    return int(bool(wrong))


def command(script: Path, place: Path, home: str) -> list[str]:
    cache = place / "cache"
    return [sys.executable, str(script), str(place / "raw"), str(place / home / "data"), str(cache)]


def run(script: Path, place: Path, home: str) -> float:
    """Build to the end; how long it took, in seconds."""
    (place / home).mkdir(exist_ok=True)
    start = time.monotonic()
    subprocess.run(command(script, place, home), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def kills(script: Path, place: Path, count: int, took: float, chance: random.Random) -> int:
    """Kill builds; how many left a wrong folder."""
    wanted = {home: content_of(place / home / "data") for home in ("old", "new")}
    wrong = published = 0
    out, saved = place / "old" / "data", place / "saved"
    shutil.copytree(out, saved)
    for number in range(count):
        shutil.rmtree(out)
        shutil.copytree(saved, out)
        if number % 10 == 0:
            shutil.rmtree(place / "cache")
        kill_one(command(script, place, "old"), took, chance, aimed=number % 2 == 1)
        found = content_of(out)
        published += found == wanted["new"]
        if found not in wanted.values():
            wrong += 1
            print(f"kill {number}: the folder is neither the old dataset nor the new one")
    run(script, place, "old")
    if content_of(out) != wanted["new"]:
        wrong += 1
        print("the build after the kills is not what a clean build gives")
    if left := sorted(path.name for path in out.parent.iterdir() if path != out):
        wrong += 1
        print(f"the build after the kills leaves {left}")
    print(f"{count} kills, {published} after the publication, {wrong} wrong folders")
    return wrong


def kill_one(command: list[str], took: float, chance: random.Random, *, aimed: bool) -> None:
    """Start a build and kill it. Half of the kills hit the parent alone: its workers must leave by themselves."""
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, start_new_session=True, **quiet) as process:  # type: ignore[call-overload]
        if aimed:
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.3))
        else:
            time.sleep(chance.uniform(0, took))
        with contextlib.suppress(ProcessLookupError):  # it was faster
            (os.killpg if chance.random() < 0.5 else os.kill)(process.pid, signal.SIGKILL)


def content_of(folder: Path) -> dict[str, bytes] | None:
    """Every file, where the folder is a whole dataset."""
    try:
        verify(folder)
    except DataError:
        return None
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def flips(folder: Path, count: int, chance: random.Random) -> int:
    """Flip bits; how many went unnoticed."""
    tables = {name: config for config, entry in Manifest.read(folder).configs.items() for name in entry.files}
    names = sorted([*Manifest.read(folder).files, NAME])
    wrong = 0
    for number in range(count):
        name = names[number % len(names)]
        content = (folder / name).read_bytes()
        flipped = bytearray(content)
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
        (folder / name).write_bytes(flipped)
        noticed = [raises(lambda: verify(folder))]
        if name in tables or name == NAME:
            config = tables.get(name, "articles")
            noticed += [
                raises(lambda config=config: dataset.table(config, folder=folder)),  # type: ignore[misc]
                raises(lambda config=config: list(dataset.load(config, streaming=True, folder=folder))),  # type: ignore[misc]
            ]
        (folder / name).write_bytes(content)
        if not all(noticed):
            wrong += 1
            print(f"flip {number}: in {name} it went unnoticed")
    verify(folder)
    print(f"{count} flips in {len(names)} files, {count - wrong} noticed")
    return wrong


def raises(call: Callable[[], object]) -> bool:
    try:
        call()
    except DataError:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
