"""`kg-news info`."""

from __future__ import annotations

import argparse
import json

from kg_news.commands.common import FINE, folder_option

TEXT = "say which dataset this is: version, content hash, rows, fields, folder"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON")
    folder_option(parser)


def run(args: argparse.Namespace) -> int:
    from kg_news.dataset import manifest
    from kg_news.manifest import dataset_folder
    from kg_news.tables import CONFIGS, config_schema

    found, folder = manifest(args.folder), dataset_folder(args.folder)
    fields = {name: list(config_schema(name)["properties"]) for name in CONFIGS}
    if args.json:
        configs = {name: {"rows": found.configs[name].rows, "fields": fields[name]} for name in CONFIGS}
        facts = {
            "version": found.version,
            "content_hash": found.content_hash,
            "folder": str(folder),
            "configs": configs,
        }
        print(json.dumps(facts, ensure_ascii=False, indent=2))
        return FINE
    print(f"kg-news {found.version}\ncontent {found.content_hash}\nfolder  {folder}")
    for name in CONFIGS:
        print(f"{name:<14} {found.configs[name].rows:>9,} rows: {', '.join(fields[name])}")
    return FINE
