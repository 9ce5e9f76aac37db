"""Text scores: against a second implementation in plain Python, and what they promise."""

from collections import Counter
from dataclasses import replace
from math import log, sqrt

import numpy as np
import pytest

from lexicon.tokenise import token_weight, tokens_of
from matching.engine.records import DEFAULT, NeedFacts, ResourceFacts, TermStatistics, encode_resource
from matching.engine.retrieval import (
    COSINE_SCALE,
    HALF_SCORE,
    LONG_NEED_CHARACTERS,
    SHORT_NEED_UNIGRAM_WEIGHT,
    TextScores,
    queries_of,
    score_pairs_of_text,
    text_queries,
)
from tests.matching.engine.worlds import OTHERS, make_need, make_resource, needs_of, resources_of, statistics_of

LONG = "需要对200毫米氮化镓外延片作无损缺陷检测，自动识别裂纹、坑、滑移线与发光暗点，五个工作日内出具分级报告。" * 3


def score(need: NeedFacts, resources: list[ResourceFacts], statistics: TermStatistics) -> TextScores:
    needs, table = needs_of(need), resources_of(*resources)
    rows = np.arange(len(resources))
    return score_pairs_of_text(
        needs, text_queries(needs, statistics), table, np.zeros_like(rows), rows, statistics=statistics, config=DEFAULT
    )


def plain_score(need: NeedFacts, resource: ResourceFacts, corpus: list[ResourceFacts]) -> float:
    """The formula of the documentation, token by token, for resources without items."""
    fields = [_fields(document) for document in corpus]
    n = len(corpus)
    df = Counter(token for document in fields for token in set().union(*document))
    means = [max(sum(sum(document[f].values()) for document in fields) / n, 1.0) for f in range(3)]
    idf = {token: log(1 + (n - count + 0.5) / (count + 0.5)) for token, count in df.items()}
    title, keywords, text = _fields(need)
    query = {t: 3 * title[t] + 2 * keywords[t] + text[t] for t in title | keywords | text}
    unseen = log(1 + (n + 0.5) / 0.5)
    is_long = len(need.title) + sum(map(len, need.keywords)) + len(need.text) > LONG_NEED_CHARACTERS
    light = {t: token_weight(t) if is_long or len(t) > 1 else SHORT_NEED_UNIGRAM_WEIGHT for t in query}
    worth = {t: q * light[t] * idf.get(t, unseen) for t, q in query.items()}
    ideal = sum(sorted(worth.values(), reverse=True)[:16])
    vector = {t: (1 + log(max(q, 1))) * idf.get(t, unseen) * light[t] for t, q in query.items()}
    norm = sqrt(sum(value * value for value in vector.values()))
    mean_square = sum(count * idf[t] ** 2 for t, count in df.items()) / sum(df.values())
    counts = _fields(resource)
    saturated = angular = 0.0
    for token in query:
        tf = _tf(token, counts, means)
        if tf > 0:
            saturated += worth[token] / ideal * 2.2 * tf / (1.2 + tf)
            weighted = 2 * counts[0][token] + 2 * counts[1][token] + counts[2][token]
            angular += vector[token] / norm * (1 + log(weighted)) * idf[token] * light[token]
    if is_long:
        distinct = len(set().union(*counts))
        saturated = 0.5 * saturated + 0.5 * COSINE_SCALE * angular / sqrt(mean_square) / sqrt(distinct)
    length = sum(sum(field.values()) for field in counts)
    saturated *= min(len(set().union(*counts)) / (0.8 * length**0.75), 1.0)
    return float(saturated / (saturated + HALF_SCORE))


def _fields(facts: NeedFacts | ResourceFacts) -> list[Counter[str]]:
    keywords = [token for keyword in facts.keywords for token in tokens_of(keyword)]
    return [Counter(tokens_of(facts.title)), Counter(keywords), Counter(tokens_of(facts.text))]


def _tf(token: str, counts: list[Counter[str]], means: list[float]) -> float:
    total = 0.0
    for field, (weight, b) in enumerate(((2.0, 0.5), (2.0, 0.75), (1.0, 0.75))):
        length = sum(counts[field].values())
        total += weight * counts[field][token] / (1 - b + b * length / means[field])
    return total


CORPUS = [
    make_resource(id=1),
    make_resource(id=2, title="GaN wafer inspection", keywords=(), text="Defects of gallium nitride epi-wafers; SEM."),
    make_resource(id=3, title="无人机试飞场", keywords=("无人机",), text="低空试飞，真高120米。"),
    make_resource(id=4, title="外延片", keywords=("外延片",) * 3, text="外延片" * 40),
]


@pytest.mark.parametrize("need", [make_need(), make_need(text=LONG), make_need(title="", keywords=(), text="镓")])
@pytest.mark.parametrize("place", range(4))
def test_scores_agree_with_a_plain_implementation(need: NeedFacts, place: int) -> None:
    statistics = statistics_of(CORPUS)
    expected = plain_score(need, CORPUS[place], [*CORPUS, *OTHERS])
    assert score(need, CORPUS, statistics).score[place] == pytest.approx(expected, rel=1e-9)


