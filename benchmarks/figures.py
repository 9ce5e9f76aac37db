"""How long all figures of all scopes take, and one dashboard from what is kept ready, as sums and as a whole page.

Run ``python -m benchmarks.figures [--contracts N] [--quick]`` from the repository. Uses a PostgreSQL of its own that
goes away afterwards: the reference zones and associations, contracts of ten years and of all types between them, every
third of a cooperation with its field. Pages are asked for in this process, from address to bytes, by strangers and by
the system, who may ask for parts of a year and for some contracts. The physical limit is reading the rows once: the
same columns by COPY are timed in the same run.
"""

import argparse
import gc
import os
import time
from collections.abc import Mapping
from typing import Any, Final

from benchmarks.database import database, manage
from benchmarks.filling import set_up
from benchmarks.report import Measure, publish

CONTRACTS, ROUNDS = 200_000, 20
QUICK: Final = (5_000, 5)
ALL_SECONDS, PAGE_MS = 10.0, 300.0
SCOPES: Final = ("nation", "association:csj", "zone:zgc")
WHOLE: Final = {
    "a year": "",
    "a year by months": "span=months",
    "a quarter": "span=Q3",
    "a month": "span=05",
    "flows by type": "contract_type=KF-WT",
    "flows by field": "field=SEI1",
    "flows between zones": "between=zone",
    "flows between zones, by type and field": "between=zone&contract_type=KF-WT&field=SEI1",
    "flows between zones, by type, in a quarter": "span=Q3&between=zone&contract_type=KF-WT",
    "an association, a quarter": "scope=association:csj&span=Q3",
    "an association, flows by field": "scope=association:csj&field=SEI1",
    "a zone, flows by type": "scope=zone:zgc&contract_type=KF-WT",
}
"""What who reads the nation whole may ask for."""
RANDOM: Final = "('x' || substr(md5('%s' || n), 1, 8))::bit(32)::bigint"
FILL: Final = f"""
ALTER TABLE matching_techcontract DISABLE TRIGGER USER;
CREATE TEMP TABLE places AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id, region_id FROM zones_zone;
CREATE TEMP TABLE drawn AS SELECT n, abs({RANDOM % "s"}) %% (SELECT count(*) FROM places) AS s,
    abs({RANDOM % "b"}) %% (SELECT count(*) FROM places) AS b, abs({RANDOM % "d"}) %% 3600 AS d,
    1000 * (1 + abs({RANDOM % "a"}) %% 90000) AS amount FROM generate_series(1, %(count)s) n;
CREATE TEMP TABLE types AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, code FROM zones_code
    WHERE scheme = 'contract_type' AND is_active;
INSERT INTO matching_cooperation (public_id, version, is_sample, kind, title_zh, summary_zh, source, state, signed_on,
    end_reason, end_zh, dimension, industry_codes, evidence_zh, confirmed_by)
SELECT gen_random_uuid(), 1, false, 'project', 'cooperation', '', 'direct', 'proposed', current_date, '', '', '',
    ARRAY[code], '', '' FROM zones_code, generate_series(1, 20) WHERE scheme = 'industry';
CREATE TEMP TABLE joint AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id FROM matching_cooperation;
INSERT INTO matching_techcontract (public_id, version, is_sample, zone_id, cooperation_id, title_zh, contract_type,
    seller_name_zh, seller_region_id, seller_zone_id, seller_nature, buyer_name_zh, buyer_region_id, buyer_zone_id,
    buyer_nature, total_amount, traded_amount, signed_on, submit_by, submitted_on, registered_on, registration_number,
    state, end_reason, end_zh)
SELECT gen_random_uuid(), 1, false, s.id, j.id, 'contract ' || d.n, t.code, 'seller', s.region_id, s.id, '', 'buyer',
    b.region_id, b.id, '', d.amount, d.amount, day, day, day, day, lpad(d.n::text, 16, '0'), 'registered', '', ''
FROM drawn d JOIN places s ON s.n = d.s JOIN places b ON b.n = d.b
JOIN types t ON t.n = d.n %% (SELECT count(*) FROM types)
LEFT JOIN joint j ON d.n %% 3 = 0 AND j.n = d.n / 3 %% (SELECT count(*) FROM joint),
LATERAL (SELECT current_date - d.d::int AS day) x;
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
    dashboards = {scope: _pages(_client(None), f"scope={scope}", rounds) for scope in SCOPES}
    reader = _client("system")
    whole = {what: _pages(reader, asked, rounds) for what, asked in WHOLE.items()}
    rows: list[dict[str, Any]] = [
        {"what": "the rows of contracts by COPY, once", "seconds": read},
        {"what": "all figures of all scopes and ten years, from the rows", "seconds": everything},
        {"what": "asked again, nothing has changed", "seconds": nothing},
        {"what": "all sums of one dashboard from what is kept ready, p50", "seconds": pages[len(pages) // 2] / 1000},
        *(
            {"what": f"a dashboard as a page: {what}, p50 · p95", "seconds": f"{taken[0]:.0f} · {taken[1]:.0f} ms"}
            for what, taken in (dashboards | whole).items()
        ),
    ]
    return [
        Measure("all figures of all scopes and years", everything, "s", at_most=ALL_SECONDS),
        Measure("a dashboard from what is kept ready, p95", slowest, "ms", at_most=PAGE_MS),
        Measure("a whole dashboard as a page, p95", _slowest(dashboards), "ms", at_most=PAGE_MS),
        Measure("the same, in part, for who reads all of it, p95", _slowest(whole), "ms", at_most=PAGE_MS),
        Measure("all figures, against reading the contracts by COPY", everything / read, "×"),
    ], rows


def _client(role: str | None) -> Any:
    """A stranger's, or that of somebody with a role."""
    from django.test import Client

    from zones.scoping import SYSTEM
    from zones.services.staff import create_account, grant_role

    client = Client(HTTP_HOST="localhost")
    if role is not None:
        user = create_account(username=f"measured-{role}", display_name=role).user
        grant_role(SYSTEM, user=user, role=role)
        client.force_login(user)
    return client


def _pages(client: Any, asked: str, rounds: int) -> tuple[float, float]:
    """Milliseconds of a page, p50 and p95; the first one, which compiles templates, is left out."""
    _opened(client, asked)
    taken = sorted(_seconds(lambda: _opened(client, asked)) * 1000 for _ in range(rounds))
    return taken[len(taken) // 2], taken[int(0.95 * (len(taken) - 1))]


def _slowest(pages: Mapping[str, tuple[float, float]]) -> float:
    return max(p95 for _, p95 in pages.values())


def _opened(client: Any, asked: str) -> None:
    answer = client.get(f"/figures/?{asked}")
    if answer.status_code != 200:
        raise SystemExit(f"{asked}: {answer.status_code}")


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
