"""Writing the golden data set down, whole or not at all."""

from typing import Final

from django.db import transaction

from figures.golden import agreements, catalogue, contracts, cooperations, events, members, policies, series
from figures.golden.cast import Cast

IN_JING_JIN_JI: Final = ("zgc", "tianjin-binhai", "shijiazhuang", "baoding", "tangshan", "yanjiao", "chengde")
ELSEWHERE: Final = (
    "sip", "shenzhen", "xiamen", "wuxi", "nanjing", "hangzhou", "chengdu", "xian", "hefei",
)  # fmt: skip


@transaction.atomic
def load_article() -> dict[str, int]:
    """Write it, unless it is there. Returns how many rows of each area were written; none where it was there. Raises
    InvalidInput where the reference is missing.
    """
    if series.is_loaded():
        return {}
    cast = Cast()
    cast.enter([*IN_JING_JIN_JI, *ELSEWHERE, *cast.members("dongbei")])
    counts = {"series": series.load()}
    for area in (members, catalogue, contracts, policies, agreements, cooperations, events):
        counts[area.__name__.rpartition(".")[2]] = area.load(cast)
    return counts
