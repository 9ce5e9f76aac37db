"""How fast the engine is, against what else could be used, in the same run on the same data.

Run ``python -m benchmarks.engine_speed [--quick]`` from the repository. Times are processor seconds of one thread.
"""

import argparse
import itertools
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import jieba
import numpy as np

from benchmarks import peers
from benchmarks.demo_market import DemoMarket, Reference, load_demo, load_parents, load_reference
from benchmarks.encoded import RECORDS_HELP, Encoded, encoded, records_folder
from benchmarks.report import REPOSITORY, Measure, Timing, interleaved, publish
from benchmarks.svg import growth
from benchmarks.synthetic import Writer
from benchmarks.world import World, build
from lexicon.tokenise import tokens_of
from matching.engine import features, pipeline, retrieval
from matching.engine.records import (
    DEFAULT,
    CodeTree,
    Geography,
    NeedFacts,
    NeedTable,
    ResourceFacts,
    decode_needs,
    decode_resources,
    encode_need,
)

SEED: Final = 20261123
TODAY: Final = 739_943
MATCH_MS: Final = 20.0
REVERSE_MS: Final = 100.0
DECODE_MS: Final = 300.0
FEATURE_TIMES: Final = 50.0
WORD_TIMES: Final = 5.0
DECODED: Final = 20_000
FEATURE_RESOURCES: Final = 2_000
GROWTH_EXPONENT: Final = 1.1
FIGURES: Final = REPOSITORY / "docs" / "figures"


@dataclass(frozen=True)
class Sizes:
    """How much work each part does."""

    resources: int
    needs: int
    reverse_needs: int
    pairs: int
    growth: tuple[int, ...]
    need_growth: tuple[int, ...]


FULL: Final = Sizes(100_000, 500, 20_000, 200_000, (25_000, 50_000, 100_000, 200_000), (125, 250, 500))
QUICK: Final = Sizes(2_000, 100, 2_000, 20_000, (500, 1_000, 2_000), (25, 50, 100))


@dataclass(frozen=True)
class Setting:
    """One synthetic world and its needs."""

    world: World
    writer: Writer
    facts: list[NeedFacts]
    needs: NeedTable
    sizes: Sizes


