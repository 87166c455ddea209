"""A first-time contributor's way, from the text in hand to the built dataset, by the command alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from invented import OUTLET, write_registry

TEXT = (
    "В Долине открыли школу на триста мест. Министр образования Асан Примеров сказал, что «ждали её десять лет». "
    "Зал новой школы. Фото: Бурул Образцова / «Зорька» Учителей пригласили из соседних сёл.\n"
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    registry = write_registry(tmp_path / "registry")
    for path in registry.glob("actors/*.yml"):  # each command reads the registry, and the states are enough here
        if path.stem != "states":
            path.unlink()
    (tmp_path / "shkola.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_the_way(checkout: Path) -> None:
    def say(*argv: str, code: int = 0) -> tuple[str, str]:
        command = [sys.executable, "-m", "kg_news", *argv]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "HF_HUB_OFFLINE": "1"}
        options = {"cwd": checkout, "env": environment, "stdin": subprocess.DEVNULL, "encoding": "utf-8"}
        done = subprocess.run(command, capture_output=True, check=False, **options)  # type: ignore[call-overload]
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout, done.stderr

    # The outlet is not known yet; the message says which file is missing, `explain` what that means.
    new = ["new", "--from", "shkola.txt", "--outlet", "zorka", "--registry", "registry"]
    new += ["--url", "https://zorka.example/2031/04/06/v-doline-otkryli-shkolu/"]
    _, said = say(*new, code=1)
    assert "--outlet: error[outlet-unknown] no outlet 'zorka' in the registry" in said
    assert "add registry/outlets/zorka.yml" in said
    assert "one file, no code" in say("explain", "outlet-unknown")[0]
    (checkout / "registry/outlets/zorka.yml").write_text(OUTLET.format(id="zorka", name="Зорька"), encoding="utf-8")

    # Now it is, and the article goes to its place.
    written, said = say(*new)
    raw, sidecar = written.split()
    assert raw == "raw/zorka/2031-04/v-doline-otkryli-shkolu.txt"
    assert f"kg-news preview {raw}" in said

    # What will be extracted.
    shown, _ = say("preview", raw, "--registry", "registry")
    assert "photo 1 · staff" in shown
    assert "date: 2031-04-06 (by url)" in shown
    assert "no errors, no warnings" in shown
    say("preview", raw, "--registry", "registry", "--html", "page.html")
    assert "Бурул Образцова" in (checkout / "page.html").read_text(encoding="utf-8")

    # A slip in the sidecar has its line and column; mended, all is well.
    good = (checkout / sidecar).read_text(encoding="utf-8")
    (checkout / sidecar).write_text(good.replace("source: zorka", "source: zorkaa"), encoding="utf-8")
    told, _ = say("validate", "raw", "registry", "--registry", "registry", code=1)
    assert f"{sidecar}:1:9: error[outlet-unknown]" in told
    assert "write 'zorka' if that is meant" in told
    (checkout / sidecar).write_text(good, encoding="utf-8")
    assert "error[" not in say("validate", "raw", "registry", "--registry", "registry")[0]

    # Built, shown, verified, cited.
    say("build", "--registry", "registry")
    record = json.loads(say("show", "--folder", "data")[0])
    assert record["id"] == "zorka/2031-04/v-doline-otkryli-shkolu"
    assert record["source_name"] == "Зорька"
    assert [photo["credit"] for photo in record["photo_credits"]] == ["Бурул Образцова / «Зорька»"]
    assert "Асан Примеров" in [actor["name"] for actor in record["actors"]]
    assert [quote["text"] for quote in record["quotes"]] == ["ждали её десять лет"]
    say("verify", "data")
    assert "@misc" in say("cite", "--folder", "data")[0]
