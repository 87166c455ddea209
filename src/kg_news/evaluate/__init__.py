"""Measuring: what the fields find against gold lines. One module a group of fields; SCORERS lists them.

To measure a field: a function `(gold, doc) -> {field: Pair or Tally}` here and its line in SCORERS. It answers for the
fields that the gold line marks, and asks the doc for nothing else, so that no model runs in vain.
"""

from __future__ import annotations

from kg_news.evaluate.actors import actors
from kg_news.evaluate.core import Scorer
from kg_news.evaluate.fields import fields
from kg_news.evaluate.offices import offices
from kg_news.evaluate.photos import photos
from kg_news.evaluate.quotes import quotes

SCORERS: tuple[Scorer, ...] = (photos, fields, actors, offices, quotes)
