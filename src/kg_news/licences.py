"""Whether a licence is one: an SPDX licence expression of known licences, or NOASSERTION."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kg_news.records import Issue

UNKNOWN = "NOASSERTION"
POINTER = "/rights/license"
WAY_OUT = (
    "write one of spdx.org/licenses, NOASSERTION where the licence is not known, or LicenseRef-… for one without an "
    "SPDX id"
)


@lru_cache(maxsize=1024)
def is_licence(text: str) -> bool:
    """By SPDX 2.3, annex D, and the list of licences that `packaging` carries; case does not matter, as there.

    >>> is_licence("CC-BY-4.0 OR MIT"), is_licence("LicenseRef-Zorka"), is_licence("MITT"), is_licence("MIT OR")
    (True, True, False, False)
    """
    if text == UNKNOWN:
        return True
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    try:
        canonicalize_license_expression(text)
    except InvalidLicenseExpression:
        return False
    return True


def licence_issues(data: Mapping[str, Any]) -> list[Issue]:
    """What is wrong with `rights.license` of a sidecar or a record, by pointer; other shapes are the schema's."""
    rights = data.get("rights")
    licence = rights.get("license") if isinstance(rights, Mapping) else None
    if not isinstance(licence, str) or is_licence(licence):
        return []
    return [Issue("license-invalid", f"{licence!r} is no SPDX licence expression", WAY_OUT, pointer=POINTER)]
