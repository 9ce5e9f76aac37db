"""P10 in the back office: what Cy may not see changes no byte of what Cy gets, on any page, filter, search or form.

One world, read twice: before and after East's hidden records are added and hidden columns of visible ones change.
Each guard is then taken away once, and the comparison goes red.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pghistory
import pytest
from django.db.models import Q
from django.test import Client

import backoffice.base
import backoffice.filters
import backoffice.hanging
import backoffice.index
import backoffice.papers.pages
import backoffice.results
import backoffice.rows
from matching.choices import RunKind, Side
from matching.models import Consent, Match, Need
from tests.agreements import hide_agreements, show_agreements
from tests.builders import (
    make_capability,
    make_contact,
    make_exclusion,
    make_facts,
    make_grant,
    make_match,
    make_need,
    make_organization,
    make_part,
    make_resource,
    make_role,
    make_run,
    make_staff,
    make_user,
)
from tests.conftest import World
from tests.cooperations import make_contract, make_cooperation
from tests.edges.backoffice.asked import EXPORTED, HIDDEN, SHOWN, event_posts, ledger_posts, suggestions
from tests.edges.backoffice.conftest import Browse, address, body_of, fixed, pages
from tests.edges.backoffice.test_papers import words_of_docx, words_of_pdf
from tests.events import hide_events, show_events
from tests.exchanges import make_consent, make_exchange
from tests.figures.worlds import hide_figures, show_figures
from tests.mechanisms import hide_mechanisms, show_mechanisms
from tests.notifications.messages import hide_deliveries, show_deliveries
from tests.people import make_registration
from tests.requests import make_entry, make_request
from tests.shortlists import make_push, make_shortlisting
from tests.teams import make_team
from zones.choices import Role
from zones.models import Organization, Resource
from zones.scoping import telling

Answers = dict[str, tuple[int, bytes]]
Wanted = Callable[[str], bool]
HIDDEN_WORD = "涡轮叶片"
LEAK = "organization__name_zh__startswith=东方微"
"""Would tell whose need it is: one of Eve's enterprise becomes another's."""
PARTS_OF_THE_COMPARISON = 6
"""All of it in one test would keep one process of a run busy long after the others are done."""
PARTS = (
    *("change", "read", "history", "matches", "progress", "compare"),
    *("needs", "matches/side-by-side"),
    *("invitations", "guests", "door", "outcomes", "meetings", "guests/export/csv"),
)


def show(world: World) -> None:
    """What Cy may see, of East, of West and of Far."""
    hidden = make_organization(
        name_zh="东方隐名厂", zone=world.east, is_listed=False, public_id=fixed("hidden-organization")
    )
    make_organization(
        name_zh="东方另厂", zone=world.east, is_listed=False, public_id=fixed("other-hidden-organization")
    )
    make_organization(name_zh="东方明厂", zone=world.east, public_id=fixed("shown-organization"))
    make_resource(organization=hidden, visibility="national", public_id=fixed("shown-resource"))
    own = make_resource(organization=world.outside, visibility="zone", public_id=fixed("own-resource"))
    west = make_need(organization=world.laboratory, public_id=fixed("west-need"))
    make_need(organization=world.enterprise, public_id=fixed("shown-need"), visibility="national")
    own_need = make_need(organization=world.outside, public_id=fixed("own-need"), visibility="zone", state="draft")
    with pghistory.context(user=world.cy.pk):
        make_exclusion(own_need, organization=hidden)
    make_match(west, own, public_id=fixed("shown-match"))
    make_team(own_need, own)
    make_entry(make_request(resource=own, organization=world.enterprise, public_id=fixed("own-request")))
    accepted = make_exchange(west, own, state="consent_pending", public_id=fixed("own-exchange"))
    make_consent(accepted, Side.NEED)
    make_cooperation(world.outside, world.laboratory, public_id=fixed("own-cooperation"))
    make_contract(world.outside, world.laboratory, public_id=fixed("own-contract"))
    show_agreements(fixed, world.outside, world.east)
    show_figures(fixed)
    make_run(public_id=fixed("full-run"), need_total=5, need_done=5)
    show_deliveries(world, fixed)
    show_events(world, fixed)
    show_mechanisms(fixed, world)


def hide_more(world: World) -> None:
    """What Cy may not see: hidden rows, and hidden columns of rows Cy may see."""
    hidden = Organization.plain.get(public_id=fixed("hidden-organization"))
    other = Organization.plain.get(public_id=fixed("other-hidden-organization"))
    make_organization(
        name_zh=f"东方{HIDDEN_WORD}厂", zone=world.east, is_listed=False, public_id=fixed("new-organization")
    )
    common: dict[str, Any] = {"organization": hidden, "trl": 9, "capacity": 30}
    zone = make_resource(name_zh=HIDDEN_WORD, visibility="zone", public_id=fixed("zone-resource"), **common)
    shared = make_resource(visibility="association", public_id=fixed("association-resource"), **common)
    make_resource(visibility="public", status="draft", public_id=fixed("draft-resource"), **common)
    make_grant(shared, association=world.alliance)
    make_part(zone)
    make_capability(zone)
    make_contact(hidden)
    make_contact(Organization.plain.get(public_id=fixed("shown-organization")))
    make_need(organization=hidden, title_zh=HIDDEN_WORD, visibility="zone", public_id=fixed("zone-need"))
    sealed = make_need(organization=hidden, visibility="sealed", public_id=fixed("sealed-need"))
    make_need(
        organization=hidden, visibility="association", association=world.alliance, public_id=fixed("association-need")
    )
    make_need(organization=hidden, visibility="public", state="draft", public_id=fixed("draft-need"))
    delta = make_run(kind=RunKind.DELTA, public_id=fixed("delta-run"))
    own = Resource.plain.get(public_id=fixed("own-resource"))
    make_match(sealed, own, run=delta)
    make_match(Need.plain.get(public_id=fixed("shown-need")), zone, run=delta)
    make_team(Need.plain.get(public_id=fixed("own-need")), own, zone, run=delta, rank=2)
    shown = Need.plain.get(public_id=fixed("shown-need"))
    make_shortlisting(shown, own, note=HIDDEN_WORD)
    make_push(shown, Resource.plain.get(public_id=fixed("shown-resource")))
    make_push(sealed, own)
    make_role(make_user("hidden-user", public_id=fixed("hidden-user")), Role.ZONE_STAFF, zone=world.east)
    make_staff(world.east, username="another")
    hidden_fields = {"name_zh": f"{HIDDEN_WORD}新厂", "public_id": fixed("hidden-registration")}
    asked = Resource.plain.get(public_id=fixed("shown-resource"))
    make_entry(make_request(resource=asked, organization=hidden, public_id=fixed("hidden-request")), text=HIDDEN_WORD)
    make_exchange(shown, zone, public_id=fixed("hidden-exchange"))
    make_cooperation(world.enterprise, hidden, public_id=fixed("hidden-cooperation"), title_zh=HIDDEN_WORD)
    make_contract(world.enterprise, hidden, public_id=fixed("hidden-contract"), title_zh=HIDDEN_WORD)
    hide_events(world, hidden, fixed)
    hide_deliveries(world, HIDDEN_WORD, fixed)
    hide_agreements(fixed, HIDDEN_WORD, world.east, world.west)
    hide_mechanisms(fixed, world, HIDDEN_WORD)
    hide_figures(fixed)
    Consent.plain.filter(exchange__public_id=fixed("own-exchange")).update(basis_zh=HIDDEN_WORD, giver=world.bo)
    Need.plain.filter(public_id=fixed("west-need")).update(organization=other)
    make_registration(zone=world.east, user=make_user("applicant"), **hidden_fields)
    Resource.plain.filter(public_id=fixed("shown-resource")).update(organization=other, source_note="内部")
    Need.plain.filter(public_id=fixed("shown-need")).update(organization=other, budget_max="9000000")
    Match.plain.filter(public_id=fixed("shown-match")).update(rank=7)
    Organization.plain.filter(pk=hidden.pk).update(name_zh=f"{HIDDEN_WORD}旧厂")


def lists(client: Client) -> Iterator[str]:
    """Every list: plain, each value of each filter, each ordering, searches."""
    request = client.get("/office/").wsgi_request
    for page in pages():
        url = address(page, "changelist")
        yield url
        for kind in page.get_list_filter(request):
            found = kind(request, {}, page.model, page)
            yield from (f"{url}?{kind.parameter_name}={value}" for value, _label in found.lookup_choices)
        yield from (f"{url}?o=-{column}" for column in range(1, len(page.list_display) + 1))
        yield from (f"{url}?q={word}" for word in (HIDDEN_WORD, "东方", "测试", "张三", "138"))
        yield f"{url}?{LEAK}"


def records(world: World) -> Iterator[str]:
    """Every page of every shown and every hidden record."""
    for page in pages():
        label = page.opts.label_lower
        yield address(page, "add")
        for name in (*HIDDEN.get(label, ()), *SHOWN.get(label, ()), "nothing"):
            url = address(page, "change", str(fixed(name))).removesuffix("change/")
            yield from (f"{url}{part}/" for part in PARTS)
            yield f"{url}matches/progress/"
    yield f"/office/zones/zone/{world.east.public_id}/change/"
    yield f"/office/zones/association/{world.alliance.public_id}/change/"


def interests() -> Iterator[str]:
    """The pages on which pairs are asked for that may not be there."""
    for need in (*HIDDEN["matching.need"], *SHOWN["matching.need"], "nothing"):
        for resource in ("own-resource", "zone-resource", "nothing"):
            yield from (
                f"/office/matching/exchange/interest/{fixed(need)}/{fixed(resource)}/{side}/" for side in Side.values
            )


def addresses(client: Client, world: World) -> Iterator[str]:
    yield from ("/office/", "/office/zones/", "/office/matching/", "/office/nothing/")
    yield "/office/notifications/delivery/foretold/"
    yield from lists(client)
    yield from records(world)
    yield from interests()
    yield from (f"/office/matching/exchange/{page}" for page in ("board/", "board/?zone=east"))
    yield from (f"/office/{path}/export/csv/" for path in EXPORTED)
    yield from suggestions()


def posts(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    """Forms that name foreign rows, steps and actions on hidden ones."""
    rows = {f"{name}-{part}": "0" for name in ("metrics", "exclusions") for part in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for name in (*HIDDEN["zones.organization"], "shown-organization", "nothing"):
        values = {"kind": "talent", "title_zh": "甲", "summary_zh": "乙", "zone": world.far.public_id}
        yield "/office/matching/need/add/", {**rows, **values, "organization": fixed(name)}
    for label in ("matching.need", "zones.resource"):
        base = f"/office/{label.replace('.', '/')}/"
        keys = [str(fixed(name)) for name in (*HIDDEN[label], "nothing")]
        for key in keys:
            yield from ((f"{base}{key}/steps/{step}/", {}) for step in ("open", "withdraw", "retire", "confirm"))
            yield f"{base}{key}/change/", {"version": 1}
            yield f"{base}{key}/matches/dismiss/", {"resource": key, "reason": "other"}
            for part in ("shortlist", "add", "note", "score-again", "take-off", "push"):
                named = {"resource": key, "hand-resource": key, "shortlisting": key}
                yield f"{base}{key}/matches/{part}/", named
        for name in (*HIDDEN["matching.exchange"], "nothing"):
            exchange = f"/office/matching/exchange/{fixed(name)}/"
            yield "/office/matching/exchange/board/move/", {"exchange": fixed(name), "version": 1, "step": "accept"}
            values = {"version": 1, "reason": "price", "side": "need"}
            parts = ("panels/accept", "panels/decline", "panels/give-up", "steps/recall", "contact")
            yield from ((f"{exchange}{part}/", values) for part in parts)
        for action in ("open_chosen", "retire_chosen", "delete_selected"):
            yield base, {"action": action, "_selected_action": [f"{key}:1" for key in keys]}


def questions(client: Client, world: World) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    """Everything that is asked, in order, under a name of its own: pages first, then forms."""
    yield from ((url, url, None) for url in addresses(client, world))
    more = *event_posts(HIDDEN["matching.event"]), *ledger_posts(HIDDEN["notifications.delivery"])
    for number, (url, values) in enumerate((*posts(world), *more)):
        yield f"POST {number} {url}", url, values


def read_all(client: Client, world: World, wanted: Wanted, part: int | None = None) -> Answers:
    """The answers to all that is wanted, or to one of its parts, which are dealt out in turn."""
    answers = {}
    for number, (name, url, values) in enumerate(filter(lambda asked: wanted(asked[1]), questions(client, world))):
        if part in (None, number % PARTS_OF_THE_COMPARISON):
            response = client.get(url) if values is None else client.post(url, values, follow=True)
            answers[name] = (response.status_code, body_of(response))
    return answers


def changes(world: World, client: Client, wanted: Wanted = lambda url: True, part: int | None = None) -> list[str]:
    """The wanted addresses whose answer changed when East hid more."""
    show(world)
    before = read_all(client, world, wanted, part)
    hide_more(world)
    after = read_all(client, world, wanted, part)
    assert before.keys() == after.keys()
    return [url for url in before if before[url] != after[url]]


@pytest.mark.parametrize("part", range(PARTS_OF_THE_COMPARISON))
def test_what_cy_may_not_see_changes_nothing_that_cy_gets(world: World, browse: Browse, part: int) -> None:
    assert changes(world, browse(world.cy), part=part) == []


def test_the_same_changes_are_seen_by_ana(world: World, browse: Browse) -> None:
    """Else the comparison would be blind."""
    places = ("/office/", "/office/matching/need/", "/office/zones/resource/", "/office/accounts/user/")
    changed = changes(world, browse(world.ana), lambda url: url in places or "term=东方" in url)
    assert set(places) <= set(changed)
    assert any("autocomplete" in url for url in changed)


def test_what_is_hidden_answers_as_if_it_were_not_there(world: World, browse: Browse) -> None:
    show(world)
    hide_more(world)
    client = browse(world.cy)
    for label, names in HIDDEN.items():
        for name in names:
            url = f"/office/{label.replace('.', '/')}/{fixed(name)}/change/"
            nothing = f"/office/{label.replace('.', '/')}/{fixed('nothing')}/change/"
            assert client.get(url).status_code == 404, name
            assert body_of(client.get(url)) == body_of(client.get(nothing))


def _all_rows(model: Any, principal: Any) -> Any:
    return model._default_manager.all()


def papers_of(client: Client, need: Need) -> dict[str, str]:
    """What stands in every paper of a need, in each of its forms."""
    read: dict[str, Callable[[bytes], str]] = {"/": bytes.decode, ".docx": words_of_docx, ".pdf": words_of_pdf}
    return {
        f"{paper}{ending}": words(body_of(client.get(f"/office/matching/need/{need.public_id}/{paper}{ending}")))
        for paper in ("report", "card", "signing-card")
        for ending, words in read.items()
    }


def changed_papers(world: World, client: Client, patch: pytest.MonkeyPatch) -> list[str]:
    """The papers of Cy's own need that changed when East hid more; the time they print stands still."""
    patch.setattr(backoffice.papers.pages, "clock", lambda: datetime(2026, 9, 1, 9, 30, tzinfo=UTC))
    show(world)
    need = Need.plain.get(public_id=fixed("own-need"))
    make_match(need, Resource.plain.get(public_id=fixed("shown-resource")), facts=make_facts(0.5))
    before = papers_of(client, need)
    hide_more(world)
    after = papers_of(client, need)
    assert all(need.title_zh in words for words in before.values())
    return [name for name in before if before[name] != after[name]]


