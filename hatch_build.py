"""The long description: README.md as a package index shows it, far from the files that it links to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"\]\((?!#|[a-z]+:)([^)\s]+)\)")
"""A link to a file of the repository. Headings (`#…`) stay: an index has them too."""


class LongDescription(MetadataHookInterface):
    """Links to files lead to the repository, as it was at the tag of this version; in a clone they stay relative."""

    def update(self, metadata: dict[str, Any]) -> None:
        files = f"{metadata['urls']['Repository']}/blob/v{metadata['version']}/"
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        text = _LINK.sub(lambda link: f"]({files}{link[1]})", readme)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
