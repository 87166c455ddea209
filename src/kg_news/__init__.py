"""News from Kyrgyzstan and its neighbours, as a citable research dataset.

    >>> import kg_news
    >>> articles = kg_news.load()          # datasets.Dataset; also load("mentions"), load(streaming=True)
    >>> table = kg_news.table("actors")    # pyarrow; also frame() for pandas, path() for polars and DuckDB
    >>> print(kg_news.cite())              # BibTeX of exactly this version; also apa, ris, csl-json, cff
    >>> kg_news.verify()                   # every file against the manifest

`kg_news.version` and `kg_news.fingerprint` are the dataset's version and content hash.
Nothing else is imported before one of these names is used.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # without typing, whose import takes longer than all else here
if TYPE_CHECKING:
    from kg_news.citation import cite
    from kg_news.dataset import frame, load, path, table, verify

    version: str
    """Version of the dataset that ships with the package."""
    fingerprint: str
    """Its content hash: SHA-256 over the articles as canonical JSON Lines."""

__all__ = ["cite", "fingerprint", "frame", "load", "path", "table", "verify", "version"]


if not TYPE_CHECKING:  # else a checker would take any name, a mistyped one too

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        if name == "cite":
            from kg_news.citation import cite

            return cite
        from kg_news import dataset

        if name in ("version", "fingerprint"):
            manifest = dataset.manifest()
            return manifest.version if name == "version" else manifest.content_hash
        return getattr(dataset, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
