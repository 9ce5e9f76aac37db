"""Following changes ends where matching everything anew would: the same candidates to the last byte, whatever was
edited.
"""

import random
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db.models import F

from matching.choices import ExchangeState, NeedState
from matching.engine.records import TermStatistics, encode_resource
from matching.models import (
    LIVE,
    Booking,
    CandidateList,
    Dismissal,
    Exchange,
    Match,
    MatchRun,
    Need,
    NeedDocument,
    ResourceDocument,
)
from matching.services import open_needs, watch
from matching.services.dismissals import dismiss_pair, restore_pair
from matching.services.needs import pause_need, update_need
from matching.services.places_booked import hold_place, release_place
from matching.services.runs import request_full_run, start_delta
from matching.services.statistics import latest_statistics
from matching.services.steps import work_until_idle
from matching.services.watch import look, needs_concerned_by, pending_needs
from matching.snapshot import dismissed_resources, read_needs, read_resource_facts
from tests.builders import make_association, make_grant, make_need, make_resource
from tests.conftest import World
from tests.exchanges import make_exchange
from tests.matching.conftest import make_market, make_wafer_inspection
from zones.choices import AssociationKind, Visibility
from zones.errors import Conflict
from zones.models import Membership, Resource
from zones.scoping import SYSTEM, today
from zones.services.resources import retire_resource, update_resource

pytestmark = pytest.mark.django_db(transaction=True)
TOPICS = ("激光焊接", "氮化镓外延片", "纳米银膏", "显示面板", "物联网传感器")
Edit = Callable[[random.Random, World], object]


def candidates() -> list[tuple[object, ...]]:
    """The live candidates of all open needs."""
    lists = CandidateList.objects.filter(run=F("need__live_result__run"), need__state=NeedState.OPEN)
    columns = (
        "need_id",
        "need_version",
        "resource_ids",
        "resource_versions",
        "parts",
        "scores",
        "rank_values",
        "facts",
    )
    return [
        tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
        for row in lists.order_by("need_id").values_list(*columns)
    ]


def documents() -> dict[int, bytes]:
    """What the engine reads of every resource."""
    return {row.pk: bytes(row.packed) for row in ResourceDocument.objects.all()}


def documents_anew() -> dict[int, bytes]:
    """The same, made from its facts of now."""
    return {facts.id: encode_resource(facts) for facts in read_resource_facts(sorted(documents()), on=today())}


def settle() -> None:
    """Work off what was asked for, then look and work until nothing is out of date."""
    work_until_idle()
    while look() is not None:
        work_until_idle()


def match_everything_anew() -> None:
    """All open needs in one run, from their facts: no document of a need, no cache, the same statistics."""
    NeedDocument.objects.all().delete()
    needs = Need.objects.unscoped(reason="a test matches all").filter(state=NeedState.OPEN)
    start_delta(list(needs.values_list("pk", flat=True)), reason="all anew")
    work_until_idle()


def some_need(chance: random.Random) -> Need:
    needs: list[Need] = list(Need.objects.visible_to(SYSTEM).filter(state=NeedState.OPEN).order_by("pk"))
    return chance.choice(needs)


def some_resource(chance: random.Random) -> Resource:
    resources: list[Resource] = list(Resource.objects.visible_to(SYSTEM).filter(status="active").order_by("pk"))
    return chance.choice(resources)


def edit_need(chance: random.Random, world: World) -> None:
    need = some_need(chance)
    text = f"改为寻求{chance.choice(TOPICS)}的检测与开发。"
    update_need(SYSTEM, need_id=need.pk, version=need.version, summary_zh=text)


def edit_resource(chance: random.Random, world: World) -> None:
    resource = some_resource(chance)
    text = f"改做{chance.choice(TOPICS)}的检测与中试。"
    update_resource(SYSTEM, resource_id=resource.pk, version=resource.version, description_zh=text)


def add_need(chance: random.Random, world: World) -> None:
    topic = chance.choice(TOPICS)
    make_need(zone=world.east, organization=world.enterprise, title_zh=f"{topic}攻关", summary_zh=f"求{topic}检测。")


def add_resource(chance: random.Random, world: World) -> None:
    topic = chance.choice(TOPICS)
    make_resource(
        zone=world.west,
        organization=world.laboratory,
        name_zh=f"{topic}新平台{chance.random()}",
        description_zh=f"{topic}检测。",
    )


def retire(chance: random.Random, world: World) -> None:
    retire_resource(SYSTEM, resource_id=some_resource(chance).pk, version=None)


def pause(chance: random.Random, world: World) -> None:
    pause_need(SYSTEM, need_id=some_need(chance).pk)


def limit_sharing(chance: random.Random, world: World) -> None:
    resource = some_resource(chance)
    make_grant(resource, valid_from=today() - timedelta(days=1))
    update_resource(SYSTEM, resource_id=resource.pk, version=resource.version, qualification="限定共享范围")


