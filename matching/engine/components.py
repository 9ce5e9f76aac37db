"""What each component of the score means, how it is computed and where that comes from: the table of the docs, checked
against the code by a test. No arithmetic here."""

from typing import Final, NamedTuple


class Component(NamedTuple):
    """One column of the parts: every value lies in [0, 1] or is unknown (NaN)."""

    name: str
    meaning: str
    formula: str
    unknown: str
    source: str


COMPONENTS_EXPLAINED: Final = (
    Component(
        "text", "How well the words fit.",
        "x / (x + 0.4); x = BM25F over title ×2, keywords ×2, text, divided by an ideal document's; needs of more "
        "than 80 characters take half of x from a TF-IDF cosine; × variety (repeating words does not pay); the best "
        "three items of a laboratory or team add up to 0.3 of the distance to 1",
        "never", "Robertson, Zaragoza, Taylor 2004; Singhal et al. 1996; Heaps 1978",
    ),
    Component(
        "semantic", "How close the texts are in meaning, where a model is set up.",
        "z / 8, z = (cosine − mean) / spread over a sample of documents frozen with the run; takes 0.7 of the weight "
        "of words in needs of up to 80 characters, 0.25 in longer ones, all of it across scripts",
        "no model, or a vector is missing: then words keep their whole weight", "Bruch, Gai, Ingber 2023",
    ),
    Component(
        "rerank", "How relevant a model that reads both texts together judges them, where one is set up.",
        "the model's relevance in [0, 1], for the best 50 of each need; takes 0.5 of the weight of words and meaning",
        "no such model, the pair is not among the best 50, or a side may not be sent", "Nogueira, Cho 2019",
    ),
    Component(
        "class", "Industry, discipline and equipment class.",
        "mean over the schemes both sides use of the mean best similarity; similarity = 2 · common depth / (depth + "
        "depth), across schemes the crosswalk's weight",
        "no scheme is used by both", "Wu and Palmer 1994",
    ),
    Component(
        "metric", "Whether measured requirements are met, in any unit.",
        "Σ w · fit / Σ w over known metrics, w = 2 (must), 1 (nice); fit 1 if met, else ½ · (1 − gap / target); for a "
        "wanted range the share that is covered",
        "no metric is answered; partly known: share of Σ w", "interval overlap, values in base units (pint)",
    ),
    Component(
        "trl", "Technology readiness.",
        "1 at or above the wanted level, below it 1 − gap / (span + 1); span = levels from have to wanted, at least 3",
        "either level is missing", "GB/T 22900",
    ),
    Component(
        "budget", "Price against budget.",
        "1 within the budget (project prices only), falling linearly to 0 at twice the budget",
        "no price, no budget, or a unit price within it", "linear utility",
    ),
    Component(
        "time", "Lead time and duration against the deadline.",
        "1 while both end before the deadline, falling linearly to 0 as the delay reaches the time there was",
        "no deadline or no lead time", "linear utility",
    ),
    Component(
        "mode", "Ways of cooperating.", "shared modes / the smaller number of modes",
        "a side names none", "overlap coefficient (Szymkiewicz–Simpson)",
    ),
    Component(
        "proximity", "Network, alliance, region group; crossing zones is rewarded.",
        "0.7 in the same zone; else 0.3 + 0.7 · (1 network, 0.75 alliance, 0.5 region group, 0.2 other)",
        "never", "the mission of the networks: cooperation across zones",
    ),
    Component("availability", "Free places.", "free / (free + 1)", "never", "diminishing returns"),
    Component(
        "track", "How often it accepted when it was asked: a rate that everybody may read.",
        "(accepted + 2) / (decided + 4), rounded to twentieths",
        "no answer is recorded; answers come with expressions of interest, which do not exist yet", "Beta(2, 2) prior",
    ),
    Component(
        "freshness", "How recently the owner confirmed the record.", "½ ^ (days / 365)",
        "never confirmed", "exponential decay",
    ),
)  # fmt: skip


def components_table() -> str:
    """Return the Markdown table of ``docs/how-matching-works.md``."""
    head = "| component | what it says | formula, in [0, 1] | unknown when | source |\n|---|---|---|---|---|"
    rows = (
        f"| `{one.name}` | {one.meaning} | {one.formula} | {one.unknown} | {one.source} |"
        for one in COMPONENTS_EXPLAINED
    )
    return "\n".join([head, *rows])
