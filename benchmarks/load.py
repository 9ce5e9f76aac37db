"""Whether the site stays well under load: sixteen clients for ten minutes, each answer looked at, memory followed.

Run ``python -m benchmarks.load [--minutes 10] [--clients 16] [--quick]`` from the repository. Starts a demo site of its
own on loopback, with the gunicorn, worker and beat of `manage.py up`, and ends it afterwards. A third of the clients
are visitors, a third members of enterprises, a third staff; each goes from page to page without pausing. Beside the
answers stands the peer of the same run: ``/health/``, the least that the same processes can answer.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import httpx
import numpy as np

from benchmarks.report import Measure, publish

MINUTES, CLIENTS, QUICK_MINUTES = 10.0, 16, 0.5
SAMPLE_SECONDS: Final = 5.0
MEMORY_GROWTH: Final = 0.05
"""What the last fifth may need more than the second: the first fills caches."""
TIMEOUT: Final = 120.0
PASSWORD: Final = "Messung-2026-Last"
TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
WORDS: Final = (
    "激光",
    "氮化镓外延片缺陷检测",
    "GaN epi-wafer",
    "量子通信",
    "中试",
    "扫描电镜",
    "电池",
    "jiguang",
    "纳米材料 表征",
)
PUBLIC: Final = (
    "/", "/zones/", "/about/", "/search/?q={word}", "/search/?q={word}&kind=equipment", "/search/suggestions/?q={word}",
    "/resources/{resource}/", "/zones/{zone}/", "/api/v1/search/?q={word}", "/api/v1/resources/",
    "/api/v1/resources/{resource}/", "/api/v1/zones/", "/api/v1/resources/{resource}/similar/",
)  # fmt: skip
PAGES: Final[Mapping[str, Sequence[str]]] = {
    "visitor": PUBLIC,
    "member": (*PUBLIC, "/my/", "/my/needs/new/", "/account/", "/account/devices/", "/api/v1/needs/"),
    "staff": (
        *PUBLIC, "/office/", "/office/zones/resource/", "/office/zones/resource/?q={word}", "/office/matching/need/",
        "/api/v1/matches/", "/api/v1/needs/",
    ),
}  # fmt: skip
"""What each kind of client asks for, all as often."""


@dataclass
class Answers:
    """What the clients were told: seconds by kind of page, and everything that is not a 200."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, page: str, seconds: float, fault: str) -> None:
        """Remember one answer."""
        with self.lock:
            self.seconds.setdefault(page, []).append(seconds)
            if fault:
                self.errors[f"{page}: {fault}"] += 1

    @property
    def count(self) -> int:
        """How many there were."""
        return sum(map(len, self.seconds.values()))


def main() -> None:
    """Print and store the table."""
    options = _options()
    minutes = QUICK_MINUTES if options.quick else options.minutes
    with TemporaryDirectory() as folder, _site(Path(folder)) as (address, web):
        people = {"visitor": "", "member": "load-member", "staff": "load-staff"}
        _warm(address)
        bare = _loaded(address, {"visitor": ""}, {"visitor": ("/health/",)}, options.clients, seconds=10.0)[0]
        answers, memory = _loaded(address, people, PAGES, options.clients, seconds=60.0 * minutes, watched=web)
    for fault, count in answers.errors.most_common():
        print(f"{count} × {fault}")
    rows = [_row(page, taken) for page, taken in sorted(answers.seconds.items())]
    publish(
        "load", f"{options.clients} clients for {minutes:g} minutes", rows,
        measures=_measures(answers, memory, 60.0 * minutes),
        answers=answers.count, health_answers_a_second=bare.count / 10.0, web_memory_mb=memory,
    )  # fmt: skip