def once(work: Callable[[], Any]) -> float:
    """Return the processor time of one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def seconds(work: Callable[[], Any], *, runs: int = 3) -> Timing:
    """Return the processor time of several runs."""
    return Timing(tuple(once(work) for _ in range(runs)))


def pipeline_measures(setting: Setting) -> list[Measure]:
    """Everything a run does per need, and one changed resource against all open needs."""
    world, needs = setting.world, setting.needs
    arguments = (world.statistics, world.geography, world.codes, DEFAULT, TODAY)
    chunk = seconds(lambda: pipeline.match_chunk(needs, world.index, world.load, *arguments))
    many = decode_needs([encode_need(need) for need in setting.writer.needs(setting.sizes.reverse_needs)])
    queries = retrieval.text_queries(many, world.statistics)
    changed = [world.load(np.array([identifier])) for identifier in range(1, 10)]
    back = Timing(tuple(once(partial(pipeline.reverse, one, many, *arguments, queries)) for one in changed))
    blobs = [blob for _, blob in zip(range(DECODED), world.blobs.values(), strict=False)]
    decode = seconds(lambda: decode_resources(blobs))
    of_all = DECODED / len(blobs)
    return [
        Measure("match one need, all in", 1e3 * chunk.median / len(needs), "ms", at_most=MATCH_MS, spread=chunk.spread),
        Measure(
            f"one changed resource against {len(many):,} open needs", 1e3 * back.median, "ms",
            at_most=REVERSE_MS, spread=back.spread,
        ),
        Measure(
            f"decode {DECODED:,} records", 1e3 * decode.median * of_all, "ms", at_most=DECODE_MS, spread=decode.spread
        ),
    ]  # fmt: skip


def feature_measures(
    setting: Setting, reference: Reference, resources: Sequence[ResourceFacts], rounds: int = 3
) -> list[Measure]:
    """The vectorised components against the same in plain Python."""
    random = np.random.default_rng(SEED)
    count = setting.sizes.pairs
    need_rows = np.sort(random.integers(0, len(setting.facts), count))
    resource_rows = random.integers(0, len(resources), count)
    table = setting.world.load(np.array([facts.id for facts in resources]))
    metrics = features.Metrics(np.zeros(count), np.ones(count), np.zeros(count, dtype=np.int64))
    parents, some = load_parents(), range(0, count, 20)

    def vectorised() -> None:
        features.parts_of(
            setting.needs, table, need_rows, resource_rows, text=np.zeros(count), semantic=np.full(count, np.nan),
            semantic_share=np.zeros(count), metrics=metrics, geography=reference.geography, codes=reference.codes,
            config=DEFAULT, today=TODAY,
        )  # fmt: skip

    def plain() -> None:
        for pair in some:
            need, resource = setting.facts[need_rows[pair]], resources[resource_rows[pair]]
            peers.plain_features(need, resource, parents, DEFAULT, TODAY)

    vectorised()
    taken = interleaved({"ours": vectorised, "plain": plain}, rounds=rounds)
    ours, loop = taken["ours"], taken["plain"]
    times = loop.median / len(some) * count / ours.median
    spread = ours.spread + loop.spread
    return [
        Measure("pair features", 1e-6 * count / ours.median, "million pairs/s", spread=ours.spread),
        Measure("pair features, times a Python loop", times, "×", at_least=FEATURE_TIMES, spread=spread),
    ]


def word_measures(market: DemoMarket) -> list[Measure]:
    """Tokens with synonyms of the demo's texts against jieba's words."""
    texts = [facts.text for facts in market.resources] + [facts.text for facts in market.needs]
    seconds(lambda: list(map(tokens_of, texts)), runs=1)
    jieba.lcut("先加载词典")
    marks = itertools.count(1)
    ways: dict[str, Callable[[], object]] = {
        "ours": lambda: _tokens_afresh(texts, " " * next(marks)),
        "jieba": lambda: list(map(jieba.lcut, texts)),
    }
    taken = interleaved(ways, rounds=5)
    ours, theirs = taken["ours"], taken["jieba"]
    spread = ours.spread + theirs.spread
    return [
        Measure("segmentation", 1e-6 * sum(map(len, texts)) / ours.median, "million characters/s", spread=ours.spread),
        Measure(
            "segmentation, times jieba", theirs.median / ours.median, "×", at_least=WORD_TIMES, spread=spread
        ),
    ]  # fmt: skip


def _tokens_afresh(texts: Sequence[str], mark: str) -> None:
    """Tokenise texts that were not seen before: short ones are remembered."""
    for text in texts:
        tokens_of(text + mark)


def growth_rows(records: Encoded, reference: Reference, sizes: Sizes, needs: NeedTable) -> list[dict[str, Any]]:
    """Milliseconds per need as the number of resources grows, and the exponent between neighbours; all sizes take
    turns."""
    with tempfile.TemporaryDirectory() as folder:
        ways = {
            str(count): _chunk(build(records.first(count), Path(folder, str(count)), *_around(reference), print), needs)
            for count in sizes.growth
        }
        taken = interleaved(ways, rounds=5)
    rows: list[dict[str, Any]] = []
    for count in sizes.growth:
        row: dict[str, Any] = {"resources": count, "ms per need": 1e3 * taken[str(count)].median / len(needs)}
        if rows:
            row["exponent"] = _exponent(rows[-1], row)
        rows.append(row)
    return rows


def _around(reference: Reference) -> tuple[Geography, CodeTree]:
    return reference.geography, reference.codes


def _chunk(world: World, needs: NeedTable) -> Callable[[], object]:
    """Return the work of matching all needs."""
    arguments = (world.index, world.load, world.statistics, world.geography, world.codes, DEFAULT, TODAY)
    return partial(pipeline.match_chunk, needs, *arguments)


def need_growth_rows(world: World, needs: NeedTable, sizes: Sizes) -> list[dict[str, Any]]:
    """Milliseconds of a whole chunk as the number of needs grows, all with the same resources."""
    ways = {str(count): _chunk(world, needs.take(np.arange(count))) for count in sizes.need_growth}
    taken = interleaved(ways, rounds=3)
    return [{"needs": count, "ms in all": 1e3 * taken[str(count)].median} for count in sizes.need_growth]


def need_growth_measure(rows: Sequence[dict[str, Any]]) -> Measure:
    """The exponent over all sizes."""
    first, last = rows[0], rows[-1]
    exponent = np.log(last["ms in all"] / first["ms in all"]) / np.log(last["needs"] / first["needs"])
    what = f"growth of the time, {first['needs']:,} to {last['needs']:,} needs: exponent"
    return Measure(what, float(exponent), at_most=GROWTH_EXPONENT)


def growth_measure(rows: Sequence[dict[str, Any]]) -> Measure:
    """The exponent over all sizes."""
    what = f"growth of the time per need, {rows[0]['resources']:,} to {rows[-1]['resources']:,} resources: exponent"
    steps = [row["exponent"] for row in rows[1:]]
    return Measure(
        what, _exponent(rows[0], rows[-1]), at_most=GROWTH_EXPONENT, spread=f"{min(steps):.2f}–{max(steps):.2f}"
    )


def _exponent(smaller: dict[str, Any], larger: dict[str, Any]) -> float:
    ratio, size = larger["ms per need"] / smaller["ms per need"], larger["resources"] / smaller["resources"]
    return float(np.log(ratio) / np.log(size))


def plot(rows: Sequence[dict[str, Any]], need_rows: Sequence[dict[str, Any]]) -> None:
    """Draw both ways of growing."""
    points = [(row["resources"], row["ms per need"]) for row in rows]
    growth(FIGURES / "growth.svg", "Milliseconds per need, by number of resources", points, unit="ms")
    points = [(row["needs"], row["ms in all"]) for row in need_rows]
    growth(FIGURES / "growth-needs.svg", "Milliseconds in all, by number of needs", points, unit="ms")


def main() -> None:
    """Print and store all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, for a first look")
    parser.add_argument("--records", type=Path, help=RECORDS_HELP)
    options = parser.parse_args()
    sizes = QUICK if options.quick else FULL
    jieba.setLogLevel("ERROR")
    reference = load_reference()
    market = load_demo(reference)
    writer = Writer(market, SEED)
    facts = list(writer.needs(sizes.needs))
    needs = decode_needs([encode_need(need) for need in facts])
    pipeline.warm_up()
    with records_folder(options.records) as kept, tempfile.TemporaryDirectory() as folder:
        records = encoded(kept, SEED, max(sizes.growth))
        world = build(records.first(sizes.resources), Path(folder), *_around(reference), print)
        setting = Setting(world, writer, facts, needs, sizes)
        measures = [
            *pipeline_measures(setting),
            *feature_measures(setting, reference, list(writer.resources(FEATURE_RESOURCES))),
            *word_measures(market),
        ]
        need_rows = need_growth_rows(world, needs, sizes)
        rows = growth_rows(records, reference, sizes, needs.take(np.arange(100)))
    measures += [growth_measure(rows), need_growth_measure(need_rows)]
    publish("engine_speed", f"Engine, {sizes.resources:,} resources", [*rows, *need_rows], measures=measures, seed=SEED)
    if not options.quick:
        plot(rows, need_rows)


if __name__ == "__main__":
    main()
