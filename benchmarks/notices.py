"""How long somebody waits to be told of a new match: in the inbox, and by mail until another server has taken it.

Run ``python -m benchmarks.notices [--rounds N] [--quick]`` from the repository. Starts a site of its own on loopback:
PostgreSQL, Valkey, two beats, a worker and a sender, as `manage.py up` runs them, and a mail server that takes mails.
Each second a need is opened; its organization's member is told of its matches at once, and so is its webhook, whose
receiver keeps silent the whole time. Matches are counted from the transaction that publishes them, notices from when
another connection can read them, mails from when their server has said yes.
"""

import argparse
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import psycopg

from benchmarks.report import REPOSITORY, Measure, publish

ROUNDS, QUICK = 100, 8
EACH_SECONDS: Final = 1.0
SCALE: Final = "1"
INBOX_SECONDS, MAIL_SECONDS = 3.0, 10.0
PATIENCE_SECONDS: Final = "9"
"""How long the sender waits for a receiver: as in production."""
WAIT_SECONDS: Final = 120.0
PUBLISHED: Final = """
    SELECT DISTINCT ON (n.id) n.id, extract(epoch FROM e.created_at)::float8, d.public_id::text
    FROM notifications_notice n JOIN ledger_outboxevent e ON n.dedupe_key LIKE e.dedupe_key || ':%%'
    LEFT JOIN notifications_delivery d ON d.id = n.delivery_id
    WHERE e.kind = 'run.published' AND n.user_id IS NOT NULL AND n.id > %s ORDER BY n.id, length(e.dedupe_key) DESC
"""
Seconds = list[float]


def main() -> None:
    """Print and store the table."""
    options = _options()
    if options.open:
        _open_needs(options.open)
        return
    rounds = QUICK if options.quick else options.rounds
    with TemporaryDirectory() as folder, _silent_receiver() as (address, seen), _site(Path(folder)) as site:
        _make_ready(site, address)
        before = site.asked("SELECT coalesce(max(id), 0) FROM notifications_notice")
        with _watched(site.environment["DATABASE_URL"], before) as visible:
            _run(site.environment, "--open", str(rounds))
            _until(lambda: _is_quiet(site))
        told, waiting = _told(site, before, visible), site.asked(WAITING)
    if not told["in the inbox"]:
        raise SystemExit("nobody was told of anything")
    rows = [_row(name, taken) for name, taken in told.items()]
    measures = [
        Measure("new match → in the inbox, p99", _at(told["in the inbox"], 99), "s", at_most=INBOX_SECONDS),
        Measure("new match → mail accepted, p99", _at(told["mail accepted"], 99), "s", at_most=MAIL_SECONDS),
    ]
    title = f"Told of new matches, {rounds} needs, one webhook that keeps silent"
    publish("notices", title, rows, measures=measures, rounds=rounds, silent_requests=seen(), webhooks_waiting=waiting)


WAITING: Final = (
    "SELECT count(*) FROM notifications_delivery WHERE channel = 'webhook' AND state IN ('pending', 'leased')"
)
UNSENT: Final = "SELECT count(*) FROM notifications_delivery WHERE channel = 'mail' AND state IN ('pending', 'leased')"
UNPLANNED: Final = "SELECT count(*) FROM ledger_changemark WHERE subject = 'outbox'"
UNDONE: Final = "SELECT count(*) FROM matching_matchrun WHERE state NOT IN ('published', 'failed')"
SETTLED_TIMES: Final = 30


def _is_quiet(site: Any) -> bool:
    """Whether nothing was left of runs, facts and mails for some seconds."""
    for _moment in range(SETTLED_TIMES):
        if any(site.asked(query) for query in (UNDONE, UNPLANNED, UNSENT)):
            return False
        time.sleep(0.1)
    return True


@contextmanager
def _site(folder: Path) -> Iterator[Any]:
    from tests.faults.sending_site import sending_site

    settings = {"PATIENCE_SECONDS": PATIENCE_SECONDS, "OMP_NUM_THREADS": "1"}
    with sending_site(folder, **settings) as site:
        yield site


