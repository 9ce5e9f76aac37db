"""From facts to notices: everybody whom an event concerns is told once, and nobody who may not see it."""

import threading
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from accounts.models import User
from ledger.events import record_event
from ledger.locks import Lock, hold
from ledger.models import ChangeMark
from matching.models import Match, Need
from notifications.choices import Rhythm, Topic, Way
from notifications.inbox import inbox_of, mark_all_read, mark_read, unread_count
from notifications.kinds.registry import ALL, KINDS
from notifications.models import Delivery, Notice, Watch
from notifications.planning import FAILED, SUBJECT, plan
from notifications.showing import shown
from notifications.subscribing import choose, set_times
from tests.builders import make_live, make_match, make_need, make_resource, make_staff, principal_of
from tests.conftest import World
from tests.exchanges import make_exchange
from tests.reviews import make_review
from zones.models import Resource

TOLD = {"need": {"title_zh": "降低光刻胶缺陷"}, "resource": {"name_zh": "缺陷检测平台"}}
INTEREST = "收到合作意向：降低光刻胶缺陷 × 缺陷检测平台"


def told(user: User) -> list[str]:
    """What an account reads, newest first."""
    principal = principal_of(user)
    return [one.told.title if one.told else "" for one in shown(list(inbox_of(principal)), principal)]


def readers(world: World) -> dict[str, list[str]]:
    return {name: titles for name, user in world.people().items() if (titles := told(user))}


@pytest.fixture
def pair(world: World) -> tuple[Need, Resource]:
    need = make_need(organization=world.enterprise, title_zh="降低光刻胶缺陷", visibility="national")
    return need, make_resource(organization=world.laboratory, name_zh="缺陷检测平台", visibility="national")


def ask(pair: tuple[Need, Resource]) -> UUID:
    """The need's side has expressed interest."""
    exchange = make_exchange(*pair, told=TOLD)
    record_event("exchange.interest_sent", object_type="matching.exchange", public_id=exchange.public_id)
    return exchange.public_id


def test_an_interest_is_told_to_the_side_that_is_asked_once(world: World, pair: tuple[Need, Resource]) -> None:
    public_id = ask(pair)
    assert plan() == 2
    assert readers(world) == {"lin": [INTEREST], "bo": [INTEREST]}
    record_event("exchange.interest_sent", object_type="matching.exchange", public_id=public_id)
    assert plan() == 0
    assert Notice.plain.count() == 2


def test_whose_the_need_is_stands_in_no_notice(world: World, pair: tuple[Need, Resource]) -> None:
    ask(pair)
    plan()
    principal = principal_of(world.lin)
    said = str(shown(list(inbox_of(principal)), principal)) + str(list(Notice.plain.values()))
    assert world.enterprise.name_zh not in said


def test_what_is_hidden_after_it_was_told_is_not_read_any_more(world: World, pair: tuple[Need, Resource]) -> None:
    ask(pair)
    plan()
    world.lin.staff_roles.all().delete()
    assert told(world.lin) == [""]
    assert told(world.bo) == [INTEREST]


def test_an_event_that_commits_after_a_later_one_was_planned_is_told_too(world: World) -> None:
    """Marks are taken, not counted: there is no number that could run ahead of it."""
    need = make_need(organization=world.enterprise)
    record_event("need.opened", object_type="matching.need", public_id=need.public_id, version=7)
    held = list(ChangeMark.objects.filter(subject=SUBJECT).values_list("object_id", flat=True))
    ChangeMark.objects.filter(subject=SUBJECT).delete()
    record_event("need.expired", object_type="matching.need", public_id=need.public_id, version=9)
    assert plan() > 0
    ChangeMark.objects.create(subject=SUBJECT, object_id=held[0])
    assert plan() > 0
    assert len(told(world.eve)) == 2


def test_reviewers_are_told_but_not_who_submitted(world: World) -> None:
    colleague = make_staff(world.east, username="colleague")
    need = make_need(organization=world.enterprise, state="submitted", title_zh="待审需求", author=world.ana)
    make_review(need)
    record_event("need.submitted", object_type="matching.need", public_id=need.public_id)
    plan()
    assert told(colleague) == ["需求待审核：待审需求"]
    assert told(world.ana) == [] == told(world.cy)


def test_an_event_that_names_no_record_is_set_aside_and_holds_up_no_other(
    world: World, pair: tuple[Need, Resource]
) -> None:
    record_event("need.review_due", object_type="matching.needreview", public_id=uuid4(), payload={"need": "none"})
    ask(pair)
    assert plan() == 2
    assert ChangeMark.objects.filter(subject=FAILED).count() == 1


def match_of(pair: tuple[Need, Resource], **fields: Any) -> Match:
    match = make_match(need=pair[0], resource=pair[1], is_told=True, **fields)
    make_live(match)
    return match


def publish(match: Match) -> None:
    record_event("run.published", object_type="matching.matchrun", public_id=match.run.public_id)
    plan()


def test_a_new_match_is_told_to_both_sides_and_the_same_pair_not_again(
    world: World, pair: tuple[Need, Resource]
) -> None:
    publish(match_of(pair))
    need_side, resource_side = ["“降低光刻胶缺陷”有 1 个新匹配"], ["“缺陷检测平台”有 1 个新匹配"]
    assert readers(world) == {"ana": need_side, "eve": need_side, "bo": resource_side, "lin": resource_side}
    again = make_match(need=pair[0], resource=pair[1], is_told=True)
    pair[0].live_result.delete()
    make_live(again)
    publish(again)
    assert told(world.eve) == need_side


