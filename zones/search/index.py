"""The one text index of a host: tantivy, embedded and memory-mapped. A copy of the database that may be stale and
can be rebuilt.

It finds ids; what may be shown is checked again where rows are fetched. Tokens come ready from the engine
(``index_document``):
one analyser for documents and queries.
"""

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import numpy as np
import tantivy
from numpy.typing import NDArray

ID: Final = "id"
TOKENS: Final = "tokens"
SCOPE: Final = "scope"
VERSION_FILE: Final = "zonelink-version.json"
WRITER_MEMORY: Final = 64_000_000
TOKENIZER: Final = "whitespace"
RAW: Final = "raw"


class Query(Protocol):
    """What is asked: weighted terms, and scopes of which at least one must be among the document's (none: no
    restriction).
    """

    @property
    def terms(self) -> Sequence[tuple[str, float]]:
        """Tokens and their weights."""
        ...

    @property
    def scopes(self) -> Sequence[str]:
        """Scope tokens of which a document must carry at least one."""
        ...

    @property
    def use_scopes(self) -> Sequence[str]:
        """Further scope tokens (``use:…``) of which a document must carry at least one."""
        ...


class TextQuery(NamedTuple):
    """A query of this module's own, for search pages."""

    terms: tuple[tuple[str, float], ...]
    scopes: tuple[str, ...] = ()
    use_scopes: tuple[str, ...] = ()


class IndexedDocument(NamedTuple):
    """A document as it is stored: its id, its tokens joined by blanks, its scope tokens."""

    id: int
    tokens: str
    scopes: tuple[str, ...]


class IndexDamaged(Exception):
    """The folder of an index cannot be read: files are missing, cut short or of another layout. It is a copy: rebuild
    it.
    """


class TextIndex:
    """An index directory. One process writes at a time (tantivy's lock file); any number read."""

    def __init__(self, path: Path) -> None:
        """Open the index at ``path``, or create it empty. Raises IndexDamaged."""
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._schema = _schema()
        with _readable(path):
            self._index = tantivy.Index(self._schema, path=str(path), reuse=True)
            self._index.config_reader("manual")
        self._writer: tantivy.IndexWriter | None = None
        self._loaded = self.version

    @property
    def version(self) -> int:
        """Change-log version of the last commit; -1 for a new index."""
        return version_of(self.path)

    def __len__(self) -> int:
        return int(self._searcher().num_docs)

    def add(self, documents: Iterable[IndexedDocument]) -> None:
        """Add documents; one with the id of an earlier one takes its place. Visible after :meth:`commit`."""
        writer = self._open_writer()
        for document in documents:
            writer.delete_documents_by_query(self._with_id(document.id))
            writer.add_document(_document(document))

    def delete(self, ids: Iterable[int]) -> None:
        """Remove documents; ids that are not there are no error. Visible after :meth:`commit`."""
        writer = self._open_writer()
        for identifier in ids:
            writer.delete_documents_by_query(self._with_id(identifier))

    def clear(self) -> None:
        """Remove everything, to rebuild. Visible after :meth:`commit`."""
        self._open_writer().delete_all_documents()

    def commit(self, version: int) -> None:
        """Make all changes visible, then note the version, then let go of the writer's lock.

        A crash between the two leaves an older version: the change log is applied again, which changes nothing.
        """
        writer = self._open_writer()
        writer.commit()
        writer.wait_merging_threads()
        self._writer = None
        _write_atomically(self.path / VERSION_FILE, json.dumps({"version": version}))
        self.reload()

    def reload(self) -> None:
        """See what another process has committed. Raises IndexDamaged."""
        self._loaded = self.version
        with _readable(self.path):
            self._index.reload()

    def candidates(self, queries: Sequence[Query], limit: int) -> list[NDArray[np.int64]]:
        """Return, per query, the ids (int64) of the at most ``limit`` best documents by BM25, best first."""
        if self.version != self._loaded:
            self.reload()
        searcher = self._searcher()
        return [self._candidates(searcher, query, limit) for query in queries]

    def _candidates(self, searcher: tantivy.Searcher, query: Query, limit: int) -> NDArray[np.int64]:
        if not query.terms or limit <= 0:
            return np.empty(0, dtype=np.int64)
        hits = searcher.search(self._query(query), limit=limit, count=False).hits
        addresses = [address for _, address in hits]
        ids = searcher.fast_field_values(ID, addresses) if addresses else []
        return np.array(ids, dtype=np.int64)

    def _query(self, query: Query) -> tantivy.Query:
        terms = [(tantivy.Occur.Should, self._term(token, weight)) for token, weight in query.terms]
        filters = [self._any_of(scopes) for scopes in (query.scopes, query.use_scopes) if scopes]
        words = tantivy.Query.boolean_query(terms)
        if not filters:
            return words
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in (words, *filters)])

    def _term(self, token: str, weight: float) -> tantivy.Query:
        return tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, TOKENS, token), weight)

    def _any_of(self, scopes: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, SCOPE, list(scopes)), 0.0)

    def _with_id(self, identifier: int) -> tantivy.Query:
        """Deleting by term does nothing for unsigned fields: the binding makes a signed term of the value
        (tantivy 0.27).
        """
        return tantivy.Query.term_query(self._schema, ID, identifier)

    def _searcher(self) -> tantivy.Searcher:
        return self._index.searcher()

    def _open_writer(self) -> tantivy.IndexWriter:
        """One thread: documents keep their order, so that ties between equal scores do not depend on timing."""
        if self._writer is None:
            with _readable(self.path):
                self._writer = self._index.writer(heap_size=WRITER_MEMORY, num_threads=1)
        return self._writer


def version_of(path: Path) -> int:
    """Change-log version of the index at ``path``; -1 where there is none, or none that can be read."""
    try:
        return int(json.loads((path / VERSION_FILE).read_text(encoding="utf-8"))["version"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return -1


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Tell damage by its name: the binding raises ValueError for whatever tantivy cannot read."""
    try:
        yield
    except ValueError as error:
        raise IndexDamaged(f"{path}: {error}") from error


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(ID, stored=False, indexed=True, fast=True)
    builder.add_text_field(TOKENS, stored=False, tokenizer_name=TOKENIZER, index_option="freq")
    builder.add_text_field(SCOPE, stored=False, tokenizer_name=RAW, index_option="basic")
    return builder.build()


def _document(document: IndexedDocument) -> tantivy.Document:
    stored = tantivy.Document()
    stored.add_unsigned(ID, document.id)
    stored.add_text(TOKENS, document.tokens)
    for scope in document.scopes:
        stored.add_text(SCOPE, scope)
    return stored


def _write_atomically(path: Path, text: str) -> None:
    draft = path.with_suffix(f".{os.getpid()}.draft")
    with draft.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)
