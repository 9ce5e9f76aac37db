"""G9: the networks of which only the number of members was published, filled up with zones that are made up."""

from datetime import date
from typing import Final

from figures.golden.cast import Cast
from zones.scoping import SYSTEM
from zones.services.places import MADE_UP, add_membership, end_membership

FILLED: Final = {
    "net-nano": ("suzhou", "hefei", "nanjing", "dalian", "jinan"),
    "net-ic": (
        "zgc", "wuxi", "nanjing", "sip", "hefei", "xian", "chengdu", "wuhan-donghu", "shenzhen", "xiamen", "hangzhou",
        "chongqing", "jinan", "guangzhou", "dalian",
    ),
    "net-iot": (
        "zgc", "hangzhou", "nanjing", "chengdu", "chongqing", "shenzhen", "xian", "hefei", "ningbo", "fuzhou",
        "zhengzhou",
    ),
    "net-opto": (
        "zgc", "changchun", "xian", "shenzhen", "guangzhou", "chengdu", "hefei", "suzhou", "jinan", "nanchang",
        "changsha", "xiamen",
    ),
}  # fmt: skip
LEFT: Final = ("net-nano", "changzhou", date(2024, 12, 1), date(2025, 6, 30))
"""Trap: a zone that came later and left before the article was written."""


def load(cast: Cast) -> int:
    """As many members as were announced, from the day the network was founded on. Returns how many were made up."""
    for network, slugs in FILLED.items():
        association = cast.associations[network]
        for slug in slugs:
            add_membership(
                SYSTEM, zone=cast.zones[slug], association=association, joined_on=association.founded_on,
                confidence=MADE_UP,
            )  # fmt: skip
    network, slug, joined_on, left_on = LEFT
    row = add_membership(
        SYSTEM, zone=cast.zones[slug], association=cast.associations[network], joined_on=joined_on, confidence=MADE_UP
    )
    end_membership(SYSTEM, membership=row, left_on=left_on)
    return sum(map(len, FILLED.values())) + 1
