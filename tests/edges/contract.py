"""Schemathesis asks the site by itself, in all its phases, what the OpenAPI document says can be asked.

What no schema can tell stands here: which records there are, and which version of them there is.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from uuid import UUID

import schemathesis
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from schemathesis.config import SchemathesisConfig
from schemathesis.core import NOT_SET
from schemathesis.core.parameters import ParameterLocation
from schemathesis.engine import Status, events, from_schema
from schemathesis.hooks import GLOBAL_HOOK_DISPATCHER

from api.urls import RESOURCES

EXAMPLES: Final = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "0"))
PHASES: Final = {"examples": True, "coverage": bool(EXAMPLES), "fuzzing": True, "stateful": True}
"""The boundaries of everything (coverage) are some thousand questions for each who asks, so the suite leaves them."""
MADE_OR_KNOWN_HERE: Final = {"query.cursor": "", "query.near": "east"}
"""Texts the site makes or knows: no schema tells which there are. An empty cursor is as good as none."""
REFUSED: Final = [400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 422, 428, 429]
"""What is not as the schema says is refused. The default lacks 412: a tag that is none is that of no version."""
ANSWERED: Final = ["2xx", "3xx", 401, 403, 404, 409, 429]
"""What is as the schema says is done, but for what one may not. The default lets a 5xx pass."""
OF_BODIES: Final = [400, 412, 422]
"""A body may contradict itself, which `_told_wrongly` looks at; a version or a key may be an old one."""
OF_FIGURES: Final = [400]
"""A question may ask of a figure what it has not: a scope, a milestone, a year to come. The answer names it."""
OF_ITEMS: Final = {"negative_data_rejection": {"expected-statuses": [*REFUSED, 200]}}
"""Of many items each is refused by itself, which `_told_wrongly` looks at."""
WRITES: Final = ("POST", "PATCH", "PUT", "DELETE")


@dataclass(frozen=True, slots=True)
class Found:
    """What was asked and answered, by method and status, and what failed, each with the request that shows it."""

    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    @property
    def asked(self) -> int:
        return self.answers.total()

    def succeeded(self, method: str) -> int:
        return sum(count for (asked, status), count in self.answers.items() if asked == method and status < 300)


def ask_everything(headers: dict[str, str], rows: Mapping[str, str]) -> Found:
    """Every operation of the document with these headers; `rows` are what fields of bodies name that there is."""
    found = Found()
    with _connected() as note, _filled_in(rows, note):
        site = partial(_site, note)
        whole = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", site, config=_configuration(headers))
        for event in from_schema(whole).execute():
            _note(event, found)
    return found


def _note(event: events.EngineEvent, found: Found) -> None:
    if isinstance(event, events.NonFatalError):
        found.failures.append(f"{event.label}: {event.value}")
    elif isinstance(event, events.FatalError):
        found.failures.append(str(event.exception))
    elif isinstance(event, events.ScenarioFinished):
        for key, asked in event.recorder.interactions.items():
            if asked.response is not None:
                found.answers[str(asked.request.method), asked.response.status_code] += 1
                found.failures.extend(_told_wrongly(event.recorder.cases[key].value, asked.response))
        found.failures.extend(_failed(event.recorder))


def _failed(recorder: Any) -> Iterator[str]:
    for key, checks in recorder.checks.items():
        for check in checks:
            if check.status in (Status.SUCCESS, Status.SKIP):
                continue
            failure = check.failure_info and check.failure_info.failure
            told = f"{failure.title} {failure.message}" if failure else "the check itself came to no end"
            yield f"{recorder.cases[key].value.as_curl_command()}\n  {check.name}: {told}"


def _told_wrongly(case: Any, answer: Any) -> Iterator[str]:
    """What is as the schema says is refused for what its fields say, and the answer names them; no other body is
    accepted.
    """
    if case.meta is None:
        return
    if case.body is NOT_SET:
        if answer.status_code == 400 and case.meta.generation.mode.is_positive:
            yield from _without_reason(case, answer)
        return
    is_wrong, told = case.meta.is_negative_at(ParameterLocation.BODY), answer.content.decode()
    if answer.status_code == 400 and case.meta.generation.mode.is_positive:
        yield from _without_reason(case, answer)
    is_done = answer.status_code == 200 and case.operation.path.endswith("/bulk/")
    if is_wrong and is_done and not json.loads(told)["counts"]["error"]:
        yield f"{case.as_curl_command()}\n  accepted: {told}"


def _without_reason(case: Any, answer: Any) -> Iterator[str]:
    told = answer.content.decode()
    if not json.loads(told).get("errors"):
        yield f"{case.as_curl_command()}\n  refused without a reason: {told}"


def _site(note: Callable[[], None], environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The site as its server calls it."""
    from config.wsgi import application

    note()
    answer: Iterable[bytes] = application(environ, start_response)
    return answer