def _measures(answers: Answers, memory: Sequence[float], seconds: float) -> list[Measure]:
    everything = [one for taken in answers.seconds.values() for one in taken]
    fifth = max(len(memory) // 5, 1)
    before, after = float(np.median(memory[fifth : 2 * fifth])), float(np.median(memory[-fifth:]))
    return [
        Measure("answers that are no 200 under load", sum(answers.errors.values()), at_most=0, required=True),
        Measure("answers a second", answers.count / seconds, "1/s"),
        Measure("answer under load, p50", 1e3 * float(np.percentile(everything, 50)), "ms"),
        Measure("answer under load, p99", 1e3 * float(np.percentile(everything, 99)), "ms"),
        Measure("memory of all web processes at the end", after, "MB"),
        Measure("its growth from the second fifth to the last", 100 * (after / before - 1), "%",
                at_most=100 * MEMORY_GROWTH),
    ]  # fmt: skip


@contextmanager
def _site(root: Path) -> Iterator[tuple[str, Callable[[], list[int]]]]:
    """A demo site with two accounts more: its address, and which processes answer."""
    from tests.sites import descendants, free_port, start_up

    site = start_up(root, "--demo", "--port", str(free_port()))
    try:
        site.wait_ready()
        _make_accounts(root)
        web = site.child("web").pid or 0
        yield str(site.status.address).rstrip("/"), lambda: [web, *descendants(web)]
    finally:
        site.end()


def _make_accounts(root: Path) -> None:
    import psycopg

    from config.up.paths import DataPaths, embedded_database_url
    from tests.sites import REPOSITORY

    with psycopg.connect(embedded_database_url(DataPaths(root))) as connection:
        owner = "SELECT public_id::text FROM zones_organization ORDER BY id LIMIT 1"
        organization = (connection.execute(owner).fetchone() or ("",))[0]
    roles = {"load-member": ("organization_member", "--organization", organization),
             "load-staff": ("zone_staff", "--zone", "shenyang")}  # fmt: skip
    for username, role in roles.items():
        command = [
            sys.executable,
            str(REPOSITORY / "manage.py"),
            "create_user",
            "--username",
            username,
            "--role",
            *role,
        ]
        environment = {name: text for name, text in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
        subprocess.run(
            [*command, "--password-stdin"], input=PASSWORD + "\n", text=True, check=True, stdout=subprocess.DEVNULL,
            env=environment | {"DATA_DIR": str(root)},
        )  # fmt: skip


def _loaded(
    address: str,
    people: Mapping[str, str],
    pages: Mapping[str, Sequence[str]],
    clients: int,
    *,
    seconds: float,
    watched: Callable[[], list[int]] = list,
) -> tuple[Answers, list[float]]:
    """Let clients ask for so long; returns the answers, and the memory of the watched processes every few seconds."""
    answers, until = Answers(), time.monotonic() + seconds
    known = _known(address)
    kinds = list(people)
    threads = [
        threading.Thread(
            target=_ask_until,
            args=(address, people[kinds[n % len(kinds)]], pages[kinds[n % len(kinds)]], known, answers, until, n),
        )
        for n in range(clients)
    ]
    for thread in threads:
        thread.start()
    memory = []
    while time.monotonic() < until:
        memory.append(_megabytes(watched()))
        time.sleep(SAMPLE_SECONDS)
    for thread in threads:
        thread.join()
    return answers, memory


def _warm(address: str) -> None:
    """Ask for each public page once: a process that has just started makes its search data and templates first."""
    known = {name: values[:1] for name, values in _known(address).items()}
    with httpx.Client(base_url=address, timeout=TIMEOUT) as client:
        for page in (*PUBLIC, *PUBLIC):
            client.get(page.format(**{name: values[0] for name, values in known.items()}))


def _known(address: str) -> dict[str, list[str]]:
    """Ids that stand in addresses, as a visitor sees them."""
    with httpx.Client(base_url=address, timeout=TIMEOUT) as client:
        rows = {
            name: client.get(f"/api/v1/{name}/").raise_for_status().json()["results"] for name in ("resources", "zones")
        }
    return {
        "word": list(WORDS),
        "resource": [row["public_id"] for row in rows["resources"]],
        "zone": [row["slug"] for row in rows["zones"]],
    }


def _ask_until(
    address: str, username: str, pages: Sequence[str], known: Mapping[str, Sequence[str]], answers: Answers,
    until: float, number: int,
) -> None:  # fmt: skip
    """One client: log in, then ask for one page after the other."""
    chance = random.Random(number)
    with httpx.Client(base_url=address, timeout=TIMEOUT) as client:
        if username:
            _log_in(client, username)
        while time.monotonic() < until:
            page = chance.choice(pages)
            path = page.format(**{name: chance.choice(values) for name, values in known.items()})
            started = time.perf_counter()
            fault = _fault(client, path)
            answers.add(page, time.perf_counter() - started, fault)


def _log_in(client: httpx.Client, username: str) -> None:
    found = TOKEN.search(client.get("/account/log-in/").text)
    fields = {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": found.group(1) if found else ""}
    answer = client.post("/account/log-in/", data=fields, headers={"Referer": str(client.base_url)})
    if answer.status_code != httpx.codes.FOUND:
        raise SystemExit(f"log-in of {username}: {answer.status_code}")


def _fault(client: httpx.Client, path: str) -> str:
    """Ask for a page; empty where it came whole."""
    try:
        answer = client.get(path)
    except httpx.HTTPError as error:
        return type(error).__name__
    return "" if answer.status_code == httpx.codes.OK else str(answer.status_code)


def _megabytes(processes: Sequence[int]) -> float:
    """Proportional memory of processes: what they share is counted once."""
    total = 0
    for process in processes:
        with suppress(OSError):
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _row(page: str, taken: Sequence[float]) -> dict[str, Any]:
    p50, p99 = (1e3 * float(np.percentile(list(taken), share)) for share in (50, 99))
    return {"page": page, "answers": len(taken), "p50 ms": p50, "p99 ms": p99, "slowest ms": 1e3 * max(taken)}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--quick", action="store_true", help="half a minute, to see that it works")
    return parser.parse_args()


if __name__ == "__main__":
    main()