def _make_ready(site: Any, address: str) -> None:
    """A seeded and matched site, somebody to tell, and all processes at work."""
    site.manage("seed", "--scale", SCALE)
    site.manage("match", "--full")
    site.shell(PEOPLE.replace("ADDRESS", address))
    site.start_beat()
    site.start_worker()
    site.start_sender(0)
    _until(lambda: site.asked("SELECT count(*) FROM ledger_workerliveness") > 1)
    _run(site.environment, "--open", "2")  # what a process reads once
    _until(lambda: _is_quiet(site))


PEOPLE: Final = """
from accounts.models import User
from accounts.sealing import seal
from notifications.channels.webhook import new_secret
from notifications.models import Endpoint, Subscription
from notifications.subscribing import choose, set_times
from benchmarks.changes import OWNERS
from zones.models import Organization, StaffRole
from zones.scoping import today
for number, owner in enumerate(Organization.plain.filter(is_sample=True).order_by("pk")[:OWNERS]):
    user = User.objects.create(username=f"member{number}", email=f"member{number}@example.cn")
    StaffRole.plain.create(user=user, role="organization_member", organization=owner, valid_from=today())
    set_times(user, quiet_from=0, quiet_to=0, most_mails_a_day=100)
    choose(user, topic="matches", way="mail", rhythm="immediate")
    Endpoint.plain.create(kind="webhook", name="w", organization=owner, language="zh-hans",
                          sealed_address=seal("ADDRESS"), sealed_secret=seal(new_secret()))
"""


def _open_needs(rounds: int) -> None:
    """One need a second, in a process of the site."""
    from benchmarks.filling import set_up

    set_up()
    from benchmarks import changes

    begin = time.monotonic()
    for number in range(rounds):
        changes.open_one_need(number)
        time.sleep(max(0.0, begin + (number + 1) * EACH_SECONDS - time.monotonic()))


def _run(environment: Mapping[str, str], *arguments: str) -> None:
    command = [sys.executable, "-m", "benchmarks.notices", *arguments]
    subprocess.run(command, cwd=REPOSITORY, env=dict(environment), check=True)


@contextmanager
def _watched(address: str, after: int) -> Iterator[dict[int, float]]:
    """When each notice could be read for the first time, by another connection that looks every 20 ms."""
    found: dict[int, float] = {}
    is_over = threading.Event()

    def watch() -> None:
        newest = after
        with psycopg.connect(address, autocommit=True) as connection:
            while not is_over.wait(0.02):
                rows = connection.execute("SELECT id FROM notifications_notice WHERE id > %s", [newest - 50]).fetchall()
                for (pk,) in rows:
                    found.setdefault(pk, time.time())
                    newest = max(newest, pk)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        is_over.set()
        thread.join()


def _told(site: Any, after: int, visible: Mapping[int, float]) -> dict[str, Seconds]:
    """Seconds from the publication to the inbox, and to the mail server's yes."""
    with psycopg.connect(site.environment["DATABASE_URL"]) as connection:
        rows = connection.execute(PUBLISHED, [after]).fetchall()
    accepted = dict(site.mail.accepted)
    mails = [(began, name) for _pk, began, name in rows if name is not None]
    taken = {str(key).strip("<").partition("@")[0]: moment for key, moment in accepted.items()}
    if missing := [name for _began, name in mails if name not in taken]:
        raise SystemExit(f"{len(missing)} of {len(mails)} mails did not come")
    return {
        "in the inbox": [visible[pk] - began for pk, began, _name in rows],
        "mail accepted": [taken[name] - began for began, name in mails],
    }


@contextmanager
def _silent_receiver() -> Iterator[tuple[str, Any]]:
    """It takes connections and says nothing; how many there were."""
    listener, kept = socket.create_server(("127.0.0.1", 0), backlog=1_000), list[socket.socket]()

    def accept() -> None:
        while True:
            try:
                kept.append(listener.accept()[0])
            except OSError:
                return

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/hook", lambda: len(kept)
    finally:
        listener.close()


def _until(condition: Any) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise SystemExit("the site does not come to rest")
        time.sleep(0.2)


def _row(name: str, taken: Seconds) -> dict[str, Any]:
    values = {f"p{percent} s": _at(taken, percent) for percent in (50, 90, 99)}
    return {"from the publication until": name, "times": len(taken), **values}


def _at(taken: Seconds, percentile: int) -> float:
    return float(np.percentile(taken, percentile))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--quick", action="store_true", help="a few needs, to see that it works")
    parser.add_argument("--open", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