@contextmanager
def _connected() -> Iterator[Callable[[], None]]:
    """Schemathesis asks from threads of its own, whose connections nobody closes; to open one for every question would
    take longer than most answers. So each thread notes its own, and all are closed in the end.
    """
    opened: set[BaseDatabaseWrapper] = set()
    try:
        yield lambda: opened.add(connections[DEFAULT_DB_ALIAS])
    finally:
        for one in opened:
            one.inc_thread_sharing()
            one.close()


def _configuration(headers: dict[str, str]) -> SchemathesisConfig:
    """All checks but one; the same questions in every run, unless asked to ask longer.

    `ignored_auth` asks again without a token, and breaks off where it asks an application instead of a server
    (schemathesis 4.32.5): what a visitor may do is asked by the visitor.
    """
    checks = {
        "negative_data_rejection": {"expected-statuses": REFUSED},
        "missing_required_header": {"expected-statuses": REFUSED},
        "positive_data_acceptance": {"expected-statuses": ANSWERED},
        "ignored_auth": {"enabled": False},
    }
    with_bodies = checks | {"positive_data_acceptance": {"expected-statuses": [*ANSWERED, *OF_BODIES]}}
    of_figures = checks | {"positive_data_acceptance": {"expected-statuses": [*ANSWERED, *OF_FIGURES]}}
    configured = {
        "headers": headers,
        "workers": 1,
        "continue-on-failure": True,
        "parameters": MADE_OR_KNOWN_HERE,
        "checks": checks,
        "operations": [
            {"include-path-regex": "/figures/{figure}/$", "checks": of_figures},
            {"include-path-regex": "/bulk/$", "checks": with_bodies | OF_ITEMS},
            *({"include-method": method, "checks": with_bodies} for method in WRITES),
        ],
        "generation": {"max-examples": EXAMPLES or 2, "deterministic": not EXAMPLES, "no-shrink": True},
        "phases": {name: {"enabled": is_asked} for name, is_asked in PHASES.items()},
    }
    return SchemathesisConfig.from_dict(configured)


@contextmanager
def _filled_in(rows: Mapping[str, str], note: Callable[[], None]) -> Iterator[None]:
    """While it lasts, requests that are as the schema says name records and versions that there are."""

    def before_call(context: Any, case: Any, kwargs: Any) -> None:
        note()
        _fill_in(case, rows)

    schemathesis.hook(before_call)
    try:
        yield
    finally:
        GLOBAL_HOOK_DISPATCHER.unregister(before_call)


def _fill_in(case: Any, rows: Mapping[str, str]) -> None:
    if case.meta is None or case.meta.generation.mode.is_negative:
        return
    row = _row(case)
    if row is not None:
        case.path_parameters["public_id"] = str(row.public_id)
        if "If-Match" in case.headers:
            case.headers["If-Match"] = f'"{row.version}-{"0" * 32}"'
    if isinstance(case.body, dict | list):
        case.body = _named(case.body, rows)


def _row(case: Any) -> Any:
    """The record of the address; where its key is of none, another of its kind."""
    view = RESOURCES.get(case.operation.path.split("/")[3])
    if view is None or "public_id" not in (case.path_parameters or {}):
        return None
    every = view.serializer_class.Meta.model._base_manager.order_by("pk")
    return every.filter(public_id=_uuid(case.path_parameters["public_id"])).first() or every.first()


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _named(value: Any, rows: Mapping[str, str]) -> Any:
    """The value with keys of records in place of any text where a key belongs."""
    if isinstance(value, list):
        return [_named(one, rows) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: rows[name] if name in rows and isinstance(inner, str) else _named(inner, rows)
        for name, inner in value.items()
    }
