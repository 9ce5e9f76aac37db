"""Every page × every person, from the registry: the status of each cell, and nothing of another's hidden rows in any.

Each zone hides a record of every kind; a word in it tells whose it is. A page that is registered without a line in
POLICIES fails the first test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from backoffice.autocomplete import FIELDS
from figures.questions import question
from figures.services.locks import draft_figure, lock_figure
from figures.services.observations import add_series
from figures.services.reports import make_report
from matching.choices import RunKind
from matching.services.configs import active_config
from matching.services.review_policies import active_policy
from notifications.models import Endpoint
from tests.agreements import make_agreement
from tests.builders import (
    make_association,
    make_catalogue,
    make_code,
    make_contact,
    make_match,
    make_need,
    make_organization,
    make_resource,
    make_role,
    make_run,
    make_special_day,
    make_user,
    plain_create,
)
from tests.conftest import World
from tests.cooperations import make_contract, make_cooperation
from tests.edges.backoffice.conftest import Browse, address, pages
from tests.events import make_event
from tests.exchanges import make_exchange
from tests.imports import make_import_job
from tests.mechanisms import SHAPES, make_kept
from tests.notifications.messages import make_delivery
from tests.people import make_access, make_invitation, make_registration
from tests.requests import make_request
from tests.reviews import make_call, make_review
from zones import scoping
from zones.choices import Role

MARKS = {"east": "朱雀", "west": "白虎", "far": "玄武"}
"""Words that stand in the hidden records of a zone and nowhere else."""
OWN = {"ana": "east", "auditor": "east", "bo": "west", "cy": "far"}
STAFF = frozenset({"ana", "bo", "cy"})
INSIDERS = STAFF | {"auditor", "secretariat"}
OUTSIDERS = ("eve", "lin", None)
PEOPLE = (*sorted(INSIDERS), *OUTSIDERS)
NOBODY: frozenset[str] = frozenset()
Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Policy:
    """Who gets the list and the empty form; `hidden`: rows of one zone are for its own side, else for all who list."""

    lists: frozenset[str] = INSIDERS
    adds: frozenset[str] = NOBODY
    is_hidden: bool = True
    has_history: bool = False
    is_named: bool = True


KEPT = Policy(adds=STAFF | {"secretariat"}, has_history=True)
POLICIES = {
    "accounts.user": Policy(adds=frozenset({"secretariat"})),
    "figures.figurereport": Policy(adds=frozenset({"secretariat"}), is_named=False),
    "figures.lockedfigure": Policy(adds=frozenset({"secretariat"}), is_named=False),
    "figures.series": Policy(adds=STAFF | {"secretariat"}, is_hidden=False),
    "matching.agreement": Policy(adds=STAFF | {"secretariat"}, has_history=True),
    **{f"matching.{name}": KEPT for name in ("conversion", "talentexchange", "trial")},
    **{f"zones.{name}": KEPT for name in ("policydocument", "fund", "chainnode", "enclave")},
    "zones.catalogue": Policy(adds=STAFF, is_hidden=False),
    "matching.cooperation": Policy(lists=INSIDERS - {"secretariat"}, adds=STAFF, has_history=True),
    "matching.event": Policy(adds=STAFF | {"secretariat"}, has_history=True),
    "matching.exchange": Policy(lists=INSIDERS - {"secretariat"}),
    "matching.matchrun": Policy(is_named=False),
    "matching.need": Policy(adds=STAFF, has_history=True),
    "matching.needcall": Policy(adds=frozenset({"secretariat"})),
    "matching.needreview": Policy(has_history=True),
    "matching.reviewpolicy": Policy(is_hidden=False),
    "matching.scoringconfig": Policy(lists=NOBODY, is_hidden=False),
    "notifications.delivery": Policy(),
    "notifications.endpoint": Policy(),
    "matching.techcontract": Policy(lists=INSIDERS - {"secretariat"}, adds=STAFF, has_history=True),
    "zones.association": Policy(is_hidden=False),
    "zones.code": Policy(is_hidden=False),
    "zones.importjob": Policy(adds=STAFF),
    "zones.contactaccess": Policy(lists=frozenset({"auditor"})),
    "zones.invitation": Policy(adds=frozenset({"secretariat"})),
    "zones.organization": Policy(adds=STAFF, has_history=True),
    "zones.registration": Policy(lists=INSIDERS - {"secretariat"}, has_history=True),
    "zones.resource": Policy(adds=STAFF, has_history=True),
    "zones.servicerequest": Policy(lists=INSIDERS - {"secretariat"}, has_history=True),
    "zones.specialday": Policy(is_hidden=False),
    "zones.zone": Policy(is_hidden=False),
}


def hide(world: World) -> Rows:
    """One hidden record of each kind in each zone, and a public one of each kind that hides nothing."""
    rows: Rows = {label: {} for label in POLICIES}
    for zone, mark in MARKS.items():
        place = getattr(world, zone)
        organization = make_organization(name_zh=f"{mark}研究所", zone=place, is_listed=False)
        need = make_need(organization=organization, title_zh=f"{mark}难题", visibility="zone")
        resource = make_resource(organization=organization, name_zh=f"{mark}平台", visibility="zone")
        run = make_run(kind=RunKind.DELTA)
        make_match(need, resource, run=run)
        rows["zones.contactaccess"][zone] = make_access(make_contact(organization), reason=f"{mark}来电")
        rows["zones.organization"][zone], rows["zones.resource"][zone] = organization, resource
        rows["matching.need"][zone], rows["matching.matchrun"][zone] = need, run
        asked = make_need(organization=organization, title_zh=f"{mark}待审", visibility="zone", state="submitted")
        rows["matching.needreview"][zone] = make_review(asked)
        rows["matching.needcall"][zone] = make_call(make_association(place), title_zh=f"{mark}征集")
        rows["accounts.user"][zone] = user = make_user(f"hidden-{zone}", display_name=f"{mark}经办")
        make_role(user, Role.ZONE_STAFF, zone=place)
        rows["zones.importjob"][zone] = make_import_job(place, name=f"{mark}设备.xlsx")
        rows["zones.invitation"][zone] = make_invitation(zone=place, display_name=f"{mark}新人")
        rows["zones.servicerequest"][zone] = make_request(
            resource=resource, organization=organization, purpose=f"{mark}样品检测"
        )
        rows["matching.exchange"][zone] = make_exchange(need, resource)
        rows["notifications.endpoint"][zone] = plain_create(
            Endpoint, {"name": f"{mark}群", "kind": "wecom", "zone": place}
        )
        rows["notifications.delivery"][zone] = make_delivery(user, "dead")
        buyer = make_organization(name_zh=f"{mark}器材厂", zone=place, is_listed=False)
        rows["matching.cooperation"][zone] = make_cooperation(organization, buyer, title_zh=f"{mark}攻关")
        rows["matching.agreement"][zone] = make_agreement(place, organization, title_zh=f"{mark}协议")
        rows["matching.techcontract"][zone] = make_contract(organization, buyer, title_zh=f"{mark}合同")
        rows["matching.event"][zone] = make_event(zone=place, title_zh=f"{mark}对接会", visibility="zone")
        for shape in SHAPES:
            label = shape.model._meta.label_lower
            rows[label][zone] = make_kept(shape, world, zone=place, title_zh=f"{mark}机制", visibility="zone")
        asked_of_zone = question("events.all", scope=f"zone:{zone}", period="2025")
        draft = draft_figure(scoping.SYSTEM, asked=asked_of_zone)
        rows["figures.lockedfigure"][zone] = lock_figure(scoping.SYSTEM, locked_id=draft.pk)
        rows["figures.figurereport"][zone] = make_report(scoping.SYSTEM, scope=f"zone:{zone}", period="2025")
        rows["zones.registration"][zone] = make_registration(zone=place, name_zh=f"{mark}新厂")
    rows["zones.catalogue"]["all"] = make_catalogue()
    rows["zones.association"]["all"], rows["zones.zone"]["all"] = world.alliance, world.east
    rows["zones.specialday"]["all"], rows["matching.reviewpolicy"]["all"] = make_special_day(), active_policy()
    rows["figures.series"]["all"] = add_series(scoping.SYSTEM, code="x", name_zh="产值", unit="yuan", source_zh="公报")
    rows["zones.code"]["all"], rows["matching.scoringconfig"]["all"] = make_code("industry", "T1"), active_config()
    return rows


def foreign_words(person: str | None) -> list[str]:
    return [mark for zone, mark in MARKS.items() if zone != OWN.get(person or "")]


def get(client: Client, url: str, person: str | None) -> tuple[int, str]:
    """Status and text of a page; fails where a word of another's hidden records stands in it."""
    answer = client.get(url)
    text = answer.content.decode()
    leaked = [word for word in foreign_words(person) if word in text]
    assert leaked == [], (person, url)
    return answer.status_code, text