def leave_the_alliance(chance: random.Random, world: World) -> None:
    """Who is near whom is read anew for the needs that are matched; all others wait for the next full run."""
    Membership.objects.filter(zone=world.east).update(left_on=today())
    request_full_run(SYSTEM, reason="memberships")


def dismiss(chance: random.Random, world: World) -> None:
    """Take the best of some need off its matches."""
    found = Match.objects.visible_to(SYSTEM).filter(LIVE, need__state=NeedState.OPEN)
    pairs = list(found.order_by("need_id", "rank").values_list("need_id", "resource_id"))
    if pairs:
        need, resource = chance.choice(pairs)
        if resource not in dismissed_resources([need], on=today()).get(need, ()):
            dismiss_pair(SYSTEM, need_id=need, resource_id=resource, reason="capability")


def a_dismissal(chance: random.Random) -> Dismissal | None:
    found = list(Dismissal.objects.visible_to(SYSTEM).filter(ended_at__isnull=True).order_by("pk"))
    return chance.choice(found) if found else None


def restore(chance: random.Random, world: World) -> None:
    if dismissal := a_dismissal(chance):
        restore_pair(SYSTEM, dismissal_id=dismissal.pk)


def change_what_was_dismissed(chance: random.Random, world: World) -> None:
    """A material change, or one that is not: the note of a price."""
    if dismissal := a_dismissal(chance):
        days, note = chance.choice([(chance.randint(1, 60), ""), (None, f"面议{chance.random()}")])
        update_resource(SYSTEM, resource_id=dismissal.resource_id, version=None, lead_time_days=days, price_note=note)


def book(chance: random.Random, world: World) -> None:
    """Take a place of a resource for some need, while there is one."""
    need, resource = some_need(chance), some_resource(chance)
    is_free = not Exchange.objects.visible_to(SYSTEM).filter(need=need, resource=resource).exists()
    with suppress(Conflict):
        if is_free:
            hold_place(make_exchange(need, resource, state=ExchangeState.CONSENT_PENDING))


def give_back(chance: random.Random, world: World) -> None:
    held = Booking.objects.visible_to(SYSTEM).filter(released_at__isnull=True).order_by("pk")
    if bookings := list(held):
        release_place(chance.choice(bookings).exchange)


EDITS: tuple[Edit, ...] = (
    edit_need, edit_resource, add_need, add_resource, retire, pause, limit_sharing, leave_the_alliance,
    dismiss, restore, change_what_was_dismissed, book, give_back,
)  # fmt: skip
OF_PLACES: tuple[Edit, ...] = (book, book, book, give_back, edit_need)
OF_DISMISSALS: tuple[Edit, ...] = (dismiss, dismiss, restore, change_what_was_dismissed, edit_need)


@pytest.mark.parametrize(
    ("edits", "seed"), [(EDITS, 0), (EDITS, 1), (EDITS, 2), (OF_DISMISSALS, 3), (OF_DISMISSALS, 4), (OF_PLACES, 5)]
)
def test_following_random_edits_ends_where_matching_all_anew_would(
    world: World, run_all: Callable[[], MatchRun], edits: tuple[Edit, ...], seed: int
) -> None:
    make_market(world, needs=10, resources=70)
    run_all()
    chance = random.Random(seed)
    for _round in range(4):
        for edit in chance.choices(edits, k=3):
            edit(chance, world)
        settle()
    followed = candidates()
    assert documents() == documents_anew()
    match_everything_anew()
    assert len(followed) >= 5
    assert followed == candidates()


def test_a_dismissed_pair_is_apart_until_the_resource_changes_materially_and_no_document_says_so(
    world: World, need: Need, fitting: Resource, run_all: Callable[[], MatchRun]
) -> None:
    run_all()
    needs_concerned_by([fitting.pk])
    document = NeedDocument.objects.get(pk=need.pk)
    dismiss_pair(SYSTEM, need_id=need.pk, resource_id=fitting.pk, reason="capability")
    settle()
    assert (listed(need), NeedDocument.objects.get(pk=need.pk).packed) == ([], document.packed)
    update_resource(SYSTEM, resource_id=fitting.pk, version=None, price_note="面议")
    settle()
    assert listed(need) == []
    update_resource(SYSTEM, resource_id=fitting.pk, version=None, lead_time_days=3)
    settle()
    assert listed(need) == [fitting.pk]


def test_a_run_of_one_need_leaves_the_changes_of_resources_to_the_watch(
    world: World, need: Need, fitting: Resource, run_all: Callable[[], MatchRun]
) -> None:
    other = make_need(
        zone=world.east, organization=world.enterprise, title_zh="氮化镓外延片缺陷检测二", summary_zh=need.summary_zh
    )
    run_all()
    update_resource(SYSTEM, resource_id=fitting.pk, version=None, qualification="复检合格", lead_time_days=3)
    start_delta([need.pk], reason="manual")
    settle()
    lists = CandidateList.objects.filter(run=F("need__live_result__run")).order_by("need_id")
    assert list(lists.values_list("need_id", "resource_versions")) == [(need.pk, [2]), (other.pk, [2])]


