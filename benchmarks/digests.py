"""How long the digests of a morning take: from what waits to messages handed over, by as many senders as a site has.

Run ``python -m benchmarks.digests [--digests N] [--quick]`` from the repository. Uses a PostgreSQL of its own that goes
away afterwards. Ten members of each organization wait for five notices of its needs, planned by the product. The
digests are built as a tick builds them; then two processes, as many as a channel has places, claim, compose and finish
them all. The mail server takes everything at once: what is measured is this site, not the network.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from benchmarks.database import database, filled
from benchmarks.filling import set_up
from benchmarks.report import REPOSITORY, Measure, publish

DIGESTS, QUICK = 10_000, 200
MEMBERS: Final = 10
NEEDS_EACH: Final = 5
SENDERS: Final = 2
SECONDS: Final = 60.0
"""For 10,000 on two cores."""
PROCESSOR_MS: Final = 12.0
"""What two cores have in that time for each: a busy machine takes longer, and no more of its processors."""
MORNING: Final = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Wednesday that is worked."""
RESOURCES: Final = 1_000


def main() -> None:
    """Print and store the table."""
    options = _options()
    if options.send:
        _send_all()
        return
    count = QUICK if options.quick else options.digests
    organizations = count // MEMBERS
    with _own_database() as environment:
        filled(environment, resources=RESOURCES, needs=organizations * NEEDS_EACH)
        os.environ.update(environment)
        set_up()
        _people(organizations)
        taken = {"planned: notices of the needs, one for each member": _timed(_happen_and_plan)}
        taken[BUILT] = _timed(_build)
        postmaster, before = _postmaster(), _processor_of_children()
        served = _processor_below(postmaster)
        taken[SENT] = _timed(lambda: _senders(environment))
        processor = {
            "senders": _processor_of_children() - before,
            "their connections' PostgreSQL": _processor_below(postmaster) - served,
        }
        ended = _ended()
    if ended != count:
        raise SystemExit(f"{ended} of {count} digests were sent")
    whole = taken[BUILT] + taken[SENT]
    taken |= {f"… processor of {name}": seconds for name, seconds in processor.items()}
    rows = [{"what": name, "seconds": seconds, "ms each": 1e3 * seconds / count} for name, seconds in taken.items()]
    goal = None if options.quick else SECONDS * count / DIGESTS
    measures = [
        Measure(f"{count:,} digests, from what waits to messages handed over", whole, "s", at_most=goal),
        Measure("… processor of all, of a digest", 1e3 * sum(processor.values()) / count, "ms", at_most=PROCESSOR_MS),
    ]
    publish("digests", f"{count:,} digests of {NEEDS_EACH} notices", rows, measures=measures, senders=SENDERS)


BUILT: Final = "built: digests with what waits for them"
SENT: Final = f"claimed, composed, handed over and finished by {SENDERS} senders, with their start"


def _own_database() -> Any:
    """Never a site that has accounts already."""
    os.environ.pop("DATABASE_URL", None)
    return database()


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _processor_of_children() -> float:
    """Seconds of processor that processes have taken which this one has started, and which have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _postmaster() -> int:
    """The process under which PostgreSQL has one for each connection."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    return int(_stat(backend)[1])


def _processor_below(postmaster: int) -> float:
    """Seconds of processor of connections that are closed."""
    user, system = _stat(postmaster)[13:15]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> list[str]:
    """What Linux tells of a process from its state on."""
    return Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()


def _people(organizations: int) -> None:
    """Organizations with needs of their own and members who want one mail a day."""
    from accounts.models import User
    from matching.models import Need
    from notifications.models import Subscription
    from zones.models import Organization, StaffRole
    from zones.scoping import today

    owner = Organization.plain.filter(zone__isnull=False).select_related("zone").order_by("pk")[0]
    zone = owner.zone
    assert zone is not None
    Organization.plain.bulk_create(
        Organization(name_zh=f"单位{number}", zone=zone, kind=owner.kind) for number in range(organizations)
    )
    own = list(Organization.plain.filter(name_zh__startswith="单位").order_by("pk"))
    needs = list(Need.plain.order_by("pk")[: organizations * NEEDS_EACH])
    for number, need in enumerate(needs):
        need.organization, need.zone = own[number % organizations], zone
    Need.plain.bulk_update(needs, ["organization", "zone"], batch_size=1_000)
    names = [f"member{number}" for number in range(organizations * MEMBERS)]
    people = User.objects.bulk_create(User(username=name, email=f"{name}@example.cn") for name in names)
    StaffRole.plain.bulk_create(
        StaffRole(user=user, role="organization_member", organization=own[number % organizations], valid_from=today())
        for number, user in enumerate(people)
    )
    Subscription.plain.bulk_create(
        Subscription(user=user, topic="needs", channel="mail", rhythm="daily") for user in people
    )


def _happen_and_plan() -> None:
    from ledger.events import record_events
    from matching.models import Need
    from notifications.planning import plan

    keys = Need.plain.filter(organization__name_zh__startswith="单位").values_list("public_id", flat=True)
    record_events("need.expiring_7", object_type="matching.need", versions=[(key, 1) for key in keys])
    plan()


def _build() -> None:
    from notifications.digests import build_due

    build_due(MORNING)


def _senders(environment: Mapping[str, str]) -> None:
    """Processes that send until nothing is left."""
    command = [sys.executable, "-m", "benchmarks.digests", "--send"]
    mail = {"EMAIL_URL": "dummymail://"}
    processes = [subprocess.Popen(command, cwd=REPOSITORY, env={**environment, **mail}) for _ in range(SENDERS)]
    if any(process.wait() for process in processes):
        raise SystemExit("a sender failed")


def _send_all() -> None:
    set_up()
    from notifications.delivering import deliver_due

    while deliver_due("mail"):
        pass


def _ended() -> int:
    from notifications.models import Delivery

    return int(Delivery.plain.filter(kind="daily", state="sent").count())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--digests", type=int, default=DIGESTS)
    parser.add_argument("--quick", action="store_true", help="a small site, to see that it works")
    parser.add_argument("--send", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
