"""Gives every test run servers of its own before Django's settings are read; loaded with `-p tests.plugin`.

ZONELINK_TEST_DATABASE_URL and ZONELINK_TEST_REDIS_URL name servers to use instead, one or both.
"""

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.servers import RunServers

REPOSITORY = Path(__file__).resolve().parents[1]
OUTSIDE_SERVERS = {"DATABASE_URL": "ZONELINK_TEST_DATABASE_URL", "REDIS_URL": "ZONELINK_TEST_REDIS_URL"}
SELDOM = (5_000, 20, 100)
"""Looking for garbage took a twelfth of a run's time, most of it in what stays: modules, models and pages."""
SERVERS: "pytest.StashKey[RunServers]" = pytest.StashKey()


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start the servers once; xdist's workers inherit their addresses by the environment."""
    gc.set_threshold(*SELDOM)
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    _append_source_roots()
    from tests.servers import start_servers

    outside = {setting: os.environ[name] for setting, name in OUTSIDE_SERVERS.items() if name in os.environ}
    servers = start_servers(frozenset(OUTSIDE_SERVERS.keys() - outside.keys()))
    early_config.stash[SERVERS] = servers
    os.environ.update(servers.environment | outside)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the servers; nothing of them stays."""
    servers = config.stash.get(SERVERS, None)
    if servers is not None:
        servers.stop()


def _append_source_roots() -> None:
    """Append, never insert: a folder of ours is called `platform`."""
    for source_root in (REPOSITORY, REPOSITORY / "platform"):
        if str(source_root) not in sys.path:
            sys.path.append(str(source_root))
