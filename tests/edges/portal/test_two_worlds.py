"""What one may not see does not change a page of the portal (P10): search in all its parameters, suggestions, lists and
records, read before and after more is hidden. Then each guard is taken away once, and the comparison goes red.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

import matching.services.search as searching
import portal.cards
from accounts.models import User
from accounts.tokens import mark_of
from config.routes import registry
from matching.services.saved_searches import save_search
from notifications.models import Endpoint, FeedLink
from tests.builders import make_resource, make_role, make_user, plain_create
from tests.conftest import World
from tests.edges.portal.conftest import Page
from tests.edges.test_two_worlds import HIDDEN, HIDDEN_WORD, fixed, hide_more, show
from tests.matching.search.looking import follow
from tests.people import make_invitation, make_registration
from tests.requests import make_entry, make_rating, make_request
from zones.choices import RequestSide, ResourceKind, Role
from zones.models import Organization, Resource, ServiceRequest
from zones.scoping import EVERYTHING, scope_of, today
from zones.scoping.sides import nobody
from zones.search.requests import FACETS, SORTS, SearchRequest
from zones.services.invitations import hash_of

TOKEN = "the-calendar-of-cy"
ClientOf = Callable[[User | None], Client]
Sabotage = Callable[[pytest.MonkeyPatch], None]
WORDS = (HIDDEN_WORD, "测试", "东方", "检测", "ce", "隐名", "晶圆 量子")
SHOWN = {
    "resource": ("shown-resource", "public-resource", *HIDDEN["resources"]),
    "organization": HIDDEN["organizations"],
    "need": ("shown-need", "own-need", *HIDDEN["needs"]),
}
VALUES = {
    "subject": ("resource", "organization", "need"), "kind": ("laboratory", "organization.enterprise"),
    "zone": ("east", "west", "far"), "region": ("110000",), "association": ("alliance",), "trl": ("5", "9"),
    "price": ("free", "stated", "unknown"), "fresh": ("month", "never"), "sharing": ("内部", "外部"),
}  # fmt: skip
"""Of every facet values that hidden records have and others; codes and distances are asked for below."""


def addresses() -> Iterator[str]:
    """Every page of the portal × parameter × value, also of what is hidden."""
    yield from ("/", "/about/", "/zones/", "/zones/east/", "/zones/far/", "/associations/alliance/")
    for word in WORDS:
        yield f"/search/?q={word}"
        yield f"/search/suggestions/?q={word[:1]}"
        yield from (f"/search/?q={word}&sort={sort}&near=far" for sort in SORTS)
    for name, values in VALUES.items():
        yield from (f"/search/?{name}={value}" for value in values)
        yield from (f"/search/?q=测试&{name}={value}" for value in values)
    yield from (f"/map/?q={word}" for word in WORDS)
    yield from (f"/map/?{name}={value}" for name, values in VALUES.items() for value in values)
    yield from (f"/map/?flows={flows}" for flows in ("matches", "pairings", "none"))
    yield from (f"/figures/?scope={scope}&year=2026" for scope in ("zone:east", "zone:far", "association:alliance"))
    yield from ("/open-data/", "/open-data/cooperations.projects.json")
    yield from ("/map/", "/map/?near=east&within=1000", "/map/?view=100,20,125,42&near=far")
    yield from ("/search/", "/search/?size=2", "/search/?size=2&page=2", "/search/?near=east&within=1000")
    yield f"/search/?q={fixed('zone-resource')}"
    for name, words in SHOWN.items():
        yield from (f"/{name}s/{fixed(word)}/" for word in words)
    yield f"/resources/{fixed('zone-resource')}/photos/{fixed('photo')}/"
    yield "/register/"
    yield from (
        f"/account/{page}"
        for page in ("", "password/", "devices/", "personal/", "tokens/", "colleagues/", "registration/")
    )
    yield from ("/account/feeds/", f"/feeds/{TOKEN}/calendar.ics")
    yield from ("/account/endpoints/", f"/account/endpoints/{fixed('hidden-portal-endpoint')}/")
    yield from (f"/account/security/{page}" for page in ("", "confirm/", "authenticator/", "key/", "zones/east/"))
    yield from ("/account/log-in/zones/east/", "/account/log-in/zones/east/answer/")
    yield from ("/my/notifications/", "/my/follows/", "/unsubscribe/forged/")
    yield from ("/inbox/", "/inbox/?unread=1", "/inbox/?page=2")
    yield from ("/my/", "/my/searches/", "/my/needs/new/", "/account/log-in/", "/account/log-in/second-step/")
    for word in SHOWN["need"]:
        yield from (f"/my/needs/{fixed(word)}/", f"/my/needs/{fixed(word)}/edit/")
    yield from ("/my/resources/new/", "/my/resources/new/?kind=equipment")
    for word in SHOWN["resource"]:
        yield from (f"/my/resources/{fixed(word)}/", f"/my/resources/{fixed(word)}/edit/")
    yield from (f"/resources/{fixed(word)}/request/" for word in SHOWN["resource"])
    yield from (f"/my/requests/?side={side}&state={state}" for side in ("sent", "received") for state in ("", "open"))
    yield from (f"/my/requests/{fixed(word)}/" for word in ("shown-request", "hidden-request", "hidden-portal-request"))
    yield from (f"/my/exchanges/?state={state}" for state in ("", "waiting", "open", "ended"))
    for word in ("shown-exchange", "hidden-exchange"):
        page = f"/my/exchanges/{fixed(word)}/"
        meeting, file = (fixed(f"{part}-of-hidden-exchange") for part in ("meeting", "file"))
        yield from (page, f"{page}meetings/{meeting}/", f"{page}meetings/{meeting}.ics", f"{page}files/{file}/")
    yield from agreed()
    yield from (*event_addresses(), *figure_addresses())
    for word in (*SHOWN["need"], *SHOWN["resource"]):
        yield f"/my/exchanges/new/?{'need' if 'need' in word else 'resource'}={fixed(word)}"


def agreed() -> Iterator[str]:
    """Lists and pages of what a member has agreed on, and of what others have."""
    for kind, words in (
        ("cooperations", ("shown-cooperation", "public-cooperation", *HIDDEN["cooperations"])),
        ("contracts", ("shown-contract", *HIDDEN["contracts"])),
        ("agreements", ("shown-agreement", *HIDDEN["agreements"])),
    ):
        yield from (f"/my/{kind}/?state={state}" for state in ("", "open", "in_force"))
        yield from (f"/my/{kind}/{fixed(word)}/" for word in words)


def figure_addresses() -> Iterator[str]:
    """The article, and sums of few rows, of which strangers are told nothing."""
    yield from (
        "/figures/article/",
        "/figures/article/?as_of=2024-06-30",
        *(f"/figures/article/F{n}/" for n in (17, 21)),
    )
    sums = ("cooperations.amount", "contracts.count", "events.exchange")
    for scope in ("zone:east", "zone:far", "association:alliance", "nation"):
        yield from (f"/figures/{name}/evidence/?scope={scope}&period={today().year}" for name in sums)


def event_addresses() -> Iterator[str]:
    yield from (f"/events/?{asked}" for asked in ("", "time=past", "kind=industry", "mine=1"))
    for word in ("own-event", "shown-event", *HIDDEN["events"]):
        page = f"/events/{fixed(word)}/"
        yield from (page, f"{page}calendar.ics")
        yield from (f"{page}wishes/{fixed(guest)}/" for guest in ("far-guest", "own-guest", "hidden-guest"))


def read_all(client: Client, asked: Iterable[str]) -> dict[str, Page]:
    return {address: Page.of(client.get(address)) for address in asked}


def show_more(world: World) -> None:
    """What search needs to have something to order and to count."""
    show(world)
    for number in range(6):
        make_resource(
            organization=world.outside, name_zh=f"晶圆检测平台{number}", visibility="public", trl=5, share_mode="外部",
            kind=(ResourceKind.EQUIPMENT, ResourceKind.SERVICE)[number % 2], confirmed_on=today(),
            description_zh="检测" * (number + 1),
        )  # fmt: skip
    shown = Resource.plain.get(public_id=fixed("public-resource"))
    make_entry(make_request(resource=shown, organization=world.outside, public_id=fixed("shown-request")))
    follow()
    kept = {"kind": "calendar", "token_hash": hash_of(TOKEN), "password_mark": mark_of(world.cy)}
    plain_create(FeedLink, kept | {"user": world.cy, "used_at": timezone.now()})
    for word in ("测试", HIDDEN_WORD):
        save_search(scope_of(world.cy), request=SearchRequest(words=word), name=word)


def hide_even_more(world: World) -> None:
    hide_more(world)
    hidden = Organization.plain.get(public_id=fixed("hidden-organization"))
    make_registration(zone=world.east, user=make_user("applicant"), name_zh=HIDDEN_WORD)
    make_role(make_user("member"), Role.ORGANIZATION_MEMBER, organization=hidden)
    make_invitation(role=Role.ORGANIZATION_MEMBER, organization=hidden)
    plain_create(
        Endpoint,
        {"name": HIDDEN_WORD, "kind": "webhook", "organization": hidden, "public_id": fixed("hidden-portal-endpoint")},
    )
    shown = Resource.plain.get(public_id=fixed("public-resource"))
    for organization, state in ((hidden, "sent"), (world.enterprise, "confirmed")):
        told = make_request(
            resource=shown, organization=organization, state=state, purpose=HIDDEN_WORD,
            public_id=fixed("hidden-portal-request" if state == "sent" else "other-hidden-request"),
        )  # fmt: skip
        make_entry(told, text=HIDDEN_WORD)
        make_rating(told, RequestSide.REQUESTER, comment=HIDDEN_WORD)
    far = ServiceRequest.plain.get(public_id=fixed("shown-request"))
    make_rating(far, RequestSide.PROVIDER, comment=HIDDEN_WORD)
    for number in range(8):
        make_resource(
            organization=hidden, name_zh=f"{HIDDEN_WORD}检测量子平台{number}", visibility="zone", trl=9,
            share_mode="内部", description_zh="检测 晶圆 " * 20, confirmed_on=today(), keywords=["测试量子"],
            price_from="0.00", price_unit="hour",
        )  # fmt: skip
    follow()


def changes(world: World, client: Client, *some: str) -> list[str]:
    """The addresses (all unless named) that answer otherwise once more is hidden."""
    asked = tuple(addresses())
    assert set(some) <= set(asked)
    show_more(world)
    before = read_all(client, some or asked)
    hide_even_more(world)
    after = read_all(client, some or asked)
    shown = [page.html for page in before.values() if page.status == 200]
    assert some or len(set(shown)) > len(shown) // 2
    return [address for address in before if before[address] != after[address]]


def test_every_page_that_reads_is_compared() -> None:
    compared = {address.partition("?")[0].split("/")[1] for address in addresses()}
    asked = {
        line.pattern.split("/")[0] for line in registry() if line.route.startswith("portal:") and line.method == "GET"
    }
    assert asked == compared
    assert set(FACETS) - set(VALUES) == {"field", "equipment", "within"}


@pytest.mark.parametrize("name", ["cy", "visitor", "farmer"])
def test_hidden_records_change_no_page(world: World, client_of: ClientOf, name: str) -> None:
    """The farmer is a member of an organization of zone Far that has sent a request."""
    people = world.people() | {"farmer": make_user("farmer")}
    make_role(people["farmer"], Role.ORGANIZATION_MEMBER, organization=world.outside)
    assert changes(world, client_of(people.get(name))) == []


def test_the_own_side_sees_the_difference(world: World, client_of: ClientOf) -> None:
    wanted = ["/", "/zones/east/", "/search/", f"/search/?q={HIDDEN_WORD}"]
    assert changes(world, client_of(world.ana), *wanted) == wanted


def see_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "scopes_of", lambda principal: None)


def tell_every_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    def owners_of(principal: Any, rows: Any) -> Any:
        return Organization.plain.in_bulk({row.organization_id for row in rows})

    monkeypatch.setattr(portal.cards, "owners_of", owners_of)


def open_every_resource(monkeypatch: pytest.MonkeyPatch) -> None:
    from zones import scoping

    monkeypatch.setitem(scoping._RULES, "zones.resource", (lambda principal: EVERYTHING, nobody))


def tell_every_rating(monkeypatch: pytest.MonkeyPatch) -> None:
    from zones.scoping import existing

    monkeypatch.setattr(existing, "told_ratings", lambda: EVERYTHING)


@pytest.mark.parametrize(
    ("guard", "told", "address"),
    [
        ("figures.telling.kept_back", None, "/figures/cooperations.amount/evidence/?scope=zone:east&period="),
        ("figures.boards.hidden_places", frozenset(), "/figures/?scope=zone:east&year="),
        ("figures.boards.hidden_places", frozenset(), "/open-data/cooperations.projects.json"),
    ],
)
def test_the_comparison_sees_a_small_figure(
    world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, guard: str, told: Any, address: str
) -> None:
    monkeypatch.setattr(guard, lambda *arguments: told)
    year = "" if address.endswith("json") else "2026"
    assert changes(world, client_of(None), address + year) != []


def test_the_comparison_sees_a_rating_told_too_early(
    world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Requests themselves have two guards in the portal: `visible_to`, and the reader's own organizations."""
    tell_every_rating(monkeypatch)
    farmer = make_user("farmer")
    make_role(farmer, Role.ORGANIZATION_MEMBER, organization=world.outside)
    assert changes(world, client_of(farmer), f"/my/requests/{fixed('shown-request')}/") != []


@pytest.mark.parametrize(
    ("sabotage", "address"),
    [
        (see_everything, f"/search/?q={HIDDEN_WORD}"),
        (tell_every_owner, "/search/?subject=resource"),
        (open_every_resource, f"/resources/{fixed('zone-resource')}/"),
    ],
)
def test_the_comparison_sees_each_leak(
    world: World, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch, sabotage: Sabotage, address: str
) -> None:
    sabotage(monkeypatch)
    assert changes(world, client_of(world.cy), address) != []
    assert Resource.plain.filter(public_id=fixed("zone-resource")).exists()