def test_papers_tell_nothing_of_what_is_hidden(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    assert changed_papers(world, browse(world.cy), monkeypatch) == []


def test_papers_would_tell_it_without_their_guard(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backoffice.results, "visible_rows", _all_rows)
    assert {"report/", "report.docx", "report.pdf"} <= set(changed_papers(world, browse(world.cy), monkeypatch))


Break = Callable[[pytest.MonkeyPatch], None]


def _lists_are_unscoped(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(backoffice.base, "visible_rows", _all_rows)


def _choices_are_unscoped(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(backoffice.rows, "visible_rows", _all_rows)
    patch.setattr(backoffice.rows, "_CHOICES", {})


def _every_lookup_is_allowed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(backoffice.base.ScopedModelAdmin, "lookup_allowed", _allow)


def _allow(self: Any, lookup: str, value: str, request: Any) -> bool:
    return True


def _everybody_is_on_every_side(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(backoffice.base, "is_on_own_side", lambda row, principal: True)


def _histories_name_everybody(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(backoffice.hanging, "visible_rows", _all_rows)


def _own_counts_count_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(backoffice.index, "own_rows", _all_rows)


def _divided_accounts_are_everybody_s(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(telling, "_of_accounts", lambda principal, zones: Q(user__staff_roles__zone__in=zones))


@pytest.mark.parametrize(
    ("take_away", "where"),
    [
        (_lists_are_unscoped, "/office/matching/need/"),
        (_choices_are_unscoped, "field_name=organization&term=东方"),
        (_every_lookup_is_allowed, LEAK),
        (_everybody_is_on_every_side, f"/office/matching/need/{fixed('shown-need')}/change/"),
        (_own_counts_count_all, "/office/"),
        (_histories_name_everybody, f"/office/matching/need/{fixed('own-need')}/history/"),
        (_lists_are_unscoped, "/office/matching/matchrun/"),
        (_divided_accounts_are_everybody_s, "/office/notifications/delivery/"),
    ],
)
def test_the_comparison_goes_red_without_a_guard(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch, take_away: Break, where: str
) -> None:
    take_away(monkeypatch)
    assert changes(world, browse(world.cy), lambda url: url.endswith(where))


def test_no_page_shows_an_integer_key(world: World, browse: Browse) -> None:
    """Keys in pages are random; sequential ones would tell how many hidden rows there are."""
    make_need(organization=world.enterprise, id=987_654_001, public_id=fixed("need"))
    make_resource(organization=world.enterprise, id=987_654_002, public_id=fixed("resource"))
    client = browse(world.ana)
    for url in (
        "/office/matching/need/",
        f"/office/matching/need/{fixed('need')}/change/",
        f"/office/matching/need/{fixed('need')}/matches/",
        f"/office/matching/need/{fixed('need')}/history/",
        "/office/zones/resource/",
        f"/office/zones/resource/{fixed('resource')}/change/",
    ):
        response = client.get(url)
        assert response.status_code == 200, url
        assert "987654" not in response.content.decode().replace(",", ""), url
