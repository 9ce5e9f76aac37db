"""Clients that generators make of our OpenAPI document compile, and one of them is used."""

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.builders import make_resource
from tests.conftest import World
from tests.matching.search.looking import follow

CLIENTS = Path(__file__).parents[1] / "clients"
MODULES = CLIENTS / "node_modules"
NAME = "zonelink_generated"
CONFIGURATION = f"project_name_override: {NAME}\npost_hooks: []\n"


@pytest.fixture
def schema(tmp_path: Path, db: None) -> Path:
    """The document, as the site tells it."""
    path = tmp_path / "schema.json"
    path.write_bytes(Client().get("/api/v1/schema/?format=json").content)
    return path


def run(*command: str, folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.django_db(transaction=True)
def test_a_generated_python_client_reads_lists_and_searches(
    world: World, live_server: Any, schema: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_resource(visibility="public", name_zh="场发射扫描电镜", kind="equipment", trl=6)
    follow()
    (tmp_path / "config.yml").write_text(CONFIGURATION)
    generator = str(Path(sys.executable).with_name("openapi-python-client"))
    options = ("--path", str(schema), "--config", "config.yml", "--meta", "none", "--fail-on-warning")
    run(generator, "generate", *options, "--output-path", NAME, folder=tmp_path)

    monkeypatch.syspath_prepend(str(tmp_path))
    client = importlib.import_module(NAME).Client(base_url=live_server.url, raise_on_unexpected_status=True)
    resources = importlib.import_module(f"{NAME}.api.resources.resources_list")
    search = importlib.import_module(f"{NAME}.api.search.search_retrieve")
    models = importlib.import_module(f"{NAME}.models")
    fields = [models.ResourcesListFieldsItem(name) for name in ("name_zh", "trl")]
    page = resources.sync(client=client, kind=models.ResourcesListKind("equipment"), fields=fields)
    assert [(row.name_zh, row.trl) for row in page.results] == [("场发射扫描电镜", 6)]
    assert [hit.name for hit in search.sync(client=client, q="扫描电镜").hits] == ["场发射扫描电镜"]
    refused = resources.sync_detailed(client=client, cursor="x")
    assert (refused.status_code, refused.parsed.status) == (400, 400)


def test_a_program_compiles_against_generated_typescript(schema: Path, tmp_path: Path) -> None:
    """Needs Node and `npm ci` in tests/clients: `.ci/run` does that, and then a skip is a failure."""
    if shutil.which("node") is None or not MODULES.is_dir():
        assert not os.environ.get("CLIENTS_REQUIRED"), "npm ci --prefix tests/clients --ignore-scripts"
        pytest.skip("needs Node and `npm ci --prefix tests/clients --ignore-scripts`")
    (tmp_path / "node_modules").symlink_to(MODULES)
    shutil.copy(CLIENTS / "use.ts", tmp_path)
    shutil.copy(CLIENTS / "tsconfig.json", tmp_path)
    run("node_modules/.bin/openapi-typescript", str(schema), "-o", "schema.d.ts", folder=tmp_path)
    run("node_modules/.bin/tsc", "--project", ".", folder=tmp_path)
