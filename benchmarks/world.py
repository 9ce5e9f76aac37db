"""A small world for benchmarks: records in memory, a text index in a temporary folder, and the calls a run makes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from matching.engine import pipeline
from matching.engine.packing import Integers
from matching.engine.records import (
    CodeTree,
    Geography,
    NeedFacts,
    ResourceFacts,
    ResourceTable,
    ScoringConfig,
    TermStatistics,
    decode_needs,
    decode_resources,
    encode_need,
    encode_resource,
    index_document,
)
from matching.engine.vector_statistics import Semantics
from zones.search.index import IndexedDocument, TextIndex


class Record(NamedTuple):
    """A resource as a site stores it: packed for the engine, and as the text index takes it."""

    packed: bytes
    document: IndexedDocument


def record_of(facts: ResourceFacts) -> Record:
    """Encode one resource."""
    return Record(encode_resource(facts), IndexedDocument(facts.id, *index_document(facts)))


@dataclass(frozen=True)
class World:
    """Encoded resources by id, their index and statistics."""

    blobs: dict[int, bytes]
    index: TextIndex
    statistics: TermStatistics
    geography: Geography
    codes: CodeTree

    def load(self, ids: Integers) -> ResourceTable:
        """Decode the resources with these ids, as the snapshot does from the database."""
        return decode_resources([self.blobs[int(identifier)] for identifier in ids])

    def match(
        self, needs: Sequence[NeedFacts], config: ScoringConfig, today: int, semantics: Semantics | None = None
    ) -> pipeline.ChunkResult:
        """Run the whole pipeline for some needs, by words alone or by meaning too."""
        table = decode_needs([encode_need(facts) for facts in needs])
        return pipeline.match_chunk(
            table, self.index, self.load, self.statistics, self.geography, self.codes, config, today, semantics
        )


def build(
    records: Iterable[Record],
    folder: Path,
    geography: Geography,
    codes: CodeTree,
    tell: Callable[[str], None] = lambda _: None,
) -> World:
    """Index all resources and count their words; reads them once."""
    blobs: dict[int, bytes] = {}
    index = TextIndex(folder)
    index.add(_kept(records, blobs))
    index.commit(1)
    tell(f"indexed {len(blobs):,} resources")
    return World(blobs, index, TermStatistics.of(blobs.values()), geography, codes)


def _kept(records: Iterable[Record], blobs: dict[int, bytes]) -> Iterator[IndexedDocument]:
    """Keep what is packed and pass on what is indexed."""
    for record in records:
        blobs[record.document.id] = record.packed
        yield record.document
