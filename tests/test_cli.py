"""The command: what goes to stdout, what to stderr, and with which exit code."""

from __future__ import annotations

import builtins
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from dataset import articles, make_dataset
from invented import TEXTS, write_article
from kg_news import __version__
from kg_news.atomic import rewrite
from kg_news.cli import main

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_dataset(tmp_path_factory.mktemp("made") / "data", articles(3))


def lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


class Stdin:
    """Standard input with bytes in it."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["fly"],
        ["normalize"],
        ["validate"],
        ["build", "--max-rejected", "-1"],
        ["build", "--max-rejected", "few"],
        ["build", "--fast"],
        ["scale", "--raw", "a", "--out", "b", "--work", "c", "--ranks", "0"],
    ],
)
def test_wrong_use_ends_with_2(argv: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 2
    assert capsys.readouterr().err.startswith("usage: kg-news")


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["build", "--workers", "0"], "argument --workers: it must be 1 or more, not 0"),
        (["build", "--workers", "x"], "argument --workers: 'x' is no whole number"),
        (["build", "--max-rejected", "-1"], "argument --max-rejected: it must be 0 or more, not -1"),
        (["bench", "--sizes", "10,0"], "argument --sizes: it must be 1 or more, not 0"),
        (["preview", "a.txt", "--columns", "foo"], "argument --columns: 'foo' is not FIELD=COLUMN with a FIELD of id,"),
    ],
)
def test_a_bad_value_is_told_in_words(argv: list[str], says: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["cite", "--style", "chicago"], "'chicago'; choose one of: bibtex"),
        (["normalize", "-", "--format", "pdf"], "'pdf'; choose one of: flattened, plain"),
    ],
)
def test_an_unknown_choice_ends_with_2(argv: list[str], says: str, capsys: Captured) -> None:
    assert main(argv) == 2
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("argv", [["--help"], ["build", "--help"], ["show", "--help"]])
def test_help_tells_the_exit_codes(argv: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "exit codes: 0 fine; 1 problems in the data or on the disk; 2 wrong use" in said


def test_version(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"kg-news {__version__}\n"


def test_build_prints_a_summary(raw: Path, registry_folder: Path, capsys: Captured) -> None:
    argv = ["build", "--raw", str(raw), "--out", str(raw.parent / "data"), "--registry", str(registry_folder)]
    assert main(argv) == 0
    said = capsys.readouterr()
    assert "\n  written     3\n" in said.out
    assert said.out.endswith(f"is in {raw.parent / 'data'}\n")
    assert "\x1b" not in said.out + said.err
    assert main([*argv, "--quiet"]) == 0
    assert capsys.readouterr().out == ""


def test_build_prints_json_of_a_failure_too(raw: Path, registry_folder: Path, capsys: Captured) -> None:
    (raw / "gornyj-put/2031-05/sneg.txt").write_bytes(b"")
    argv = ["build", "--raw", str(raw), "--out", str(raw.parent / "data"), "--registry", str(registry_folder), "--json"]
    assert main(argv) == 1
    facts = json.loads(capsys.readouterr().out)
    assert (facts["published"], facts["found"], facts["rejected"]) == (False, 3, 1)
    assert facts["issues"][0]["code"] == "empty-file"
    assert main([*argv, "--max-rejected", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["published"] is True


def test_normalize_knows_a_raw_file_by_its_place(raw: Path, registry_folder: Path, capsys: Captured) -> None:
    files = [str(raw / f"{article_id}.txt") for article_id in TEXTS]
    assert main(["normalize", *files, "--registry", str(registry_folder)]) == 0
    records = lines(capsys.readouterr().out)
    assert [record["id"] for record in records] == list(TEXTS)
    assert records[0]["source"] == "vestnik-doliny"


def test_normalize_reads_any_file(tmp_path: Path, registry_folder: Path, capsys: Captured) -> None:
    path = write_article(tmp_path, "note", "Снег.", suffix=".text")
    path.with_suffix(".yml").unlink()
    assert main(["normalize", str(path), "--registry", str(registry_folder)]) == 1
    assert "format-unknown" in capsys.readouterr().err
    assert main(["normalize", str(path), "--format", "flattened", "--registry", str(registry_folder)]) == 0
    (record,) = lines(capsys.readouterr().out)
    assert (record["date"], record["text"]) == (None, "Снег.")


def test_normalize_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, registry_folder: Path, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdin", Stdin(" date 2031-05 Снег выпал.".encode()))
    url = "https://gornyj-put.example/2031/05/17/sneg/"
    assert main(["normalize", "-", "--url", url, "--registry", str(registry_folder)]) == 0
    (record,) = lines(capsys.readouterr().out)
    assert (record["id"], record["url"], record["date"], record["source"]) == ("-", url, "2031-05-17", "gornyj-put")


def test_normalize_goes_on_behind_a_bad_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, registry_folder: Path, capsys: Captured
) -> None:
    rows = [
        '{"id": "N° 1", "text": "Снег."}',
        "{",
        '{"id": 3, "text": "x"}',
        '{"id": "", "text": "x"}',
        "",
        '{"id": "6", "text": ""}',
    ]
    content = "\n".join([*rows, '{"id": "a/б", "text": "Дождь.", "date": "2031-05", "more": 1}']).encode()
    path = tmp_path / "bulk.jsonl"
    path.write_bytes(content + b'\n{"id": "\xff", "text": "\xff"}\n')
    monkeypatch.setattr(sys, "stdin", Stdin(path.read_bytes()))
    outputs = []
    for argv in (["normalize", str(path)], ["normalize", "-", "--format", "jsonl"]):
        assert main([*argv, "--registry", str(registry_folder)]) == 1
        said = capsys.readouterr()
        outputs.append([record["id"] for record in lines(said.out)])
        errors = [line for line in said.err.splitlines() if "error[" in line]
        assert [line.split(" ")[0].removeprefix(argv[1]) for line in errors] == [
            ":2:", ":3:", ":4:", ":6:", ":8:"
        ]  # fmt: skip
    assert outputs == [["N° 1", "a/б"]] * 2


def test_normalize_says_which_rule_decided(raw: Path, registry_folder: Path, capsys: Captured) -> None:
    article_id = "vestnik-doliny/2031-04/shkola"
    assert main(["normalize", str(raw / f"{article_id}.txt"), "--explain", "--registry", str(registry_folder)]) == 0
    said = capsys.readouterr()
    assert len(lines(said.out)) == 1
    (explained,) = [line for line in said.err.splitlines() if line.startswith(f"{article_id}: [")]
    assert explained.endswith("Фото: Бурул Образцова / «Вестник долины»")


def test_normalize_says_what_was_weighed_at_the_end_of_a_credit(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "article.txt"
    file.write_text(
        "Дело вернули. Здание суда. Фото: пресс-служба мэрии Оша Суд вынес решение в марте.", encoding="utf-8"
    )
    assert main(["normalize", str(file), "--explain"]) == 0
    block, ends, following = capsys.readouterr().err.splitlines()[-3:]
    assert block.endswith("Фото: пресс-служба мэрии Оша")
    assert re.fullmatch(r"    ends before «Суд»: \+[\d.]+ = .*verb behind \+[\d.]+, .*", ends)
    assert re.fullmatch(r"    next before «Оша»: -[\d.]+ = place -[\d.]+, .*", following)


def test_a_file_that_is_not_there(tmp_path: Path, capsys: Captured) -> None:
    for name in ("no.txt", "no.jsonl"):
        assert main(["normalize", str(tmp_path / name)]) == 1
        assert f"{tmp_path / name}: error[file-unreadable]" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["normalize", "preview"])
@pytest.mark.parametrize("name", [".", "/"])
def test_a_folder_is_no_file(command: str, name: str, capsys: Captured) -> None:
    assert main([command, name]) == 1
    told = capsys.readouterr()
    assert f"{name}: error[file-unreadable] cannot be read: Is a directory" in told.out + told.err


def test_info(folder: Path, capsys: Captured) -> None:
    assert main(["info", "--folder", str(folder), "--json"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["version"] == __version__
    assert facts["folder"] == str(folder)
    assert facts["configs"]["articles"]["rows"] == 3
    assert facts["configs"]["mentions"]["fields"][:3] == ["id", "actor_order", "actor"]
    assert main(["info", "--folder", str(folder)]) == 0
    said = capsys.readouterr().out
    assert facts["content_hash"] in said
    assert str(folder) in said


@pytest.mark.parametrize("style", ["bibtex", "apa", "ris", "csl-json", "cff"])
def test_cite(folder: Path, style: str, capsys: Captured) -> None:
    assert main(["cite", "--style", style, "--folder", str(folder)]) == 0
    assert __version__ in capsys.readouterr().out


def test_verify(folder: Path, tmp_path: Path, capsys: Captured) -> None:
    assert main(["verify", str(folder)]) == 0
    assert str(folder) in capsys.readouterr().out
    assert main(["verify", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "MANIFEST.json" in said.err


def test_show(folder: Path, capsys: Captured) -> None:
    expected = sorted(articles(3), key=lambda record: str(record["id"]))
    assert main(["show", "--folder", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out) == expected[0]
    assert main(["show", expected[2]["id"], "--folder", str(folder)]) == 0
    assert json.loads(capsys.readouterr().out) == expected[2]
    assert main(["show", expected[2]["id"][:-1], "--folder", str(folder)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert f"did you mean: {expected[2]['id']}" in said.err


def test_validate(raw: Path, capsys: Captured) -> None:
    assert main(["validate", str(raw / "gornyj-put/2031-05/sneg.yml")]) == 1, "the shipped registry has no such outlet"
    assert "error[outlet-unknown]" in capsys.readouterr().out
    path = raw / "gornyj-put/2031-05/sneg.yml"
    path.write_text("source: kloop\nurl: null\nrights: {license: NOASSERTION}\n")
    assert main(["validate", str(path)]) == 0
    assert "error[" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("yaml", "this step needs yaml; install what it needs with: pip install 'kg-news[build]'\n"),
        ("fcntl", "this step needs fcntl, which Python has on Linux and macOS alone\n"),  # as on Windows
    ],
)
def test_a_missing_library_is_named(
    missing: str, said: str, raw: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    """As for a user of the bare `kg-news` who calls a command of `kg-news[build]`."""
    real = builtins.__import__

    def without(name: str, *args: Any) -> Any:
        if name == "yaml":  # the first that the command imports
            raise ModuleNotFoundError(f"No module named {missing!r}", name=missing)
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.delitem(sys.modules, "yaml", raising=False)
    assert main(["normalize", str(raw / "gornyj-put/2031-05/sneg.txt")]) == 1
    assert capsys.readouterr().err == said


def start(*argv: str, **options: Any) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "kg_news", *argv], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options
    )


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    """`kg-news show | head -1`, with a record that no pipe can hold."""
    (long,) = articles(1)
    long["quotes"] *= 2000
    made = make_dataset(tmp_path / "data", [long])
    with start("show", "--folder", str(made)) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize(("command", "records"), [("show", 1), ("show", 2000), ("cite", 1)])
def test_a_full_disk_behind_standard_output_is_told(command: str, records: int, tmp_path: Path) -> None:
    made = make_dataset(tmp_path / "data", articles(records))
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "kg_news", command, "--folder", made],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    full_disk = (
        "output: error[disk-full] the disk is full (No space left on device); free some space, or write elsewhere"
    )
    assert (done.returncode, done.stderr.decode()) == (1, f"{full_disk}\n")


def test_a_closed_standard_output_is_told(folder: Path) -> None:
    shell = '"$0" -m kg_news cite --folder "$1" >&-'
    done = subprocess.run(
        ["/bin/sh", "-c", shell, sys.executable, folder], stderr=subprocess.PIPE, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("output: error[output-unwritable] the output cannot be written: Bad file desc")
    assert done.stderr.count("\n") == 1


def test_data_is_utf8_in_any_locale(folder: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    with start("show", "--folder", str(folder), env=environment) as process:
        out, _ = process.communicate()
    assert "Токобеков" in out.decode("utf-8")


@pytest.mark.parametrize(("no_color", "coloured"), [(None, True), ("1", False)])
def test_colours_are_for_terminals(
    raw: Path, registry_folder: Path, tmp_path: Path, no_color: str | None, *, coloured: bool
) -> None:
    pty = pytest.importorskip("pty")
    parent, child = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "FORCE_COLOR")}
    environment |= {"TERM": "xterm-256color", **({"NO_COLOR": no_color} if no_color else {})}
    argv = ["build", "--raw", str(raw), "--out", str(tmp_path / "data"), "--registry", str(registry_folder)]
    command = [sys.executable, "-m", "kg_news", *argv]
    done = subprocess.run(command, stdout=child, stderr=subprocess.DEVNULL, env=environment, check=False)
    os.close(child)
    said = b""
    while chunk := read(parent):
        said += chunk
    os.close(parent)
    assert done.returncode == 0
    assert b"vestnik-doliny" in said
    assert (b"\x1b[1;32m" in said) is coloured


@pytest.mark.parametrize(("articles", "shown"), [(3, True), (1, False)])
def test_many_articles_are_counted_on_a_terminal(tmp_path: Path, articles: int, *, shown: bool) -> None:
    """On stderr only, and only where stdout goes elsewhere."""
    pty = pytest.importorskip("pty")
    parent, child = pty.openpty()
    many = tmp_path / "many.jsonl"
    many.write_text("".join(f'{{"id": "{number}", "text": "Снег."}}\n' for number in range(articles)), "utf-8")
    command = [sys.executable, "-m", "kg_news", "normalize", str(many)]
    environment = {**os.environ, "TERM": "xterm-256color"}
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=child, env=environment, check=False)
    os.close(child)
    said = b""
    while chunk := read(parent):
        said += chunk
    os.close(parent)
    assert (done.returncode, [line["id"] for line in lines(done.stdout.decode())]) == (0, [*map(str, range(articles))])
    assert (f"{articles}/?".encode() in said) is shown, said


def read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says EIO when the other side is closed
        return b""


def test_verify_takes_its_folder_as_the_others_do(tmp_path: Path, capsys: Captured) -> None:
    assert main(["verify"]) == 0
    for argv in (["--folder", str(tmp_path)], [str(tmp_path)]):
        assert main(["verify", *argv]) == 1
        assert "it has no MANIFEST.json" in capsys.readouterr().err
    assert main(["verify", str(tmp_path), "--folder", str(tmp_path)]) == 2


@pytest.mark.parametrize("command", ["normalize", "preview", "validate"])
def test_a_name_that_the_disk_refuses_is_told(command: str, capsys: Captured) -> None:
    assert main([command, "a" * 300]) == 1
    said = capsys.readouterr()
    assert "error[file-unreadable]" in said.out + said.err
    assert "File name too long" in said.out + said.err


def test_a_page_without_a_name_is_told(raw: Path, capsys: Captured) -> None:
    assert main(["preview", str(raw / "gornyj-put/2031-05/sneg.txt"), "--html", ""]) == 1
    assert "error[output-unwritable] the page cannot be written: Is a directory" in capsys.readouterr().err


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """As `/dev/null`, in whose place root would leave a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        rewrite(pipe, b"page")
        assert os.read(reader, 10) == b"page"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def write_into(pipe: Path, data: bytes) -> Callable[[], None]:
    def write() -> None:
        with pipe.open("wb") as stream:
            stream.write(data)

    return write


