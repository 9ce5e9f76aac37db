"""All definitions as a table for the documentation: what is counted, by which rule, in which unit, for which scopes."""

import re
from collections.abc import Iterator

from django.utils.translation import override

from figures.definitions.derived import DERIVATIONS
from figures.definitions.registry import all_definitions

HEADINGS = ("id", "指标 / Figure", "口径 / What counts", "范围 / Scopes", "派生 / Derived")


def lines() -> Iterator[str]:
    """The lines of a Markdown table, by id."""
    yield f"| {' | '.join(HEADINGS)} |"
    yield "|" + "---|" * len(HEADINGS)
    for figure, one in sorted(all_definitions().items()):
        names, rules = [], []
        for language in ("zh-hans", "en"):
            with override(language):
                names.append(str(one.title))
                rules.append(str(one.rule))
        kind = "v" + str(one.version) + (" · 时点 stock" if one.is_stock else "")
        ways = ", ".join(f"`:{way}`" for way, of in DERIVATIONS.items() if of.fits(one)) or "—"
        parts = f"; `.{'`, `.'.join(one.part_codes)}`" if one.part_codes else ""
        scopes = ", ".join(one.scopes) + (f"; {', '.join(one.milestones)}" if one.milestones else "")
        yield f"| `{figure}` {kind} | {'<br>'.join(names)} | {'<br>'.join(rules)} | {scopes} | {ways}{parts} |"


def remade(page: str) -> str:
    """The page with the table as the code has it now; what stands around the table stays."""
    start = re.escape(f"| {HEADINGS[0]} | ")
    return re.sub(rf"^{start}.*\n(?:\|.*\n)*", lambda _: "".join(f"{line}\n" for line in lines()), page, flags=re.M)
