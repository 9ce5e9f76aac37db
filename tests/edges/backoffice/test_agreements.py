"""Framework agreements in the back office: drafted with a document, put in force, read by all parties, renewed."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from matching.agreement_choices import AgreementState as State
from matching.models import Agreement, AgreementCommitment, AgreementDocument
from tests.agreements import PDF, make_agreement, make_commitment
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, body_of
from tests.edges.backoffice.test_cooperations import rows_of
from zones.scoping import today

LIST = "/office/matching/agreement/"


def form_of(world: World, **fields: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "zone": world.east.public_id, "kind": "framework", "title_zh": "协同创新合作框架协议", "scopes": ["research"],
        "dimension": "innovation",
        "valid_from": "2026-11-01", "valid_to": "2027-10-31", "signed_on": "2026-10-30",
    }  # fmt: skip
    promise = {"party_position": 2, "what_zh": "开放机时", "target": "100", "unit": "小时", "due_on": today()}
    parties = ({"zone": world.east.public_id}, {"zone": world.west.public_id})
    return values | fields | rows_of("parties", *parties) | rows_of("commitments", promise)


def send(client: Client, row: Agreement, name: str, kind: str = "panels", **values: Any) -> str:
    row.refresh_from_db()
    answer = client.post(f"{LIST}{row.public_id}/{kind}/{name}/", {"version": row.version, **values}, follow=True)
    row.refresh_from_db()
    return answer.content.decode()


def test_an_agreement_is_drafted_put_in_force_reported_on_and_renewed(world: World, browse: Browse) -> None:
    ana, bo = browse(world.ana), browse(world.bo)
    assert "两者选一" in ana.post(f"{LIST}add/", form_of(world, zone="")).content.decode()
    file = SimpleUploadedFile("协议.pdf", PDF)
    text = ana.post(f"{LIST}add/", form_of(world, file=file), follow=True).content.decode()
    row = Agreement.plain.get()
    assert row.dimension == "innovation"
    assert "生效前只有登记方可见" in text
    assert AgreementDocument.plain.get().sha256 == row.document_sha256
    assert bo.get(f"{LIST}{row.public_id}/change/").status_code == 404
    assert "协议已生效" in send(ana, row, "in-force", kind="steps")
    read = bo.get(f"{LIST}{row.public_id}/change/").content.decode()
    assert all(word in read for word in ("协议.pdf", row.document_sha256, "开放机时", "2027-10-31"))
    assert "提前终止" not in read
    saved = bo.get(f"{LIST}{row.public_id}/documents/{AgreementDocument.plain.get().public_id}/")
    assert (saved.content, saved["Content-Disposition"].startswith("attachment")) == (PDF, True)
    done: dict[str, Any] = {"position": 1, "actual": "120", "reported_on": today(), "evidence": "机时记录 11 月"}
    assert "进展已填报" in send(bo, row, "report", **done)
    assert AgreementCommitment.plain.get().is_kept
    assert "续签草稿已生成" in send(ana, row, "renew", valid_from="2027-11-01", valid_to="2028-10-31")
    renewal = Agreement.plain.get(renews=row)
    assert ana.get(f"{LIST}{renewal.public_id}/change/").status_code == 200
    assert "草稿已作废" in send(ana, renewal, "drop", kind="steps")
    assert "协议已终止" in send(ana, row, "end", ended_on=today(), reason="mutual")
    assert row.state == State.ENDED


def test_a_file_that_is_none_comes_back_with_what_was_typed(world: World, browse: Browse) -> None:
    file = SimpleUploadedFile("a.pdf", b"MZ")
    text = browse(world.ana).post(f"{LIST}add/", form_of(world, file=file)).content.decode()
    assert "不能上传这种文件" in text
    assert "协同创新合作框架协议" in text
    assert not Agreement.plain.exists()


def test_the_list_is_narrowed_by_scope_and_expiry_and_is_a_file(world: World, browse: Browse) -> None:
    row = make_agreement(world.east, world.west, valid_to=today(), scopes=["talent"])
    make_commitment(row)
    client = browse(world.bo)
    for query, is_there in (
        ("expires=30", True),
        ("scope=talent", True),
        ("scope=finance", False),
        ("state=draft", False),
    ):
        assert (row.title_zh in client.get(f"{LIST}?{query}").content.decode()) == is_there, query
    table = body_of(client.get(f"{LIST}export/csv/?scope=talent")).decode()
    assert all(word in table for word in ("人才交流", "0/1", row.document_sha256, str(world.west)))
    assert row.title_zh not in body_of(browse(world.cy).get(f"{LIST}export/csv/")).decode()
    assert row.title_zh not in browse(world.secretariat).get(LIST).content.decode()