def test_scores_of_all_needs_lie_between_zero_and_one() -> None:
    needs = [make_need(text=text, title=title) for text in ("", "x", LONG) for title in ("", "氮化镓")]
    values = np.concatenate([score(need, CORPUS, statistics_of(CORPUS)).score for need in needs])
    assert ((values >= 0) & (values < 1)).all()


@pytest.mark.parametrize(("text", "share"), [("", 0.8), ("无" * 120, 0.3)])
def test_single_characters_count_more_in_a_need_of_one_line(text: str, share: float) -> None:
    """亡故 and 死亡 share one character: in a question that is worth more than in a long text."""
    statistics = statistics_of([])
    needs = needs_of(make_need(title="亡故", keywords=(), text=text))
    worth = dict(zip(needs.tokens_of(0), text_queries(needs, statistics).bm25, strict=True))
    assert worth["亡"] / worth["亡故"] == pytest.approx(share)


def test_a_text_that_begins_with_its_title_is_not_twice_as_long() -> None:
    title = "个体工商户在判决作出前注销，会不会影响二审的判决？" * 3
    needs = needs_of(make_need(title=title, keywords=(), text=title), make_need(title=title, keywords=(), text="另述"))
    assert needs.characters.tolist() == [len(title), len(title) + 2]


def test_the_other_language_is_found_by_synonyms() -> None:
    statistics = statistics_of(CORPUS)
    assert score(make_need(title="氮化镓", keywords=(), text=""), CORPUS, statistics).score[1] > 0.2


def test_items_help_a_laboratory_and_their_lack_does_not_hurt() -> None:
    bare = make_resource(kind="laboratory")
    equipped = replace(bare, items=("离心机", "外延片缺陷检测仪", "氮化镓外延炉", "办公桌"))
    irrelevant = replace(bare, items=("离心机", "办公桌"))
    statistics = statistics_of([bare])
    plain, better, same = (score(make_need(), [facts], statistics) for facts in (bare, equipped, irrelevant))
    assert better.score[0] > plain.score[0]
    assert same.score[0] == plain.score[0]
    assert better.items.tolist() == [[1, 2, -1]]
    assert plain.items.tolist() == same.items.tolist() == [[-1, -1, -1]]


def test_scoring_by_need_and_by_resource_gives_the_same_bits() -> None:
    needs, table, statistics = (
        needs_of(make_need(), make_need(id=2, text=LONG)),
        resources_of(*CORPUS),
        statistics_of(CORPUS),
    )
    queries = text_queries(needs, statistics)
    forward = (np.repeat([0, 1], 4), np.tile(np.arange(4), 2))
    backward = (np.tile([0, 1], 4), np.repeat(np.arange(4), 2))
    ways = [
        score_pairs_of_text(needs, queries, table, *rows, statistics=statistics, config=DEFAULT).score
        for rows in (forward, backward)
    ]
    assert ways[0].reshape(2, 4).T.tobytes() == ways[1].reshape(4, 2).tobytes()


def test_repeating_words_does_not_beat_an_honest_text() -> None:
    """Words again and again in every field, a title of nothing else, a hundred keywords: none comes first."""
    words = "氮化镓外延片缺陷检测无损"
    honest = make_resource(id=1)
    stuffed = [
        make_resource(id=2, title=words * 20, keywords=(words,) * 50, text=words * 300),
        make_resource(id=3, title=words, keywords=("氮化镓", "外延片", "缺陷检测") * 30, text=words * 40),
        make_resource(
            id=4, title="GaN wafer " * 40, keywords=("GaN",) * 90, text="GaN epi-wafer defect inspection " * 500
        ),
    ]
    need = make_need(text=LONG)
    values = score(need, [honest, *stuffed], statistics_of([honest, *stuffed])).score
    assert values[0] > values[1:].max()


def test_index_queries_leave_out_what_everybody_says() -> None:
    resources = [make_resource(id=number, text="平台提供服务" + chr(0x5000 + number)) for number in range(50)]
    statistics = TermStatistics.of(map(encode_resource, resources))
    need = make_need(title="平台提供服务", text="".join(chr(0x5000 + number) for number in range(50)), keywords=())
    terms = dict(queries_of(needs_of(need), statistics, DEFAULT)[0].terms)
    assert "平台" not in terms
    assert terms


def test_an_index_query_carries_scopes_for_seeing_and_for_using() -> None:
    query = queries_of(needs_of(make_need(scopes=("public", "zone:1"))), statistics_of(CORPUS), DEFAULT)[0]
    assert (query.scopes, query.use_scopes) == (("public", "zone:1"), ("use:public", "use:zone:1"))


def test_a_need_of_unknown_words_asks_nothing() -> None:
    assert (
        queries_of(needs_of(make_need(title="龘靐", keywords=(), text="")), statistics_of(CORPUS), DEFAULT)[0].terms
        == ()
    )
