"""Where the folders that ship with the package are: in the wheel beside this module, in a checkout at its root."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent.parent


def shipped(name: str) -> Path:
    """The folder `schema`, `registry` or `data`, or the file `CITATION.cff`.

    Hatch copies them into the wheel (`force-include`); an editable install has only the checkout's.
    """
    packaged = PACKAGE / name
    return packaged if packaged.exists() else CHECKOUT / name
