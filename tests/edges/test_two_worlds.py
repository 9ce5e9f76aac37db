"""What Cy may not see does not change what Cy gets (P10).

One world, read twice: before and after East's hidden records are added and hidden columns of its visible ones are
changed. Every route × filter × ordering × facet × format × page must give the same bytes and headers, for Cy and for a
visitor; what there is to ask is the registry's. Then each guard is taken away once, and the comparison must go red.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.test import Client

import api.filters.base
import api.serializers.base
import matching.services.search
from accounts.models import User
from api.views.base import ReadViewSet
from api.views.kept import MECHANISMS
from config.routes import RouteMethod, registry
from matching.choices import RunKind, RunState
from matching.models import ConsortiumProposal, CooperationAmount, Exchange, Match, Need, SavedSearch, TechContract
from matching.services.saved_searches import as_json
from notifications.models import Notice
from tests.agreements import hide_agreements, show_agreements
from tests.builders import (
    make_association,
    make_capability,
    make_contact,
    make_grant,
    make_match,
    make_need,
    make_organization,
    make_part,
    make_resource,
    make_role,
    make_run,
    plain_create,
)
from tests.conftest import World
from tests.cooperations import hide_cooperations, show_cooperations
from tests.edges.asked_values import SHOWN, facet_values, filter_values
from tests.events import hide_events, show_events
from tests.exchanges import hide_exchanges, show_exchange
from tests.figures.worlds import figure_addresses, hide_figures, show_figures
from tests.matching.search.looking import follow
from tests.mechanisms import hide_mechanisms, show_mechanisms
from tests.notifications.messages import make_robot
from tests.requests import make_entry, make_rating, make_request
from tests.reviews import make_call
from tests.teams import make_team
from zones import scoping
from zones.choices import RequestSide, ResourceKind, Role
from zones.models import Association, Organization, Resource, ServiceRequest
from zones.scoping.sides import nobody
from zones.search.audience import scopes_of
from zones.search.requests import SearchRequest

Answers = dict[str, tuple[int, bytes, dict[str, str]]]
Wanted = Callable[[str], bool]
NAMESPACE = UUID("5b1f5a0e-70a4-4b53-9c8b-2b2c8a9f4d11")
OF_THE_MINUTE = ("Date", "Retry-After", "RateLimit", "RateLimit-Policy")
"""Headers that tell the time, and what is left of the minute's requests, which every request changes."""
HIDDEN_WORD = "涡轮叶片"
PAGE_SIZE, SEARCH_PAGE_SIZE = 2, 5
FIELDS_AT_ONCE = 8