def wanted(person: str | None, may: bool) -> int:
    """Outsiders are sent to the log-in, insiders get the page or learn nothing."""
    if person not in INSIDERS:
        return 302
    return 200 if may else 404


def cells(rows: Rows, person: str | None) -> Iterator[tuple[str, int]]:
    """Every address of every page with the status this person gets."""
    name = person or ""
    for page in pages():
        policy = POLICIES[page.opts.label_lower]
        yield address(page, "changelist"), wanted(person, name in policy.lists)
        yield address(page, "changelist") + "?q=none", wanted(person, name in policy.lists)
        yield address(page, "add"), wanted(person, name in policy.adds)
        for zone, row in rows[page.opts.label_lower].items():
            key, is_own = page.key_of(row), OWN.get(name) == zone or zone == "all"
            yield address(page, "change", key), wanted(person, name in policy.lists and is_own)
            yield address(page, "history", key), wanted(person, policy.has_history and is_own)
            yield address(page, "delete", key), wanted(person, False)


def test_every_registered_page_has_a_policy() -> None:
    assert {page.opts.label_lower for page in pages()} == POLICIES.keys()


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_answers_each_person_as_its_policy_says(world: World, browse: Browse, person: str | None) -> None:
    rows = hide(world)
    client = browse(getattr(world, person) if person else None)
    wrong = {
        url: (status, told) for url, status in cells(rows, person) if (told := get(client, url, person)[0]) != status
    }
    assert wrong == {}


