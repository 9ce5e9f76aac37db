"""How long all figures of all scopes take, and one dashboard from what is kept ready, as sums and as a whole page.

Run ``python -m benchmarks.figures [--contracts N] [--quick]`` from the repository. Uses a PostgreSQL of its own that
goes away afterwards: the reference zones and associations, and contracts of ten years between them. The physical limit
is reading the rows once: the same columns by COPY are timed in the same run.
"""

import argparse
import gc
import os
import time
from typing import Any, Final

from benchmarks.database import database, manage
from benchmarks.filling import set_up
from benchmarks.report import Measure, publish

CONTRACTS, ROUNDS = 200_000, 20
QUICK: Final = (5_000, 5)
ALL_SECONDS, PAGE_MS = 10.0, 300.0
SCOPES: Final = ("nation", "association:csj", "zone:zgc")
RANDOM: Final = "('x' || substr(md5('%s' || n), 1, 8))::bit(32)::bigint"
FILL: Final = f"""
ALTER TABLE matching_techcontract DISABLE TRIGGER USER;
CREATE TEMP TABLE places AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, region_id FROM zones_zone;
CREATE TEMP TABLE drawn AS SELECT n, abs({RANDOM % "s"}) %% (SELECT count(*) FROM places) AS s,
    abs({RANDOM % "b"}) %% (SELECT count(*) FROM places) AS b, abs({RANDOM % "d"}) %% 3600 AS d,
    1000 * (1 + abs({RANDOM % "a"}) %% 90000) AS amount FROM generate_series(1, %(count)s) n;
INSERT INTO matching_techcontract (public_id, version, is_sample, zone_id, title_zh, contract_type, seller_name_zh,
    seller_region_id, seller_zone_id, seller_nature, buyer_name_zh, buyer_region_id, buyer_zone_id, buyer_nature,
    total_amount, traded_amount, signed_on, submit_by, submitted_on, registered_on, registration_number, state,
    end_reason, end_zh)
SELECT gen_random_uuid(), 1, false, s.id, 'contract ' || d.n, 'KF-WT', 'seller', s.region_id, s.id, '', 'buyer',
    b.region_id, b.id, '', d.amount, d.amount, day, day, day, day, lpad(d.n::text, 16, '0'), 'registered', '', ''
FROM drawn d JOIN places s ON s.n = d.s JOIN places b ON b.n = d.b, LATERAL (SELECT current_date - d.d::int AS day) x;
INSERT INTO matching_contractregistration (public_id, contract_id, number, kind, registration_number, registered_on,
    total_amount, traded_amount, contract_type, reason_zh)
SELECT gen_random_uuid(), id, 1, 'first', registration_number, registered_on, total_amount, traded_amount,
    contract_type, '' FROM matching_techcontract;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE matching_techcontract ENABLE TRIGGER USER;
ANALYZE;
"""
READ: Final = """
SELECT r.contract_id, r.kind, r.registered_on, r.total_amount, r.traded_amount, c.seller_zone_id, c.seller_region_id,
    c.buyer_zone_id, c.buyer_region_id
FROM matching_contractregistration r JOIN matching_techcontract c ON c.id = r.contract_id
"""


def main() -> None:
    """Print and store the table."""
    options = _options()
    count, rounds = QUICK if options.quick else (options.contracts, ROUNDS)
    os.environ.pop("DATABASE_URL", None)
    with database() as environment:
        manage(environment, "migrate", "--verbosity", "0")
        manage(environment, "load_reference", "--verbosity", "0")
        os.environ.update(environment)
        set_up()
        _fill(count)
        measures, rows = _measured(rounds)
    publish("figures", f"Figures over {count:,} contracts", rows, measures=measures, rounds=rounds)


def _fill(count: int) -> None:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        connection.execute(FILL.replace("%(count)s", str(count)).replace("%%", "%").encode())


def _measured(rounds: int) -> tuple[list[Measure], list[dict[str, Any]]]:
    from figures.services.rollups import every_key, ready, refresh

    read = _seconds(_copied)
    everything = _seconds(lambda: refresh(samples=False))
    nothing = _seconds(lambda: refresh(samples=False))
    keys = [key for key in every_key() if not key[0].startswith("contracts.flow")]
    pages = sorted(_seconds(lambda: ready(keys, samples=False)) * 1000 for _ in range(rounds))
    slowest = pages[int(0.95 * (len(pages) - 1))]
    gc.collect()
    gc.freeze()  # as the processes of a site do: what was loaded is not looked through while pages are made
    dashboards = {scope: _pages(scope, rounds) for scope in SCOPES}
    rows = [
        {"what": "the rows of contracts by COPY, once", "seconds": read},
        {"what": "all figures of all scopes and ten years, from the rows", "seconds": everything},
        {"what": "asked again, nothing has changed", "seconds": nothing},
        {"what": "all sums of one dashboard from what is kept ready, p50", "seconds": pages[len(pages) // 2] / 1000},
        *(
            {"what": f"a dashboard as a page: {scope}, p95", "seconds": taken / 1000}
            for scope, taken in dashboards.items()
        ),
    ]
    return [
        Measure("all figures of all scopes and years", everything, "s", at_most=ALL_SECONDS),
        Measure("a dashboard from what is kept ready, p95", slowest, "ms", at_most=PAGE_MS),
        Measure("a whole dashboard as a page, p95", max(dashboards.values()), "ms", at_most=PAGE_MS),
        Measure("all figures, against reading the contracts by COPY", everything / read, "×"),
    ], rows


def _pages(scope: str, rounds: int) -> float:
    """Milliseconds of a stranger's page, p95; the first one, which compiles templates, is left out."""
    from django.test import Client

    client = Client(HTTP_HOST="localhost")
    _opened(client, scope)
    taken = sorted(_seconds(lambda: _opened(client, scope)) * 1000 for _ in range(rounds))
    return taken[int(0.95 * (len(taken) - 1))]


def _opened(client: Any, scope: str) -> None:
    answer = client.get("/figures/", {"scope": scope})
    if answer.status_code != 200:
        raise SystemExit(f"{scope}: {answer.status_code}")


def _copied() -> None:
    import psycopg

    with (
        psycopg.connect(os.environ["DATABASE_URL"]) as connection,
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({READ}) TO STDOUT") as copy,
    ):
        for _ in copy.rows():
            pass


def _seconds(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--contracts", type=int, default=CONTRACTS)
    parser.add_argument("--quick", action="store_true", help="a small site, a few rounds")
    return parser.parse_args()


if __name__ == "__main__":
    main()
