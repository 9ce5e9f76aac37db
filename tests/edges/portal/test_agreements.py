"""Framework agreements of a member's organization in the portal and through the API: read, and reported on."""

from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from accounts.models import User
from matching.agreement_choices import AgreementState as State
from matching.models import AgreementCommitment
from tests.agreements import PDF, make_agreement, make_commitment
from tests.conftest import World
from zones.scoping import today

ClientOf = Callable[[User | None], Client]


def test_a_member_reads_an_agreement_and_reports_on_its_own_promise(world: World, client_of: ClientOf) -> None:
    row = make_agreement(world.east, world.laboratory, valid_to=today() + timedelta(3))
    make_commitment(row, party_position=2)
    make_commitment(row, position=2, what_zh="联合招引人才")
    lin, page = client_of(world.lin), f"/my/agreements/{row.public_id}/"
    listed = lin.get("/my/agreements/?state=in_force").content.decode()
    assert all(word in listed for word in (row.title_zh, "还有 3 天到期", "人才交流", str(world.east)))
    text = lin.get(page).content.decode()
    assert text.count("联合招引人才") == 1
    assert "协议.pdf" in text
    file = lin.get(f"{page}documents/{row.documents.get().public_id}/")
    assert (file.content, "sandbox" in file["Content-Security-Policy"]) == (PDF, True)
    said = {"actual": "5", "reported_on": today(), "evidence": "活动台账 3 号"}
    for position, status in ((2, 400), (1, 302)):
        named = {f"report-{name}": value for name, value in {**said, "position": position}.items()}
        assert lin.post(page, {"step": "report", "version": row.version, **named}).status_code == status
    assert list(AgreementCommitment.plain.order_by("position").values_list("actual", flat=True)) == [5, None]
    assert "活动台账 3 号" in lin.get(page).content.decode()
    told = lin.get(f"/api/v1/agreements/{row.public_id}/").json()
    assert [one["is_kept"] for one in told["commitments"]] == [True, False]
    assert (told["parties"][1]["name"], told["documents"][0]["sha256"]) == (
        world.laboratory.name_zh,
        row.document_sha256,
    )
    assert lin.get("/api/v1/agreements/?scope=talent&state=in_force").json()["results"][0]["title_zh"] == row.title_zh
    assert lin.get("/api/v1/agreements/?scope=finance").json()["results"] == []


def test_drafts_and_what_others_have_signed_are_not_there(world: World, client_of: ClientOf) -> None:
    draft = make_agreement(world.east, world.enterprise, state=State.DRAFT)
    others = make_agreement(world.east, world.west)
    eve = client_of(world.eve)
    for row in (draft, others):
        assert eve.get(f"/my/agreements/{row.public_id}/").status_code == 404
        assert eve.get(f"/api/v1/agreements/{row.public_id}/").status_code == 404
    assert draft.title_zh not in eve.get("/my/agreements/").content.decode()
    assert client_of(world.cy).get("/my/agreements/").status_code == 404
