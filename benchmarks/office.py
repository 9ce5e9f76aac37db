"""How long a broker waits for a list of the back office on a national site.

Run ``python -m benchmarks.office [--resources N --needs N] [--quick]`` from the repository. Uses DATABASE_URL where
it is set (and fills it when it is empty), else a PostgreSQL of its own that goes away afterwards. Pages are asked for
in this process, from address to bytes, as a staff member of the largest zone and as the system; the network is not in
it. The peer is a bare list of the same rows: fifty of them by the same rule of visibility, in the same order, as
text.
"""

import argparse
import os
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

import numpy as np

from benchmarks.database import database, filled
from benchmarks.filling import set_up
from benchmarks.report import Measure, publish

RESOURCES, NEEDS, ROUNDS = 178_000, 8_900, 20
QUICK: Final = (1_000, 50, 3)
PAGE_MS: Final = 300.0
LISTS: Final = {
    "first page": "/office/",
    "resources": "/office/zones/resource/",
    "resources of one's own": "/office/zones/resource/?side=own",
    "resources by a word": "/office/zones/resource/?q=激光",
    "resources to reconfirm": "/office/zones/resource/?side=own&status=active&confirmed=stale",
    "needs": "/office/matching/need/",
    "open needs of one's own": "/office/matching/need/?side=own&state=open",
    "organizations": "/office/zones/organization/",
    "reviews": "/office/matching/needreview/",
    "zones": "/office/zones/zone/",
    "codes": "/office/zones/code/",
    "runs": "/office/matching/matchrun/",
}


def main() -> None:
    """Print and store the table."""
    options = _options()
    resources, needs, rounds = QUICK if options.quick else (options.resources, options.needs, options.rounds)
    with database() as environment:
        filled(environment, resources=resources, needs=needs)
        os.environ.update(environment)
        set_up()
        rows = _measured(rounds)
    slowest = max(row["p95 ms"] for row in rows)
    measures = [Measure("slowest list of the back office, p95", slowest, "ms", at_most=PAGE_MS)]
    publish("office", f"Lists of the back office, {resources:,} resources", rows, measures=measures, rounds=rounds)


def _measured(rounds: int) -> list[dict[str, Any]]:
    people = _clients()
    rows: list[dict[str, Any]] = []
    for name, address in LISTS.items():
        for person, client in people.items():
            taken = _taken(rounds, partial(_asked, client, address))
            rows.append({"list": name, "asked by": person, **_summary(taken)})
    bare = _taken(rounds, _bare_list)
    return [*rows, {"list": "bare list of 50 visible resources (peer)", "asked by": "staff", **_summary(bare)}]


def _taken(rounds: int, work: Callable[[], None]) -> list[float]:
    """Milliseconds of each round; the first one, which compiles templates, is left out."""
    return [_once(work) for _ in range(rounds + 1)][1:]


def _clients() -> Mapping[str, Any]:
    """A staff member of the zone with most resources, and the system."""
    from django.db.models import Count
    from django.test import Client

    from zones.models import Zone
    from zones.scoping import SYSTEM
    from zones.services.staff import create_account, grant_role

    zone = Zone.objects.annotate(count=Count("resources")).order_by("-count", "pk").first()
    clients = {}
    for person, role, place in (("staff", "zone_staff", zone), ("system", "system", None)):
        name = f"measured-{person}-{os.getpid()}"
        user = create_account(username=name, display_name=name).user
        grant_role(SYSTEM, user=user, role=role, zone=place)
        clients[person] = Client(HTTP_HOST="localhost")
        clients[person].force_login(user)
    return clients


def _asked(client: Any, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address}: {answer.status_code}")


def _bare_list() -> None:
    from zones.models import Resource
    from zones.scoping import Principal

    rows = Resource.objects.visible_to(Principal(staff_zones=frozenset({1}))).order_by("-updated_at")[:50]
    " ".join(str(row) for row in rows)


def _once(work: Callable[[], None]) -> float:
    started = time.perf_counter()
    work()
    return 1e3 * (time.perf_counter() - started)


def _summary(taken: list[float]) -> dict[str, float]:
    return {"p50 ms": float(np.percentile(taken, 50)), "p95 ms": float(np.percentile(taken, 95))}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=RESOURCES)
    parser.add_argument("--needs", type=int, default=NEEDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--quick", action="store_true", help="a small site, to see that it works")
    return parser.parse_args()


if __name__ == "__main__":
    main()
