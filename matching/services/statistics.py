"""Lexical statistics: counted by full runs, frozen, shared by the delta runs after them."""

import hashlib
from functools import lru_cache

from matching.engine.records import ENCODING_VERSION, TermStatistics
from matching.models import LexicalStatistics
from matching.snapshot import searchable_documents


def count_statistics() -> LexicalStatistics:
    """Count over all searchable documents; the same documents give the same row."""
    packed = TermStatistics.of(searchable_documents()).to_bytes()
    digest = hashlib.sha256(packed).hexdigest()
    row = LexicalStatistics.objects.filter(digest=digest).defer("packed").order_by("pk").first()
    if row is not None:
        return row
    count = TermStatistics.from_bytes(packed).document_count
    return LexicalStatistics.objects.create(
        digest=digest, encoding=ENCODING_VERSION, document_count=count, packed=packed
    )


def latest_row() -> LexicalStatistics | None:
    """The newest statistics of today's encoding, without the megabytes they are packed into."""
    return LexicalStatistics.objects.filter(encoding=ENCODING_VERSION).defer("packed").order_by("-pk").first()


def latest_statistics() -> TermStatistics | None:
    """The newest statistics, ready to use; None before the first run."""
    pk = (
        LexicalStatistics.objects.filter(encoding=ENCODING_VERSION).order_by("-pk").values_list("pk", flat=True).first()
    )
    return None if pk is None else statistics_of(pk)


@lru_cache(maxsize=2)
def statistics_of(pk: int) -> TermStatistics:
    """The statistics of a row; rows never change, so a process reads each once."""
    return TermStatistics.from_bytes(bytes(LexicalStatistics.objects.values_list("packed", flat=True).get(pk=pk)))
