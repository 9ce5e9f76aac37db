"""Which records of a search somebody has seen, in a few bytes: numbers in order, their steps, compressed.

Of 178,000 records a hundred take some 350 bytes, all of them 2 kB, every second one at random, the worst case, 45 kB.
"""

import zlib
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from zones.search.requests import NEED, ORGANIZATION, RESOURCE

Ids = NDArray[np.int64]
"""Keys of records of one subject, ascending."""
PLACES: Final = {RESOURCE: 0, ORGANIZATION: 1, NEED: 2}
"""The last digit of a packed number, to the base of four: of which subject the record is. Never given anew."""
BASE: Final = 4


def pack(answers: Mapping[str, Ids]) -> bytes:
    """Records by subject, packed."""
    return zlib.compress(np.diff(_numbers(answers), prepend=0).astype("<i8").tobytes(), level=6)


def unseen(answers: Mapping[str, Ids], seen: bytes) -> dict[str, Ids]:
    """The records that are not among those packed, by subject."""
    known = np.cumsum(np.frombuffer(zlib.decompress(seen), dtype="<i8")) if seen else np.empty(0, dtype=np.int64)
    new = np.setdiff1d(_numbers(answers), known, assume_unique=True)
    return {subject: new[new % BASE == place] // BASE for subject, place in PLACES.items()}


def _numbers(answers: Mapping[str, Ids]) -> Ids:
    parts = [answers[subject] * BASE + place for subject, place in PLACES.items() if subject in answers]
    return np.sort(np.concatenate([np.empty(0, dtype=np.int64), *parts]))
