"""A large site in minutes: the rows of ``manage.py seed`` by COPY, several processes at once, with their documents.

Run ``python -m benchmarks.filling --resources N --needs N`` from the repository, on the empty site DATABASE_URL names.
A run reads the same as after a seed; history rows and change marks, which it does not read, are left out.
"""

import argparse
import multiprocessing
import os
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed

import django


def main() -> None:
    """Fill the site and tell how far it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, required=True)
    parser.add_argument("--needs", type=int, required=True)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    set_up()
    fill(options.resources, options.needs, options.processes)


def fill(resources: int, needs: int, processes: int, tell: Callable[[str], None] = print) -> None:
    """Write everything; the parts of the resources by several processes. Django must be set up."""
    from benchmarks import site_rows

    started = time.perf_counter()
    site_rows.prepare(resources)
    tell(f"reference and owners: {time.perf_counter() - started:.0f} s")
    with site_rows.quiet_tables():
        _fill_parts(resources, processes, tell)
        site_rows.fill_needs(needs)
    site_rows.finish()
    tell(f"filled with {resources:,} resources and {needs:,} needs: {time.perf_counter() - started:.0f} s")


def set_up() -> None:
    """Set Django up, in every process that writes."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()


def _fill_parts(resources: int, processes: int, tell: Callable[[str], None]) -> None:
    from benchmarks.site_rows import PART

    if resources <= PART:
        _fill_part(1, resources)
        return
    started, done = time.perf_counter(), 0
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=set_up) as pool:
        parts = [
            pool.submit(_fill_part, first, min(PART, resources - first + 1))
            for first in range(1, resources + 1, PART)
        ]  # fmt: skip
        for part in as_completed(parts):
            done += part.result()
            rate = done / (time.perf_counter() - started)
            tell(f"{done:,} of {resources:,} resources · {rate:.0f}/s · ETA {(resources - done) / rate:.0f} s")


def _fill_part(first: int, count: int) -> int:
    from benchmarks import site_rows

    return site_rows.fill_part(first, count)


if __name__ == "__main__":
    main()