@pytest.mark.parametrize("person", sorted(OWN))
def test_the_words_would_be_seen_where_they_may(world: World, browse: Browse, person: str) -> None:
    """The other side of the test above: what is one's own is told, so a missing word means that it is hidden."""
    rows, own = hide(world), OWN[person]
    client = browse(getattr(world, person))
    for page in pages():
        policy = POLICIES[page.opts.label_lower]
        if policy.is_hidden and policy.is_named and person in policy.lists:
            assert MARKS[own] in get(client, address(page, "changelist"), person)[1], page
            key = page.key_of(rows[page.opts.label_lower][own])
            assert MARKS[own] in get(client, address(page, "change", key), person)[1], page


@pytest.mark.parametrize("person", PEOPLE)
def test_suggestions_name_nothing_hidden(world: World, browse: Browse, person: str | None) -> None:
    hide(world)
    client = browse(getattr(world, person) if person else None)
    for app, model, field in sorted(FIELDS):
        for term in ("", *MARKS.values()):
            url = f"/office/autocomplete/?app_label={app}&model_name={model}&field_name={field}&term={term}"
            assert get(client, url, person)[0] == wanted(person, True), url


@pytest.mark.parametrize("person", PEOPLE)
def test_actions_move_one_s_own_rows_only(world: World, browse: Browse, person: str | None) -> None:
    rows = hide(world)
    client = browse(getattr(world, person) if person else None)
    for page in pages():
        targets = rows[page.opts.label_lower]
        for action in page.actions or ():
            before = states(targets)
            keys = [f"{page.key_of(row)}:{row.version}" for row in targets.values()]
            chosen = {"action": action, "_selected_action": keys}
            answer = client.post(address(page, "changelist"), chosen)
            assert answer.status_code in ((302,) if person not in INSIDERS else (200, 302)), (page, action)
            moved = {zone for zone, state in states(targets).items() if state != before[zone]}
            assert moved <= ({OWN[person]} if person in STAFF and person else set()), (page, action)


def states(targets: dict[str, Any]) -> dict[str, int]:
    for row in targets.values():
        row.refresh_from_db()
    return {zone: row.version for zone, row in targets.items()}


def test_an_unscoped_page_is_told(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard taken away: every list then shows what others hide, and the matrix says so."""
    hide(world)
    monkeypatch.setattr(scoping, "visible", lambda model, principal: scoping.EVERYTHING)
    with pytest.raises(AssertionError, match="matching/need"):
        get(browse(world.cy), "/office/matching/need/", "cy")


def test_people_are_those_of_the_cast(world: World) -> None:
    cast: dict[str, User] = world.people()
    assert {person for person in PEOPLE if person} == cast.keys() - {"ops"}
