"""The same Idempotency-Key is one effect and one answer (P9), also from many connections at once and after a crash."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

import ledger.answers
from ledger.models import KeptAnswer, OutboxEvent
from matching.models import Need
from notifications.retention import sweep
from tests.builders import make_resource
from tests.conftest import World, build_world
from tests.edges.test_api_writing import Writer, need_body, path_of, resource_body, writer
from zones.models import Resource, StaffRole

AT_ONCE = 6


def test_the_same_key_is_one_effect_and_one_answer(world: World) -> None:
    eve = writer(world.eve)
    first, second = (eve.post("needs/", need_body(world), idempotency_key="k-1") for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    for header in ("ETag", "Location", "Content-Type"):
        assert first[header] == second[header]
    assert ("Idempotency-Replayed" in first, second["Idempotency-Replayed"]) == (False, "true")
    assert Need.plain.count() == 1
    assert OutboxEvent.objects.filter(kind="need.drafted").count() == 1


def test_the_order_of_fields_and_quotes_around_a_key_make_no_other_request(world: World) -> None:
    eve, body = writer(world.eve), need_body(world)
    eve.post("needs/", body, idempotency_key="k-1")
    again = eve.post("needs/", dict(reversed(body.items())), idempotency_key='"k-1"')
    assert (again.status_code, Need.plain.count()) == (201, 1)


def test_another_body_or_place_under_the_same_key_is_a_422(world: World) -> None:
    eve = writer(world.eve)
    eve.post("needs/", need_body(world), idempotency_key="k-1")
    for path, body in (("needs/", need_body(world, wanted_partners=7)), ("resources/", resource_body(world))):
        answer = eve.post(path, body, idempotency_key="k-1")
        assert (answer.status_code, answer.json()["type"]) == (422, "urn:zonelink:idempotency_key_reused")
    assert (Need.plain.count(), Resource.plain.count()) == (1, 0)


def test_a_key_is_its_user_s(world: World) -> None:
    eve, ana = writer(world.eve), writer(world.ana)
    first = eve.post("needs/", need_body(world), idempotency_key="k-1")
    second = ana.post("needs/", need_body(world), idempotency_key="k-1")
    assert first.json()["public_id"] != second.json()["public_id"]


def test_a_step_that_was_taken_is_not_taken_again(world: World) -> None:
    row = make_resource(organization=world.enterprise)
    eve, path = writer(world.eve), f"{path_of(row)}retire/"
    tag = eve.tag(path_of(row))
    first, second = (eve.post(path, if_match=tag, idempotency_key="k-1") for _ in range(2))
    assert (first.status_code, second.status_code, second.content) == (200, 200, first.content)
    assert eve.post(path, if_match=tag, idempotency_key="k-2").status_code == 412
    assert eve.post(path, if_match=eve.tag(path_of(row)), idempotency_key="k-1").status_code == 422


def test_what_failed_is_not_kept(world: World) -> None:
    eve = writer(world.eve)
    assert eve.post("needs/", need_body(world, trl_have=9, trl_need=1), idempotency_key="k-1").status_code == 400
    assert not KeptAnswer.objects.exists()
    assert eve.post("needs/", need_body(world), idempotency_key="k-1").status_code == 201


def test_who_may_see_it_no_more_gets_it_no_more(world: World) -> None:
    eve = writer(world.eve)
    eve.post("needs/", need_body(world, visibility="zone", association=None), idempotency_key="k-1")
    StaffRole.plain.filter(user=world.eve).delete()
    again = eve.post("needs/", need_body(world, visibility="zone", association=None), idempotency_key="k-1")
    assert again.status_code == 404


def test_who_may_see_it_but_not_change_it_any_more_is_not_told_what_its_own_side_reads(world: World) -> None:
    eve, body = writer(world.eve), resource_body(world, visibility="public")
    told = eve.post("resources/", body, idempotency_key="k-1").json()
    StaffRole.plain.filter(user=world.eve).delete()
    assert eve.client.get(f"/api/v1/resources/{told['public_id']}/").json()["grants"] == []
    assert eve.post("resources/", body, idempotency_key="k-1").status_code == 404


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "ä", "a b", '"'])
def test_a_key_that_is_none_is_a_400(world: World, key: str) -> None:
    answer = writer(world.eve).post("needs/", need_body(world), idempotency_key=key)
    if key == '"':
        assert answer.status_code == 201
    else:
        assert (answer.status_code, answer.json()["type"]) == (400, "urn:zonelink:bad_idempotency_key")


def test_after_two_days_a_key_is_free_and_its_row_is_tidied(world: World) -> None:
    eve = writer(world.eve)
    eve.post("needs/", need_body(world), idempotency_key="k-1")
    eve.post("needs/", need_body(world), idempotency_key="k-2")
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=49))
    answer = eve.post("needs/", need_body(world, wanted_partners=7), idempotency_key="k-1")
    assert (answer.status_code, Need.plain.count()) == (201, 3)
    assert {due.rule.name: due.rows for due in sweep()}["kept_answers"] == 1
    assert KeptAnswer.objects.count() == 1


def test_what_is_kept_says_neither_the_key_nor_who_in_words(world: World) -> None:
    writer(world.eve).post("needs/", need_body(world), idempotency_key="my-order-number")
    assert "my-order-number" not in str(KeptAnswer.objects.values().get())


def at_once(clients: list[Writer], ask: Callable[[Writer], Any]) -> list[Any]:
    """All answers of requests sent at the same time, each on a connection of its own."""
    start = threading.Barrier(len(clients))

    def one(client: Writer) -> Any:
        try:
            start.wait(timeout=30)
            return ask(client)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as threads:
        return list(threads.map(one, clients))


@pytest.mark.django_db(transaction=True)
def test_many_at_once_have_one_effect() -> None:
    world = build_world()
    for number in range(5):
        body, key = need_body(world, title_zh=f"并发需求第{number}号"), f"k-{number}"
        clients = [writer(world.eve) for _ in range(AT_ONCE)]
        answers = at_once(clients, lambda client: client.post("needs/", body, idempotency_key=key))  # noqa: B023
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
        for answer in answers:
            if answer.status_code == 409:
                assert (answer.json()["type"], answer["Retry-After"]) == ("urn:zonelink:request_under_way", "1")
        assert Need.plain.count() == number + 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_there_would_be_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard is taken away: the same race is then answered by a fault, or has more than one effect."""
    world = build_world()
    monkeypatch.setattr(ledger.answers, "_is_alone", lambda key_hash: True)
    clients = [writer(world.eve) for _ in range(AT_ONCE)]
    for client in clients:
        client.client.raise_request_exception = False
    answers = at_once(clients, lambda client: client.post("needs/", need_body(world), idempotency_key="k"))
    assert {answer.status_code for answer in answers} - {201, 409}


class Crash(BaseException):
    """What a killed process does not live to handle."""


def dies_at(point: str) -> Callable[[str], None]:
    def pass_or_die(name: str) -> None:
        if name == point:
            raise Crash

    return pass_or_die


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", ["answer.before_kept", "answer.kept"])
def test_a_crash_loses_effect_and_answer_or_neither(monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    world = build_world()
    eve = writer(world.eve)
    with monkeypatch.context() as patched:
        patched.setattr(ledger.answers, "crash_point", dies_at(point))
        with pytest.raises(Crash):
            eve.post("needs/", need_body(world), idempotency_key="k")
    assert (Need.plain.count(), KeptAnswer.objects.count()) == (0, 0)
    assert not OutboxEvent.objects.filter(kind="need.drafted").exists()
    assert eve.post("needs/", need_body(world), idempotency_key="k").status_code == 201
    assert (Need.plain.count(), KeptAnswer.objects.count()) == (1, 1)
