"""What is written into a dataset folder.

The tables come first and block by block (`parquet.write_tables`), so that no dataset is too big; then whatever
describes them, one module a target: (folder, context) -> the files it wrote. A new target is a module and a line here.
"""

from kg_news.export.card import write_card
from kg_news.export.context import Export, ExportContext
from kg_news.export.croissant import write_croissant
from kg_news.export.parquet import Tables, table_of, write_tables

EXPORTS: tuple[Export, ...] = (write_card, write_croissant)

__all__ = ["EXPORTS", "Export", "ExportContext", "Tables", "table_of", "write_tables"]
