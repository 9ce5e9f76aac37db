"""How long people wait for lists of exchanges on a national site: back office, its board, and the portal of a member.

Run ``python -m benchmarks.exchange_lists [--exchanges N] [--quick]`` from the repository. Uses a PostgreSQL of its own
that goes away afterwards. Exchanges of all states are between needs and resources of everybody; one organization has
a fiftieth of them. Pages are asked for in this process, from address to bytes.
"""

import argparse
import gc
import os
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any, Final

from benchmarks.database import database, filled
from benchmarks.filling import set_up
from benchmarks.office import PAGE_MS, _asked, _summary, _taken
from benchmarks.report import Measure, publish

EXCHANGES, ROUNDS = 20_000, 20
QUICK: Final = (400, 3)
RESOURCES, NEEDS = 4_000, 2_000
OF_ONE: Final = 50
"""Every so many exchanges one is of the measured organization."""
PAGES: Final = {
    "office": ("/office/matching/exchange/", "/office/matching/exchange/?state=negotiating",
               "/office/matching/exchange/?q=激光", "/office/matching/exchange/board/"),
    "member": ("/my/exchanges/", "/my/exchanges/?state=waiting", "/my/exchanges/?state=ended", "/my/"),
}  # fmt: skip


def main() -> None:
    """Print and store the table."""
    options = _options()
    count, rounds = QUICK if options.quick else (options.exchanges, ROUNDS)
    os.environ.pop("DATABASE_URL", None)
    with database() as environment:
        filled(environment, resources=min(RESOURCES, 5 * count), needs=min(NEEDS, count))
        os.environ.update(environment)
        set_up()
        owner = _fill(count)
        gc.collect()
        gc.freeze()  # what filling has left is not looked through while pages are made: a site's process has none of it
        rows = _measured(owner, rounds)
    slowest = max(row["p95 ms"] for row in rows)
    measures = [Measure("slowest list of exchanges, p95", slowest, "ms", at_most=PAGE_MS)]
    publish("exchange_lists", f"Lists of {count:,} exchanges", rows, measures=measures, rounds=rounds)


def _fill(count: int) -> Any:
    """Exchanges between each need and resources in turn; returns the organization that has many of them."""
    from matching.choices import ExchangeState, Side
    from matching.models import Exchange, ExchangeStep, Need
    from matching.models.exchanges import ACCEPTED, EXITS_WITH_REASON, LIVE_EXCHANGES
    from zones.models import Organization, Resource
    from zones.scoping import today

    owner = Organization.plain.filter(is_sample=True, zone__isnull=False).order_by("pk")[0]
    needs, resources = list(Need.plain.order_by("pk")), list(Resource.plain.order_by("pk"))
    Need.plain.filter(pk__in=[need.pk for need in needs[::OF_ONE]]).update(organization=owner, zone=owner.zone)
    states, day = [one for one in ExchangeState if one not in EXITS_WITH_REASON], today()
    now = _now()
    rows = []
    for number in range(count):
        need, resource = needs[number % len(needs)], resources[(number * 7 + number // len(needs)) % len(resources)]
        state = states[number // len(needs) % len(states)]
        told = {"need": {"title_zh": need.title_zh}, "resource": {"name_zh": resource.name_zh}}
        rows.append(Exchange(
            need=need, resource=resource, state=state, asked_by_side=Side.NEED, cooperation_zh="委托检测",
            offer_zh="样品与经费", need_version=1, resource_version=1, told=told,
            remind_on=day + timedelta(number % 9 - 3), answer_due_on=day + timedelta(number % 9),
            expires_on=day + timedelta(21), answered_at=now if state in ACCEPTED else None,
            ended_at=None if state in LIVE_EXCHANGES else now,
            exit_side="" if state in LIVE_EXCHANGES else Side.NEED,
        ))  # fmt: skip
    Exchange.plain.bulk_create(rows, batch_size=1_000)
    ExchangeStep.plain.bulk_create(
        [ExchangeStep(exchange=row, to_state=row.state, side=Side.NEED) for row in rows], batch_size=1_000
    )
    _analyze()
    return owner


def _now() -> Any:
    from django.utils import timezone

    return timezone.now()


def _analyze() -> None:
    from django.db import connection

    connection.cursor().execute("ANALYZE")


def _measured(owner: Any, rounds: int) -> list[dict[str, Any]]:
    clients = {"office": _client("zone_staff", zone=owner.zone), "member": _client("organization_member", owner)}
    rows = []
    for person, addresses in PAGES.items():
        for address in addresses:
            ask: Callable[[], None] = partial(_asked, clients[person], address)
            queries, began = _queries(ask), time.process_time()
            taken = _summary(_taken(rounds, ask))
            processor = 1e3 * (time.process_time() - began) / (rounds + 1)
            rows.append(
                {"page": address, "asked by": person, "queries": queries, **taken, "of it processor, ms": processor}
            )
    return rows


def _client(role: str, organization: Any = None, zone: Any = None) -> Any:
    from django.test import Client

    from zones.scoping import SYSTEM
    from zones.services.staff import create_account, grant_role

    name = f"measured-{role}-{os.getpid()}"
    user = create_account(username=name, display_name=name).user
    grant_role(SYSTEM, user=user, role=role, zone=zone, organization=organization)
    client = Client(HTTP_HOST="localhost")
    client.force_login(user)
    return client


def _queries(ask: Callable[[], None]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--exchanges", type=int, default=EXCHANGES)
    parser.add_argument("--quick", action="store_true", help="a small site, to see that it works")
    return parser.parse_args()


if __name__ == "__main__":
    main()
