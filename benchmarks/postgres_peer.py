"""PostgreSQL's full-text search as a peer: GIN over words, OR of the query's, ordered by ts_rank."""

from collections.abc import Mapping, Sequence

import psycopg

TABLE = """
CREATE TEMPORARY TABLE documents (id int PRIMARY KEY, tokens tsvector);
"""
MEMORY = "SET temp_buffers = '1GB'; SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'"
REPEAT = "INSERT INTO documents SELECT id + copy * %s, tokens FROM documents CROSS JOIN generate_series(1, %s) AS copy"
INDEX = "CREATE INDEX ON documents USING gin (tokens); ANALYZE documents"
SEARCH = """
SELECT id FROM documents, to_tsquery('simple', %s) AS query
WHERE tokens @@ query ORDER BY ts_rank(tokens, query) DESC, id LIMIT %s
"""


class PostgresSearch:
    """Documents (tokens joined by blanks) in a temporary table that goes with the connection."""

    def __init__(self, environment: Mapping[str, str], documents: Sequence[str], times: int = 1) -> None:
        """Index all documents, ``times`` over."""
        self._connection = psycopg.connect(environment["DATABASE_URL"], autocommit=True)
        self._connection.execute(MEMORY)
        self._connection.execute(TABLE)
        with self._connection.cursor().copy("COPY documents FROM STDIN") as copy:
            copy.set_types(["int4", "text"])
            for number, document in enumerate(documents, start=1):
                copy.write_row((number, _vector(document)))
        self._connection.execute(REPEAT, (len(documents), times - 1))
        self._connection.execute(INDEX)

    def search(self, queries: Sequence[Sequence[str]], k: int) -> list[list[int]]:
        """Return the ids of the best k documents of each query that hold any of its words."""
        asked = [" | ".join(map(word_of, query)) for query in queries]
        return [[row[0] for row in self._connection.execute(SEARCH, (words, k))] for words in asked]

    def close(self) -> None:
        """Drop everything."""
        self._connection.close()


def word_of(token: str) -> str:
    """Return a word of letters and digits that no tokeniser cuts."""
    return f"w{token.encode().hex()}"


def _vector(document: str) -> str:
    """The text form of a tsvector: each word with its places, of which PostgreSQL keeps at most 16,383."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(document.split(), start=1):
        places.setdefault(word_of(token), []).append(str(min(place, 16_383)))
    return " ".join(f"{word}:{','.join(found[:255])}" for word, found in places.items())
