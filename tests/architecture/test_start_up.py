"""A process of the site starts in a second: it loads no solver, no compiler and no client it may never use, and an
empty database gets its tables with few models rendered per migration."""

import subprocess
import sys

import pytest
from django.apps import apps
from django.contrib.postgres.operations import BtreeGistExtension
from django.db.migrations import RunSQL
from django.db.migrations.loader import MigrationLoader

from ledger.migration_operations import InstallTriggers, Together
from tests.plugin import REPOSITORY

HEAVY = ("numba", "ortools", "pandas", "httpx", "pypinyin", "reportlab", "docx", "jwt", "qrcode", "icalendar")
OURS = frozenset({"figures", "ledger", "matching", "notifications", "zones"})
LOADS = (
    "import django, sys; django.setup(); import django.urls; django.urls.get_resolver().url_patterns; "
    "print(*sys.modules)"
)


@pytest.fixture(scope="module")
def loaded() -> frozenset[str]:
    """The modules of a process that has read the settings, every model, the back office and all addresses."""
    source = f"import sys; sys.path[:0] = {[str(REPOSITORY), str(REPOSITORY / 'platform')]!r}; {LOADS}"
    ended = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    return frozenset(ended.stdout.split())


@pytest.mark.parametrize("module", HEAVY)
def test_pages_load_no_heavy_library(loaded: frozenset[str], module: str) -> None:
    assert {"backoffice.admin", "api.urls"} <= loaded
    assert module not in loaded


def test_a_server_can_begin_with_any_of_its_parts() -> None:
    """Its middleware is loaded before any address: what imports in a circle is found here."""
    source = f"import sys; sys.path += {[str(REPOSITORY), str(REPOSITORY / 'platform')]!r}; import config.wsgi"
    subprocess.run([sys.executable, "-W", "ignore", "-c", source], check=True)


def test_migrations_render_the_models_once() -> None:
    """Django renders half of all models for an operation of its own; accounts come first, when there are few."""
    loader = MigrationLoader(None)
    ours = {key: migration for key, migration in loader.disk_migrations.items() if key[0] in OURS}
    alone = [
        (key, operation.describe())
        for key, migration in ours.items()
        for operation in migration.operations
        if not isinstance(operation, RunSQL | Together | InstallTriggers | BtreeGistExtension)
    ]
    assert {app for app, _name in ours} == OURS <= {config.label for config in apps.get_app_configs()}
    assert alone == []
