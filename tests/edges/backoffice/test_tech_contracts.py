"""Technology contracts in the back office: recorded, submitted, registered under a number, changed, cancelled."""

from typing import Any

from matching.choices import ContractState as State
from matching.models import ContractRegistration, TechContract
from tests.builders import make_code
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse

LIST = "/office/matching/techcontract/"
NUMBER = "2026110000000018"


def test_a_contract_goes_from_signature_to_the_register_and_out_of_it(world: World, browse: Browse) -> None:
    make_code("contract_type", "KF-WT", name_zh="委托开发合同")
    bo, posted = browse(world.bo), {
        "zone": world.west.public_id, "title_zh": "外延片检测委托开发", "contract_type": "KF-WT",
        "signed_on": "2026-03-02",
        "seller_organization": world.laboratory.public_id, "buyer_organization": world.enterprise.public_id,
        "total_amount": "1200000", "traded_amount": "1300000",
    }  # fmt: skip
    assert "委托开发合同" in bo.get(f"{LIST}add/").content.decode()
    assert "成交额之间" in bo.post(f"{LIST}add/", posted).content.decode()
    page = bo.post(f"{LIST}add/", posted | {"traded_amount": "900000"}, follow=True).content.decode()
    row = TechContract.plain.get()
    assert "应于" in page
    url = f"{LIST}{row.public_id}/"

    def send(name: str, **values: Any) -> str:
        row.refresh_from_db()
        told: str = bo.post(f"{url}panels/{name}/", {"version": row.version, **values}, follow=True).content.decode()
        row.refresh_from_db()
        return told

    send("submit", submitted_on="2026-03-05")
    assert "16 位" in send("register", registered_on="2026-03-20", registration_number="12")
    assert "按登记日计入统计" in send("register", registered_on="2026-03-20", registration_number=NUMBER)
    assert NUMBER in browse(world.ana).get(f"{url}change/").content.decode()
    assert browse(world.ana).post(f"{url}panels/cancel/", {"version": row.version}).status_code == 404
    assert browse(world.cy).get(f"{url}change/").status_code == 404
    changed = {"total_amount": "1000000", "traded_amount": "800000", "changed_on": "2026-05-06", "reason": "减项"}
    assert "原版次保留" in send("change", **changed)
    assert "已注销" in send("cancel", cancelled_on="2026-07-01", reason="dissolved")
    assert (row.state, ContractRegistration.plain.count()) == (State.CANCELLED, 3)
    assert row.title_zh in bo.get(f"{LIST}?state=cancelled").content.decode()
