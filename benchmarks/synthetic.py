"""As many resources and needs as wanted, made of the demo's own clauses with fresh words between them: realistic token
statistics."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from benchmarks.demo_market import DemoMarket
from matching.engine.records import NeedFacts, ResourceFacts

CLAUSE: Final = re.compile(r"[^，。；：\n]{4,40}")
COMMON_CHARACTERS: Final = 2_500
FIRST_CHARACTER: Final = 0x4E00
TERM_COUNT: Final = 40_000
ZIPF_EXPONENT: Final = 1.1
RESOURCE_CLAUSES: Final = (5, 12)
NEED_CLAUSES: Final = (8, 16)
TERMS_PER_TEXT: Final = 8
SPREAD: Final = 0.02


class Writer:
    """Writes records from a seed: the same seed gives the same records, whatever their number."""

    def __init__(self, market: DemoMarket, seed: int) -> None:
        self._market = market
        self._seed = seed
        texts = [facts.text for facts in market.resources] + [facts.text for facts in market.needs]
        self._clauses = sorted({clause for text in texts for clause in CLAUSE.findall(text)})
        random = np.random.default_rng(seed)
        self._terms = [
            "".join(chr(FIRST_CHARACTER + int(c)) for c in random.integers(0, COMMON_CHARACTERS, 3))
            for _ in range(TERM_COUNT)
        ]

    def resources(self, count: int, first: int = 1) -> Iterator[ResourceFacts]:
        """Yield resources with ids from ``first``: attributes of a demo resource, text of its own."""
        for number in range(first, first + count):
            random = np.random.default_rng([self._seed, 1, number])
            model = self._market.resources[int(random.integers(len(self._market.resources)))]
            terms = self._some_terms(random)
            yield replace(
                model, id=number, zone=1 + int(random.integers(180)), organization=1_000 + number // 4,
                legal_group=1_000 + number // 4,
                title=f"{model.title[:12]}{terms[0]}{terms[1]}", keywords=(*model.keywords[:2], *terms[2:4]),
                text=self._text(random, RESOURCE_CLAUSES, terms), capacity=1 + int(random.integers(5)),
                excluded_organizations=(),
            )  # fmt: skip

    def needs(self, count: int) -> Iterator[NeedFacts]:
        """Yield needs with ids 1 … count."""
        for number in range(1, count + 1):
            random = np.random.default_rng([self._seed, 2, number])
            model = self._market.needs[int(random.integers(len(self._market.needs)))]
            terms = self._some_terms(random)
            yield replace(
                model, id=number, zone=1 + int(random.integers(180)), organization=100 + number % 500,
                legal_group=100 + number % 500,
                title=f"{model.title[:16]}{terms[0]}", keywords=(*model.keywords[:3], *terms[1:3]),
                text=self._text(random, NEED_CLAUSES, terms), excluded_organizations=(),
            )  # fmt: skip

    def _some_terms(self, random: np.random.Generator) -> Sequence[str]:
        """Draw terms of a vocabulary in which the n-th is 1/n^1.1 as frequent as the first."""
        return [self._terms[int(place) % TERM_COUNT] for place in random.zipf(ZIPF_EXPONENT, TERMS_PER_TEXT)]

    def _text(self, random: np.random.Generator, clauses: tuple[int, int], terms: Sequence[str]) -> str:
        """Join clauses that lie near each other in the demo (records keep a topic) with the drawn terms."""
        center = random.random() * len(self._clauses)
        places = (center + random.normal(0, SPREAD * len(self._clauses), int(random.integers(*clauses)))).astype(
            np.int64
        )
        parts = [self._varied(self._clauses[int(place) % len(self._clauses)], random) for place in places]
        return "，".join([*parts, *terms]) + "。"

    def _varied(self, clause: str, random: np.random.Generator) -> str:
        """Put a term into the middle of a clause: no two records share whole sentences in life either."""
        place = int(random.integers(1, len(clause)))
        return clause[:place] + self._terms[int(random.zipf(ZIPF_EXPONENT)) % TERM_COUNT] + clause[place:]
