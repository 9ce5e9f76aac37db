"""On the page of its matches the side of a need dismisses a resource with a reason, and takes that back."""

import pytest

from matching.models import Dismissal, Match
from tests.builders import make_match, make_need, make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse


@pytest.fixture
def match(world: World) -> Match:
    """A need of East with a resource of West."""
    return make_match(make_need(organization=world.enterprise), make_resource(organization=world.laboratory))


def page(match: Match, part: str = "") -> str:
    return f"/office/matching/need/{match.need.public_id}/matches/{part}"


def test_ana_dismisses_with_a_reason_and_restores(world: World, browse: Browse, match: Match) -> None:
    client = browse(world.ana)
    assert "不合适，不再推荐" in client.get(page(match)).content.decode()
    posted = {"resource": match.resource.public_id, "reason": "competitor", "note": "同行"}
    told = client.post(page(match, "dismiss/"), posted, follow=True)
    assert "已排除：" in told.content.decode()
    assert told.context["matches"] == []
    dismissal = Dismissal.plain.get()
    assert (dismissal.reason, dismissal.note, dismissal.dismissed_by) == ("competitor", "同行", world.ana)
    assert "存在竞争关系 · 同行" in told.content.decode()
    back = client.post(page(match, "restore/"), {"dismissal": dismissal.public_id}, follow=True)
    assert [item["match"] for item in back.context["matches"]] == [match]
    assert back.context["dismissed"] == []


def test_a_missing_reason_is_told_and_nothing_stored(world: World, browse: Browse, match: Match) -> None:
    told = browse(world.ana).post(page(match, "dismiss/"), {"resource": match.resource.public_id}, follow=True)
    assert "请从列表中选择排除原因" in told.content.decode()
    assert not Dismissal.plain.exists()


@pytest.mark.parametrize("person", ["bo", "cy", "auditor", "secretariat"])
def test_nobody_else_may_dismiss_or_is_offered_to(world: World, browse: Browse, match: Match, person: str) -> None:
    client = browse(getattr(world, person))
    assert "不合适，不再推荐" not in client.get(page(match)).content.decode()
    client.post(page(match, "dismiss/"), {"resource": match.resource.public_id, "reason": "other"})
    assert not Dismissal.plain.exists()


@pytest.mark.parametrize("key", ["", "1", "\x00", "0b8e7a52-0f0b-4f6e-9c55-0d3c5a1b2c3d"])
def test_a_key_nobody_gave_out_is_a_404(world: World, browse: Browse, match: Match, key: str) -> None:
    client = browse(world.ana)
    assert client.post(page(match, "dismiss/"), {"resource": key, "reason": "other"}).status_code == 404
    assert client.post(page(match, "restore/"), {"dismissal": key}).status_code == 404