def fixed(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


HIDDEN = {
    "organizations": ["hidden-organization", "other-hidden-organization"],
    "resources": ["zone-resource", "association-resource", "draft-resource"],
    "needs": ["zone-need", "association-need", "sealed-need", "draft-need"],
    "matches": ["hidden-match", "sealed-match"],
    "consortia": ["hidden-team", "sealed-team"],
    "exchanges": ["hidden-exchange", "other-hidden-exchange"],
    "agreements": ["hidden-agreement", "draft-agreement"],
    "cooperations": ["hidden-cooperation"],
    "contracts": ["hidden-contract", "other-hidden-contract"],
    "events": ["hidden-event"],
    "registrations": ["hidden-guest"],
    "runs": ["delta-run"],
    "requests": ["hidden-request"],
    "calls": ["hidden-call", "draft-call"],
    "searches": ["hidden-search"],
    "publications": ["hidden-publication", "draft-publication"],
    "notices": ["hidden-notice"],
    **{name: [f"hidden-{view.kept.name}", f"withdrawn-{view.kept.name}"] for name, view in MECHANISMS.items()},
    "endpoints": ["hidden-endpoint", "member-endpoint"],
}


def show(world: World) -> None:
    """What Cy may see, of East, of West and of Far."""
    hidden = make_organization(
        name_zh="东方隐名厂", zone=world.east, is_listed=False, public_id=fixed("hidden-organization")
    )
    other = make_organization(
        name_zh="东方另厂", zone=world.east, is_listed=False, public_id=fixed("other-hidden-organization")
    )
    make_resource(organization=hidden, visibility="national", public_id=fixed("shown-resource"), trl=5)
    make_resource(
        organization=other, visibility="public", kind=ResourceKind.EQUIPMENT, public_id=fixed("public-resource")
    )
    for n in range(3):
        make_resource(organization=world.outside, public_id=fixed(f"far-resource-{n}"), visibility="zone", trl=n + 1)
        make_need(organization=world.laboratory, public_id=fixed(f"west-need-{n}"), deadline=date(2030, 1, n + 1))
    make_need(organization=world.enterprise, public_id=fixed("shown-need"), visibility="national")
    make_need(organization=world.outside, public_id=fixed("own-need"), visibility="zone")
    far_resource = Resource.plain.get(public_id=fixed("far-resource-0"))
    west_need = Need.plain.get(public_id=fixed("west-need-0"))
    make_match(west_need, far_resource, public_id=fixed("shown-match"), rank=1)
    make_team(Need.plain.get(public_id=fixed("own-need")), far_resource, public_id=fixed("shown-team"))
    make_run(public_id=fixed("full-run"), need_total=5, need_done=5)
    shown = Resource.plain.get(public_id=fixed("public-resource"))
    make_request(resource=shown, organization=world.outside, public_id=fixed("own-request"))
    make_request(resource=far_resource, organization=hidden, state="confirmed", public_id=fixed("received-request"))
    make_call(make_association(world.far, world.east, slug="network"), public_id=fixed("shown-call"))
    show_exchange(fixed)
    show_cooperations(fixed, world.outside, world.laboratory)
    show_events(world, fixed)
    show_agreements(fixed, world.outside, world.east)
    show_figures(fixed)
    show_mechanisms(fixed, world)
    make_robot(world.far, "远海群", public_id=fixed("own-endpoint"))


def hide_more(world: World) -> None:
    """What Cy may not see: hidden rows, and hidden columns of rows Cy may see."""
    hidden = Organization.plain.get(public_id=fixed("hidden-organization"))
    other = Organization.plain.get(public_id=fixed("other-hidden-organization"))
    common: dict[str, Any] = {"organization": hidden, "industry_codes": ["9.9"], "trl": 9, "capacity": 30}
    zone = make_resource(name_zh=HIDDEN_WORD, visibility="zone", public_id=fixed("zone-resource"), **common)
    shared = make_resource(visibility="association", public_id=fixed("association-resource"), **common)
    make_resource(visibility="public", status="draft", public_id=fixed("draft-resource"), **common)
    make_grant(shared, association=world.alliance)
    make_part(zone)
    make_capability(zone)
    make_contact(hidden)
    make_need(organization=hidden, title_zh=HIDDEN_WORD, visibility="zone", public_id=fixed("zone-need"))
    sealed = make_need(organization=hidden, visibility="sealed", public_id=fixed("sealed-need"))
    make_need(
        organization=hidden, visibility="association", association=world.alliance, public_id=fixed("association-need")
    )
    make_need(organization=hidden, visibility="public", state="draft", public_id=fixed("draft-need"))
    shown, far = (Resource.plain.get(public_id=fixed(name)) for name in ("shown-resource", "far-resource-1"))
    delta = make_run(kind=RunKind.DELTA, public_id=fixed("delta-run"), state=RunState.PUBLISHED)
    make_match(sealed, far, public_id=fixed("sealed-match"), run=delta)
    make_match(Need.plain.get(public_id=fixed("shown-need")), zone, public_id=fixed("hidden-match"), run=delta)
    make_team(sealed, far, run=delta, public_id=fixed("sealed-team"))
    own = Need.plain.get(public_id=fixed("own-need"))
    make_team(own, far, zone, run=delta, rank=2, public_id=fixed("hidden-team"))
    make_role(world.eve, Role.ZONE_STAFF, zone=world.east)
    make_entry(make_request(resource=zone, organization=world.laboratory, public_id=fixed("hidden-request")))
    received = ServiceRequest.plain.get(public_id=fixed("received-request"))
    make_rating(received, RequestSide.REQUESTER, comment=HIDDEN_WORD)
    make_call(world.alliance, public_id=fixed("hidden-call"))
    make_call(Association.objects.get(slug="network"), state="draft", public_id=fixed("draft-call"))
    plain_create(
        SavedSearch,
        {
            "user": world.eve,
            "name": HIDDEN_WORD,
            "public_id": fixed("hidden-search"),
            "request": as_json(SearchRequest(HIDDEN_WORD)),
        },
    )
    Resource.plain.filter(pk=shown.pk).update(organization=other, source_note="内部", accepted_count=3, decided_count=4)
    Need.plain.filter(public_id=fixed("shown-need")).update(organization=other, budget_max="9000000", payment_zh="分期")
    Match.plain.filter(public_id=fixed("shown-match")).update(rank=7)
    hide_exchanges(fixed, HIDDEN_WORD)
    hide_cooperations(fixed, HIDDEN_WORD, world.laboratory)
    hide_events(world, hidden, fixed)
    hide_agreements(fixed, HIDDEN_WORD, world.east, world.west)
    hide_figures(fixed)
    hide_mechanisms(fixed, world, HIDDEN_WORD)
    make_robot(world.east, HIDDEN_WORD, public_id=fixed("hidden-endpoint"))
    make_robot(world.enterprise, HIDDEN_WORD, public_id=fixed("member-endpoint"))
    notice = Notice(
        user=world.eve, kind="need.opened", topic="needs", object_type="matching.need", rhythm="off",
        object_public_id=sealed.public_id, dedupe_key="hidden", happened_at=sealed.updated_at,
        public_id=fixed("hidden-notice"),
    )  # fmt: skip
    notice.save()


WITHOUT_RECORDS = ("api:root", "api:schema", "api:docs", "api:nothing")
PLACE = {"within": "&near=east", "distance": "&near=east"}


def addresses(world: World) -> Iterator[str]:
    """Every API route × filter × value, × ordering, × field; × filter, × ordering in every format; hidden details too.

    What there is to ask for is the registry's: a new route, filter, ordering, field or format is asked for by itself,
    and fails where no values of it are known here.
    """
    for line in registry():
        if not line.route.startswith("api:") or line.method != "GET":
            continue
        base = "/" + line.pattern
        if line.route in WITHOUT_RECORDS:
            yield from (base,) if line.route in ("api:root", "api:schema") else ()
        elif line.route == "api:figure":
            yield from figure_addresses(base, [fixed(name) for name in (*SHOWN["agreements"], *HIDDEN["agreements"])])
        elif line.route == "api:figures":
            yield base
        elif "<str:public_id>" in base:
            name = line.route.removeprefix("api:").partition("-")[0]
            for key in map(fixed, (*SHOWN.get(name, ()), *HIDDEN.get(name, ()), "nothing")):
                yield from _in_formats(line, base.replace("<str:public_id>", str(key)) + "?")
        else:
            yield from _of_list(line, base, world)


def _of_list(line: RouteMethod, base: str, world: World) -> Iterator[str]:
    """Queries of a list or of search."""
    is_search = not line.route.endswith("-list")
    values = facet_values(fixed, HIDDEN_WORD) if is_search else filter_values(world, fixed, HIDDEN_WORD)
    sort, size = ("sort", f"size={SEARCH_PAGE_SIZE}") if is_search else ("ordering", f"page_size={PAGE_SIZE}")
    yield from _in_formats(line, f"{base}?" + (size if line.route != "api:suggestions" else "q=测"))
    for key in line.filters:
        first, *others = [f"{base}?{key}={value}{PLACE.get(key, '')}" for value in values[key]]
        yield from (*_in_formats(line, first), *others)
    for field in line.ordering:
        word = field.removeprefix("-")
        yield from _in_formats(line, f"{base}?{sort}={word}&{size}{PLACE.get(word, '')}")
        yield from () if is_search else (f"{base}?{sort}=-{word}&{size}",)
    for start in range(0, len(line.fields), FIELDS_AT_ONCE):
        yield f"{base}?fields={','.join(line.fields[start : start + FIELDS_AT_ONCE])}"


def _in_formats(line: RouteMethod, address: str) -> Iterator[str]:
    joint = "" if address.endswith("?") else "&"
    yield address.removesuffix("?")
    yield from (f"{address}{joint}format={form}" for form in line.formats)


def read_all(client: Client, world: World, wanted: Wanted) -> Answers:
    """Ask for everything wanted, following links to the end and back."""
    answers: Answers = {}
    waiting = [address for address in addresses(world) if wanted(address)]
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        response = client.get(address)
        headers = {name: value for name, value in response.items() if name not in OF_THE_MINUTE}
        answers[address] = (response.status_code, response.content, headers)
        waiting += re.findall(r"<http://testserver([^>]+)>", headers.get("Link", ""))
    return answers


ClientOf = Callable[[User | None], Client]


def changes(world: World, client: Client, wanted: Wanted) -> list[str]:
    """The wanted addresses that answer otherwise once more is hidden."""
    show(world)
    follow()
    before = read_all(client, world, wanted)
    hide_more(world)
    follow()
    after = read_all(client, world, wanted)
    assert before
    return sorted(address for address in before.keys() | after.keys() if before.get(address) != after.get(address))


def plain(*names: str) -> Wanted:
    """Lists of these resources and their records, without filters or formats: enough to go red without a guard."""
    lists = {f"/api/v1/{name}/?page_size={PAGE_SIZE}" for name in names}
    return lambda address: address in lists or (address.split("/")[3] in names and "?" not in address)


RESOURCES = sorted(
    {
        line.pattern.split("/")[2]
        for line in registry()
        if line.route.startswith("api:") and line.method == "GET" and line.route not in ("api:docs", "api:nothing")
    }
)


@pytest.mark.parametrize("resource", RESOURCES)
@pytest.mark.parametrize("name", ["cy", "visitor"])
def test_hidden_records_change_no_byte_and_no_header(
    world: World, client_of: ClientOf, name: str, resource: str
) -> None:
    assert changes(world, client_of(world.people().get(name)), lambda address: address.split("/")[3] == resource) == []


def test_the_own_side_sees_the_difference(world: World, client_of: ClientOf) -> None:
    """Else the comparison would compare nothing."""
    asked = ("needs/?visibility=sealed", "matches/?is_assigned=true", "search/?q=测试", "search/?subject=need")
    wanted = {f"/api/v1/{query}" for query in asked}
    assert set(changes(world, client_of(world.ana), wanted.__contains__)) == wanted


@pytest.mark.parametrize(
    ("model", "name"),
    [
        (Need, "needs"),
        (Resource, "resources"),
        (Match, "matches"),
        (ConsortiumProposal, "consortia"),
        (Exchange, "exchanges"),
        (CooperationAmount, "cooperations"),
        (TechContract, "contracts"),
    ],
)
def test_the_comparison_goes_red_when_one_queryset_is_unscoped(
    world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, model: Any, name: str
) -> None:
    scoped = api.serializers.base.visible_rows

    def unscoped(wanted: Any, reader: Any) -> Any:
        return model.plain.all() if wanted is model else scoped(wanted, reader)

    monkeypatch.setattr(api.serializers.base, "visible_rows", unscoped)
    assert changes(world, client_of(world.cy), plain(name))


def test_the_comparison_goes_red_when_a_key_filter_is_unscoped(
    world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unscoped(wanted: Any, reader: Any) -> Any:
        return wanted._default_manager.all()

    monkeypatch.setattr(api.filters.base, "visible_rows", unscoped)
    assert changes(world, client_of(world.cy), lambda address: address.startswith("/api/v1/resources/?organization="))


def test_the_comparison_goes_red_when_scoped_fields_are_told(
    world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.serializers.base.ClassifiedSerializer, "_is_scoped", lambda *arguments: False)
    changed = changes(world, client_of(world.cy), plain("needs"))
    assert f"/api/v1/needs/{fixed('shown-need')}/" in changed


def test_the_comparison_goes_red_when_small_figures_are_told(
    world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("figures.telling.kept_back", lambda asked, reader: None)
    changed = changes(world, client_of(None), lambda address: address.startswith("/api/v1/figures/cooperations."))
    assert any("scope=zone:east" in address for address in changed)


def test_the_comparison_goes_red_when_delta_runs_are_told(
    world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(scoping._RULES, "matching.matchrun", (lambda principal: scoping.EVERYTHING, nobody))
    assert changes(world, client_of(world.cy), plain("runs"))


@pytest.mark.parametrize("form", ["csv", "geojson", "jsonld", "atom"])
def test_the_comparison_goes_red_when_one_format_is_unscoped(
    world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    scoped = ReadViewSet.get_queryset

    def unscoped(view: Any) -> Any:
        with monkeypatch.context() as patch:
            if view.request.accepted_renderer.format == form:
                patch.setattr(api.serializers.base, "visible_rows", lambda model, reader: model._default_manager.all())
            return scoped(view)

    monkeypatch.setattr(ReadViewSet, "get_queryset", unscoped)
    asked = "/api/v1/resources/?page_size="
    changed = changes(world, client_of(world.cy), lambda address: address.startswith(asked))
    assert changed
    assert all(f"format={form}" in address for address in changed)


def test_the_comparison_goes_red_when_facets_count_hidden_records(
    world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are fetched by `visible_to` all the same: only counts would betray them."""
    monkeypatch.setattr(matching.services.search, "scopes_of", lambda principal: scopes_of(scoping.SYSTEM))
    assert changes(world, client_of(world.cy), lambda address: "/search/?subject=organization" in address)


def test_a_filter_without_values_here_fails_the_comparison(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReadViewSet, "parameters", frozenset({"colour"}))
    with pytest.raises(KeyError, match="colour"):
        list(addresses(world))


def test_every_route_with_records_is_asked_in_every_format(world: World) -> None:
    asked = "\n".join(addresses(world))
    for line in registry():
        if line.route.startswith("api:") and line.method == "GET" and line.route not in WITHOUT_RECORDS:
            base = re.escape("/" + line.pattern).replace("<str:public_id>", "[0-9a-f-]+")
            for form in line.formats:
                assert re.search(rf"^{base}\?(.*&)?format={form}$", asked, re.MULTILINE), (line.route, form)
