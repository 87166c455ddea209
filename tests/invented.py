"""Raw folders of invented articles, and a registry that knows their outlets."""

from __future__ import annotations

import shutil
from pathlib import Path

from kg_news.files import shipped

OUTLET = """\
id: {id}
names: {{ru: {name}}}
domains: [{id}.example]
country: KGZ
languages: [ru]
"""

TEXTS = {
    "vestnik-doliny/2031-04/shkola": (
        " date 2031-04 В Долине открыли школу на триста мест. Министр образования Асан Примеров сказал, "
        "что «ждали её десять лет». Зал новой школы. Фото: Бурул Образцова / «Вестник долины» "
        "Учителей пригласили из соседних сёл.\n"
    ),
    "vestnik-doliny/2031-04/most": (
        " date 2031-04 Мост через реку закрыли до осени. Жителей перевозят паромом, расписание висит у причала.\n"
    ),
    "gornyj-put/2031-05/sneg": " date 2031-05 На перевале выпал снег. Водителей просят взять цепи и запас топлива.\n",
}


def write_article(raw: Path, article_id: str, text: str, *, suffix: str = ".txt", source: str | None = None) -> Path:
    """A raw file and its sidecar; the outlet is the id's first part unless it is said otherwise."""
    path = raw / f"{article_id}{suffix}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    outlet = source or article_id.split("/", maxsplit=1)[0]
    path.with_suffix(".yml").write_text(
        f"source: {outlet}\nurl: null\nrights: {{license: NOASSERTION}}\n", encoding="utf-8"
    )
    return path


def write_raw(raw: Path) -> Path:
    """The folder with every invented article."""
    for article_id, text in TEXTS.items():
        write_article(raw, article_id, text)
    return raw


def write_registry(folder: Path) -> Path:
    """The shipped registry, without its corrections, and the invented outlets."""
    shutil.copytree(
        shipped("registry"),
        folder,
        ignore=lambda where, _: ["corrections"] if Path(where) == shipped("registry") else [],
    )
    for outlet, name in (("vestnik-doliny", "Вестник долины"), ("gornyj-put", "Горный путь")):
        (folder / "outlets" / f"{outlet}.yml").write_text(OUTLET.format(id=outlet, name=name), encoding="utf-8")
    return folder


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
