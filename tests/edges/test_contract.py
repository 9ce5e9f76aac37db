"""What reading does is what the OpenAPI document says: schemathesis asks by itself, as four people.

The suite asks little: examples, fuzzing and sequences of requests. SCHEMATHESIS_EXAMPLES=N asks N per operation, at
random, and the boundaries of every parameter as well, some minutes for each of the four.
"""

import os
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import schemathesis
from django.db import connections
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests.builders import make_capability, make_live, make_match, make_need, make_part, make_resource, make_run
from tests.conftest import World
from tests.matching.search.looking import follow
from tests.teams import make_team
from tests.tokens import make_token

pytestmark = pytest.mark.django_db(transaction=True)
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "0"))
PHASES = ("examples", "fuzzing", "stateful", *(("coverage",) if EXAMPLES else ()))
MADE_OR_KNOWN_HERE = ("query.cursor", "query.near")
"""Texts the site makes or knows: no schema tells which there are. Left empty they are as good as not given."""


def site(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The site as its server calls it; schemathesis asks from threads of its own, whose connections nobody closes."""
    from config.wsgi import application

    try:
        answer: Iterable[bytes] = application(environ, start_response)
        return answer
    finally:
        connections.close_all()


def configuration(headers: dict[str, str]) -> SchemathesisConfig:
    """All checks; the same questions in every run, unless asked to ask longer."""
    configured = {
        "headers": headers,
        "workers": 1,
        "continue-on-failure": True,
        "parameters": dict.fromkeys(MADE_OR_KNOWN_HERE, ""),
        "generation": {"max-examples": EXAMPLES or 2, "deterministic": not EXAMPLES, "no-shrink": True},
        "phases": {name: {"enabled": name in PHASES} for name in ("examples", "coverage", "fuzzing", "stateful")},
    }
    return SchemathesisConfig.from_dict(configured)


def failures(headers: dict[str, str]) -> tuple[int, list[str]]:
    """How many requests were made, and what failed, each with the request that shows it."""
    whole = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", site, config=configuration(headers))
    asked = 0
    found: list[str] = []
    for event in from_schema(whole.include(method="GET")).execute():
        if isinstance(event, events.ScenarioFinished):
            asked += len(event.recorder.cases)
            found += _of_scenario(event)
        elif isinstance(event, events.NonFatalError):
            found.append(str(event.value))
        elif isinstance(event, events.FatalError):
            found.append(str(event.exception))
    return asked, found


def _of_scenario(event: Any) -> Iterator[str]:
    for key, checks in event.recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                failure, case = check.failure_info.failure, event.recorder.cases[key].value
                yield f"{case.as_curl_command()}\n  {check.name}: {failure.title} {failure.message}"[:900]


@pytest.fixture
def filled(world: World) -> World:
    """Something of every kind, for each of the four to find."""
    resource = make_resource(organization=world.laboratory, visibility="public", latitude="31.2", longitude="121.5")
    make_part(resource)
    make_capability(resource)
    make_resource(organization=world.enterprise, visibility="zone", kind="equipment")
    need = make_need(organization=world.enterprise, visibility="national", metrics=2, budget_max="900000")
    run = make_run(need_total=5, need_done=5)
    make_live(make_match(need, resource, run=run, is_live=False))
    make_team(need, resource, run=run)
    follow()
    return world


@pytest.mark.parametrize("who", ["visitor", "eve", "ana", "ops"])
def test_reading_does_what_the_document_says(filled: World, who: str) -> None:
    user = filled.people().get(who)
    asked, found = failures({"Authorization": f"Bearer {make_token(user)}"} if user else {})
    assert asked > 50
    assert not found, f"{len(found)} failures:\n" + "\n".join(found[:20])