@pytest.mark.parametrize("command", ["normalize", "preview"])
def test_a_pipe_is_read_by_its_name(command: str, raw: Path, tmp_path: Path, capsys: Captured) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(write_into(pipe, (raw / "gornyj-put/2031-05/sneg.txt").read_bytes()))
        assert main([command, str(pipe)]) == 0
    assert "2031-05" in capsys.readouterr().out


def test_a_shell_may_put_a_command_in_a_file_s_place(raw: Path) -> None:
    """`<(…)`; what it starts may be slow, or have come to its end before it is read."""
    script = f"{sys.executable} -m kg_news normalize <(sleep 0.1; cat {raw}/gornyj-put/2031-05/sneg.txt)"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["date"]) == (0, "2031-05"), done.stderr


@pytest.mark.parametrize("command", ["normalize", "preview", "validate", "new"])
@pytest.mark.parametrize("kind", ["a pipe", "a device"])
def test_what_has_no_end_is_not_waited_for(
    command: str, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("kg_news.read.streams.PATIENCE", 0.05)
    place = tmp_path / "pipe" if kind == "a pipe" else Path("/dev/zero")
    if kind == "a pipe":
        os.mkfifo(place)
    options = ["--raw", str(tmp_path), "--outlet", "kloop", "--from"] if command == "new" else []
    assert main([command, *options, str(place)]) == 1
    said = capsys.readouterr()
    assert f"{place}: error[not-a-file]" in said.out + said.err


def test_a_link_stays_one_when_its_file_is_rewritten(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    file, link = tmp_path / "there/a.yml", tmp_path / "a.yml"
    file.write_bytes(b"old")
    link.symlink_to(file)
    rewrite(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def test_ctrl_c_while_modules_are_imported() -> None:
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's background job ignores it
        "class Finder:\n"
        "    def find_spec(name, *_):\n"
        "        if name == 'kg_news.commands': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder)\n"
        "from kg_news.cli import main; sys.exit(main(['cite']))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def test_ctrl_c_while_the_command_starts(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def interrupted(_: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg_news.commands.dispatch.import_module", interrupted)
    assert main(["cite"]) == 130
    assert capsys.readouterr().err == "interrupted\n"
