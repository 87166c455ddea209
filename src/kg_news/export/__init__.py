"""One module per target: (records, folder, context) -> the files it wrote. A new target is a module and a line here."""

from kg_news.export.card import write_card
from kg_news.export.context import Export, ExportContext
from kg_news.export.parquet import write_parquet

EXPORTS: tuple[Export, ...] = (write_parquet, write_card)
"""In this order: the card describes the Parquet files."""

__all__ = ["EXPORTS", "Export", "ExportContext"]