def listed(need: Need) -> list[int]:
    """The live candidates of a need."""
    found: list[int] = CandidateList.objects.get(need=need, run=F("need__live_result__run")).resource_ids
    return found


def test_a_zone_that_joins_an_alliance_meets_what_is_shared_there(
    world: World, need: Need, run_all: Callable[[], MatchRun]
) -> None:
    circle = make_association(world.west, slug="circle", name_zh="西部圈", kind=AssociationKind.ALLIANCE)
    shared = make_wafer_inspection(world, "圈内共享检测", diameter_mm=200, visibility=Visibility.ASSOCIATION)
    make_grant(shared, scope="association", association=circle)
    run_all()
    assert not Match.objects.visible_to(SYSTEM).filter(need=need, resource=shared).exists()
    Membership.objects.create(zone=world.east, association=circle, joined_on=today())
    update_need(SYSTEM, need_id=need.pk, version=need.version, summary_zh="再次寻求外延片缺陷检测。")
    settle()
    assert Match.objects.visible_to(SYSTEM).filter(need=need, resource=shared).exists()


def test_documents_of_needs_give_the_same_table_as_their_facts(world: World, run_all: Callable[[], MatchRun]) -> None:
    make_market(world, needs=4, resources=1)
    run_all()
    ids = list(NeedDocument.objects.order_by("pk").values_list("pk", flat=True))
    from_documents = read_needs(ids, on=today())
    NeedDocument.objects.all().delete()
    from_facts = read_needs(ids, on=today())
    assert len(ids) == 4
    assert from_documents.tokens.words.tobytes() == from_facts.tokens.words.tobytes()


def test_a_document_of_another_context_is_not_read(world: World, need: Need, run_all: Callable[[], MatchRun]) -> None:
    run_all()
    scope = f"association:{world.alliance.pk}"
    assert scope in read_needs([need.pk], on=today()).details_of(0)["scopes"]
    Membership.objects.filter(zone=world.east).delete()
    assert NeedDocument.objects.filter(pk=need.pk).exists()
    assert scope not in read_needs([need.pk], on=today()).details_of(0)["scopes"]


def test_a_look_that_is_rolled_back_is_forgotten(
    world: World, need: Need, fitting: Resource, run_all: Callable[[], MatchRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    settle()
    needs_concerned_by([fitting.pk])
    update_resource(SYSTEM, resource_id=fitting.pk, version=fitting.version, qualification="复检合格")
    late = make_need(
        zone=world.east, organization=world.enterprise, title_zh="氮化镓外延片缺陷检测二", summary_zh=need.summary_zh
    )

    def fails(*_ids: object, **_more: object) -> MatchRun:
        raise RuntimeError("no room for a run")

    with monkeypatch.context() as patch:
        patch.setattr(watch, "start_delta", fails)
        with pytest.raises(RuntimeError, match="no room"):
            look()
    update_need(SYSTEM, need_id=late.pk, version=late.version, title_zh="碳化硅衬底缺陷检测")
    settle()
    assert pending_needs() == []
    assert kept_titles() == {need.pk: need.title_zh, late.pk: "碳化硅衬底缺陷检测"}


def test_what_is_kept_follows_edits_and_closing(
    world: World, need: Need, fitting: Resource, run_all: Callable[[], MatchRun]
) -> None:
    other = make_need(zone=world.east, organization=world.enterprise, title_zh="纳米银膏烧结", summary_zh="求烧结。")
    run_all()
    assert set(kept_titles()) == {need.pk, other.pk}
    update_need(SYSTEM, need_id=need.pk, version=need.version, title_zh="氮化镓外延片检测新题")
    pause_need(SYSTEM, need_id=other.pk)
    settle()
    assert kept_titles() == {need.pk: "氮化镓外延片检测新题"}
    assert open_needs.ids_of(open_needs.open_needs(statistics())).tolist() == [need.pk]


def test_a_process_that_watches_decodes_a_need_once(
    world: World, need: Need, fitting: Resource, run_all: Callable[[], MatchRun]
) -> None:
    run_all()
    needs_concerned_by([fitting.pk])
    before = [segment.needs for segment in open_needs.open_needs(statistics())]
    needs_concerned_by([fitting.pk])
    after = [segment.needs for segment in open_needs.open_needs(statistics())]
    assert len(before) >= 1
    assert all(one is other for one, other in zip(before, after, strict=True))


def statistics() -> TermStatistics:
    found = latest_statistics()
    assert found is not None
    return found


def kept_titles() -> dict[int, str]:
    """Titles of the open needs as this process keeps them."""
    return {
        int(segment.needs.id[row]): segment.needs.details_of(int(row))["title"].strip()
        for segment in open_needs.open_needs(statistics())
        for row in segment.is_current.nonzero()[0]
    }
