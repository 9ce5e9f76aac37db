"""What two worlds show and hide of figures."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from uuid import UUID

from figures.definitions.registry import all_definitions
from figures.models import LockedFigure, Observation, Series
from figures.questions import question
from figures.services.locks import draft_figure, lock_figure
from figures.services.reports import make_report
from tests.builders import plain_create
from zones.models import Code
from zones.scoping import SYSTEM

SCOPES = (  # not the nation: its sums of more than five count what nobody else sees, and are meant to
    "zone:east",
    "zone:far",
    "association:alliance",
    "flow:zone:east>zone:far",
)


def show_figures(fixed: Callable[[str], UUID]) -> None:
    """An official series, a figure of the nation that was published, and what contracts are picked by."""
    for scheme, code in (("contract_type", "KF"), ("industry", "SEI1")):
        Code.objects.get_or_create(scheme=scheme, code=code, defaults={"name_zh": code})
    values = {
        "code": "output",
        "name_zh": "产值",
        "unit": "yuan",
        "source_zh": "公报",
        "public_id": fixed("shown-series"),
    }
    series = plain_create(Series, values)
    plain_create(
        Observation,
        {
            "series": series, "period": "2024", "first_day": date(2024, 1, 1), "last_day": date(2024, 12, 31),
            "value": 5, "published_on": date(2025, 1, 1), "number": 1, "public_id": fixed("observation"),
        },
    )  # fmt: skip
    asked = question("zones.national", as_of=date(2026, 1, 1))
    row = draft_figure(SYSTEM, asked=asked)
    LockedFigure.plain.filter(pk=row.pk).update(public_id=fixed("shown-publication"))
    lock_figure(SYSTEM, locked_id=row.pk)


def hide_figures(fixed: Callable[[str], UUID]) -> None:
    """A figure of a zone that was not published, and one that was; a report of it."""
    make_report(SYSTEM, scope="zone:east", period="2025")
    for name, period in (("draft-publication", "2025"), ("hidden-publication", "2024")):
        row = draft_figure(SYSTEM, asked=question("events.all", scope="zone:east", period=period))
        LockedFigure.plain.filter(pk=row.pk).update(public_id=fixed(name))
        if name == "hidden-publication":
            lock_figure(SYSTEM, locked_id=row.pk)


def figure_addresses(base: str, documents: list[UUID]) -> Iterator[str]:
    """Every figure of every scope it has, in the year the world lives in."""
    for one in all_definitions().values():
        scopes = [scope for scope in SCOPES if scope.partition(":")[0] in one.scopes]
        named = [f"{kind}:{key}" for kind in ("agreement", "policy") if kind in one.scopes for key in documents]
        for scope in [*scopes, *named, *(["series:output"] if "series" in one.scopes else [])]:
            for milestone in one.milestones or ("",):
                asked = f"{base.replace('<str:figure>', one.id)}?scope={scope}&period=2026"
                yield asked + (f"&milestone={milestone}" if milestone else "")
    for figure, scope in product(("contracts.flow", "contracts.amount:yoy", "events.all"), ("nation", *SCOPES)):
        asked = f"{base.replace('<str:figure>', figure)}?scope={scope}&period=2026"
        yield from (f"{asked}&{picked}" for picked in ("contract_type=KF", "field=SEI1", "contract_type=KF&field=SEI1"))