def test_a_match_is_told_to_the_resource_side_only_where_it_may_see_the_need(world: World) -> None:
    need = make_need(organization=world.enterprise, visibility="zone")
    resource = make_resource(organization=world.laboratory, visibility="national")
    publish(match_of((need, resource)))
    assert set(readers(world)) == {"ana", "eve"}


def test_an_untold_match_is_the_need_side_s_alone(world: World, pair: tuple[Need, Resource]) -> None:
    match = make_match(need=pair[0], resource=pair[1], is_told=False)
    make_live(match)
    publish(match)
    assert set(readers(world)) == {"ana", "eve"}


def test_a_topic_that_is_switched_off_and_a_muted_record_are_silent(world: World, pair: tuple[Need, Resource]) -> None:
    choose(world.lin, topic=Topic.EXCHANGES, way=Way.INBOX, rhythm=Rhythm.OFF)
    ask(pair)
    plan()
    assert set(readers(world)) == {"bo"}
    need = make_need(organization=world.enterprise)
    Watch.plain.create(user=world.eve, object_type="matching.need", object_public_id=need.public_id, is_muted=True)
    record_event("need.expired", object_type="matching.need", public_id=need.public_id)
    plan()
    assert "eve" not in readers(world)


def test_who_follows_a_record_is_told_while_they_may_see_it(world: World) -> None:
    seen = make_resource(organization=world.laboratory, name_zh="公开平台", visibility="public")
    hidden = make_resource(organization=world.laboratory, visibility="zone")
    for resource in (seen, hidden):
        Watch.plain.create(user=world.cy, object_type="zones.resource", object_public_id=resource.public_id)
        record_event("resource.updated", object_type="zones.resource", public_id=resource.public_id, version=2)
    plan()
    assert readers(world) == {"cy": ["关注的资源有更新：公开平台"]}


def mailed(user: User) -> list[Delivery]:
    return list(Delivery.plain.filter(user=user).order_by("pk"))


def test_what_is_urgent_is_mailed_at_once_and_the_rest_as_the_role_brings_it(
    world: World, pair: tuple[Need, Resource]
) -> None:
    User.objects.filter(pk__in=[world.lin.pk, world.bo.pk, world.eve.pk]).update(email="x@example.cn")
    for user in (world.lin, world.bo, world.eve):
        set_times(user, quiet_from=0, quiet_to=0)
    ask(pair)
    publish(match_of(pair))
    assert [len(mailed(user)) for user in (world.lin, world.bo, world.eve, world.ana)] == [1, 1, 0, 0]
    waiting = Notice.plain.filter(rhythm=Rhythm.DAILY, delivery__isnull=True)
    assert set(waiting.values_list("user__username", flat=True)) == {"lin", "bo", "eve"}
    assert mailed(world.lin)[0].dedupe_key == Notice.plain.get(delivery=mailed(world.lin)[0]).dedupe_key


def test_beyond_the_share_of_a_day_mails_wait_for_the_digest(world: World, pair: tuple[Need, Resource]) -> None:
    User.objects.filter(pk=world.lin.pk).update(email="lin@example.cn")
    set_times(world.lin, quiet_from=0, quiet_to=0, most_mails_a_day=1)
    for _number in range(3):
        exchange = make_exchange(*pair, state="recalled", ended_at="2026-01-01T00:00:00Z")
        record_event("exchange.reminded", object_type="matching.exchange", public_id=exchange.public_id)
    plan()
    assert len(mailed(world.lin)) == 1
    assert Notice.plain.filter(user=world.lin, rhythm=Rhythm.DAILY).count() == 2


def test_the_inbox_counts_what_is_unread(world: World, pair: tuple[Need, Resource]) -> None:
    ask(pair)
    plan()
    lin = principal_of(world.lin)
    assert unread_count(lin) == 1
    mark_read(lin, public_id=inbox_of(lin).get().public_id)
    assert (unread_count(lin), mark_all_read(lin), mark_all_read(principal_of(world.bo))) == (0, 0, 1)


def test_every_kind_names_itself_whom_it_tells_and_why() -> None:
    assert len(KINDS) == len(ALL)
    for kind in ALL:
        assert all(str(words) for words in (kind.title, kind.sentence, kind.who, kind.why)), kind.name


@pytest.mark.django_db(transaction=True)
def test_one_plans_one_waits_and_a_third_leaves_at_once() -> None:
    """Whoever waits sees what was written while another planned: a bell that rings then is not lost."""
    inside, go_on, counts = threading.Event(), threading.Event(), {}

    def hold_the_turn() -> None:
        with transaction.atomic():
            hold(Lock.PLAN_NOTICES)
            inside.set()
            go_on.wait(20)
        connection.close()

    def wait_for_it() -> None:
        counts["waited"] = plan()
        connection.close()

    first, second = threading.Thread(target=hold_the_turn), threading.Thread(target=wait_for_it)
    first.start()
    inside.wait(20)
    second.start()
    while not is_waiting():
        pass
    assert plan() == 0
    record_event("account.created", object_type="accounts.user", public_id=uuid4())
    go_on.set()
    first.join(20)
    second.join(20)
    assert counts == {"waited": 0}
    assert not ChangeMark.objects.filter(subject=SUBJECT).exists()


def is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(cursor.fetchone()[0])
