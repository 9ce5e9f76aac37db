"""Which further candidate is shown so that we learn about it: chosen by a hash, never by chance or by the clock."""

from collections.abc import Sequence
from hashlib import blake2b


def explored(places: Sequence[int], slots: int, *, need_id: int, seed: str) -> list[int]:
    """Return up to ``slots`` of the places, ascending; the same need, seed and places give the same choice."""

    def draw(place: int) -> bytes:
        return blake2b(f"{seed}:{need_id}:{place}".encode(), digest_size=8).digest()

    return sorted(sorted(places, key=draw)[:slots])
