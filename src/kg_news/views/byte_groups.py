"""py3langid's model in a third of its memory: the automaton that finds the byte groups which tell a language, and how
likely each group is in each language.

The automaton's table has a row of 256 next states for each of 38,346 kinds of state, 40 MB; most stretches of a row are
those of another row too. The likelihoods are 27 MB; in a language's column four of five are the same number, that of
groups which it does not have. Here each stretch of 32 is kept once, and of the columns what differs. Both give what
py3langid's own tables give, to the bit (`tests/test_byte_groups.py`).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_WIDTH = 32
_STRETCHES = 256 // _WIDTH
"""Stretches in a row."""
_LOW = bytes(byte % _WIDTH for byte in range(256))


class Groups:
    """The automaton, made of py3langid's tables: the next state by row and byte, each state's row, and the number of
    the group that ends in a state (-1: none).
    """

    def __init__(self, moves: Sequence[int], rows: Sequence[int], ends: Sequence[int]) -> None:
        import numpy as np

        data = np.asarray(moves, np.int32).tobytes()
        size = 4 * _WIDTH
        numbers: dict[bytes, int] = {}
        found = [numbers.setdefault(data[at : at + size], len(numbers)) for at in range(0, len(data), size)]
        stretches = np.array(found, np.int32).reshape(-1, _STRETCHES)[np.asarray(rows)]
        # One item of an array of Python's own is read in a tenth of the time that one of numpy's takes; and a list's
        # items lie elsewhere, where other work has put them out of the processor's cache.
        self._moves = array("i", b"".join(numbers))
        tables = [array("i", (column * _WIDTH).astype(np.int32).tobytes()) for column in stretches.T]
        self._tables = [tables[byte // _WIDTH] for byte in range(256)]
        """By byte and state: where the stretch begins that the byte lies in."""
        self._ends = array("i", ends)

    def counts(self, text: bytes) -> dict[int, int]:
        """How often each group ends in the text, in the order in which they are met."""
        moves, state = self._moves, 0
        steps = zip(map(self._tables.__getitem__, text), text.translate(_LOW), strict=True)
        states = [state := moves[table[state] + low] for table, low in steps]
        found = Counter(map(self._ends.__getitem__, states))
        found.pop(-1, None)
        return found


_LOOKED_AT = 4096
"""Rows in which a column's commonest number is sought: another one would cost memory, and change nothing."""
_KEPT_ROWS = 4096
"""Rows kept in single precision: 2.3 MB. The beginnings of 746 Russian articles need 4,048."""


class Likelihoods:
    """A table in half precision, groups x languages, whose rows are read in single precision: `table[rows]`.

    Rows that were read are kept, since most groups of a language are met in text after text.
    """

    def __init__(self, table: npt.NDArray[np.float16]) -> None:
        import numpy as np

        bits = table.view(np.uint16)
        # numpy converts one half after the other, which took a third of the time of telling a text's language.
        self._numbers = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)
        usual = np.array([np.bincount(column).argmax() for column in bits[:_LOOKED_AT].T], np.uint16)
        self._usual = self._numbers[usual]
        """By language: the commonest number in its column."""
        others = bits != usual
        self._begins = np.concatenate(([0], np.count_nonzero(others, axis=1).cumsum()))
        """Where a row's other numbers begin among all of them."""
        at = others.reshape(-1).nonzero()[0]
        self._columns = (at % table.shape[1]).astype(np.uint8 if table.shape[1] <= 256 else np.int32)
        self._others = bits.reshape(-1)[at]
        self._kept = np.empty((_KEPT_ROWS, table.shape[1]), np.float32)
        self._used = 0
        self._places = np.full(len(table), -1, np.int32)
        """Where each row is kept, if it is."""

    def __getitem__(self, rows: npt.NDArray[np.intp]) -> Any:
        places = self._places[rows]
        if places.min(initial=0) < 0:
            new = rows[places < 0]
            if self._used + len(new) > len(self._kept):
                self._places[:] = -1
                self._used, new = 0, rows
            if len(new) > len(self._kept):
                return self._made(rows)
            self._places[new] = range(self._used, self._used + len(new))
            self._kept[self._used : self._used + len(new)] = self._made(new)
            self._used += len(new)
            places = self._places[rows]
        return self._kept[places]

    def _made(self, rows: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
        import numpy as np

        found = np.empty((len(rows), len(self._usual)), np.float32)
        found[:] = self._usual
        begins = self._begins[rows]
        counts = self._begins[rows + 1] - begins
        firsts = counts.cumsum() - counts
        at = np.arange(counts.sum()) + (begins - firsts).repeat(counts)
        places = self._columns[at] + np.arange(0, found.size, found.shape[1]).repeat(counts)
        found.reshape(-1)[places] = self._numbers[self._others[at]]
        return found
