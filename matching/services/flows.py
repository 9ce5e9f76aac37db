"""Links between zones as the resource map draws them: matches somebody may see, and pairings everybody knows of."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from django.db.models import Count, F

from matching.models import LIVE, Match
from zones.choices import AssociationKind
from zones.models import Membership
from zones.scoping import Principal, in_force, today

AT_MOST: Final = 60
"""More arcs than this are a tangle: the strongest are told."""
OF_TWO: Final = (AssociationKind.PAIRING, AssociationKind.CORRIDOR)


@dataclass(frozen=True, slots=True)
class ZoneLink:
    """From one zone to another, by their keys, and how often."""

    origin: int
    target: int
    count: int


def matches_between_zones(principal: Principal) -> list[ZoneLink]:
    """From the zones of needs to those of the resources matched with them now, as far as the principal sees both."""
    seen = Match.objects.visible_to(principal).filter(LIVE).exclude(need__zone=F("resource__zone"))
    counted = seen.order_by().values_list("need__zone_id", "resource__zone_id").annotate(count=Count("pk"))
    return [ZoneLink(*row) for row in counted.order_by("-count", "need__zone_id", "resource__zone_id")[:AT_MOST]]


def paired_zones() -> list[ZoneLink]:
    """Members of pairings and corridors today: public facts."""
    rows = Membership.objects.filter(in_force(today(), start="joined_on", end="left_on"))
    members: defaultdict[int, list[int]] = defaultdict(list)
    for association, zone in rows.filter(association__kind__in=OF_TWO).values_list("association_id", "zone_id"):
        members[association].append(zone)
    pairs = Counter(pair for zones in members.values() for pair in combinations(sorted(zones), 2))
    strongest = sorted(pairs.items(), key=lambda item: (-item[1], item[0]))[:AT_MOST]
    return [ZoneLink(*pair, count) for pair, count in strongest]
