"""The buttons above a need: from draft through review to open, and what a stale page may not do."""

import pytest

from matching.models import Need
from tests.builders import make_need
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.edges.backoffice.test_writing import change_url

pytestmark = pytest.mark.django_db


def test_steps_submit_recall_open_pause_and_withdraw(world: World, browse: Browse) -> None:
    need = make_need(organization=world.enterprise, state="draft", author=world.ana, review_zone=world.west)
    client = browse(world.ana)
    steps = ("submit", "recall"), ("submitted", "draft")
    for step, state in zip(*steps, strict=True):
        client.post(f"/office/matching/need/{need.public_id}/steps/{step}/", {"version": need.version})
        need.refresh_from_db()
        assert need.state == state
    refused = client.post(f"/office/matching/need/{need.public_id}/steps/open/", {"version": need.version})
    assert refused.status_code == 404, "a draft is opened by its review"
    Need.plain.filter(pk=need.pk).update(state="paused")
    for step, state in (("open", "open"), ("pause", "paused"), ("withdraw", "withdrawn")):
        client.post(f"/office/matching/need/{need.public_id}/steps/{step}/", {"version": need.version})
        need.refresh_from_db()
        assert need.state == state
    seen = client.get(f"/office/matching/need/{need.public_id}/steps/open/")
    assert seen["Location"] == change_url(need), "a reload shows the record"


def test_a_step_on_a_changed_record_does_nothing_and_says_so(world: World, browse: Browse) -> None:
    need = make_need(organization=world.enterprise, state="draft", version=5)
    url = f"/office/matching/need/{need.public_id}/steps/submit/"
    told = browse(world.ana).post(url, {"version": 4}, follow=True).content.decode()
    assert "记录已被他人修改" in told
    need.refresh_from_db()
    assert need.state == "draft"
