"""G3: technology contracts of 2023 and 2024. Sellers sit in Zhongguancun; the buyer of one that goes to Beijing carries
a minus. Each trap stands in its row.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from figures.golden.cast import MADE_UP, Cast, table
from figures.units import in_yuan
from matching.choices import ContractEnd
from matching.models import TechContract
from matching.services.contracts import (
    cancel_contract,
    change_registration,
    record_contract,
    register_contract,
    submit_contract,
)
from zones.models import Organization
from zones.scoping import SYSTEM

SELLER: Final = "zgc"
NUMBER: Final = "99{year}0000{no:06d}"
Row = dict[str, str]


def load(cast: Cast) -> int:
    rows = table("contracts")
    for row in rows:
        _contract(cast, row)
    return len(rows)


def _contract(cast: Cast, row: Row) -> None:
    seller, buyer = _sides(cast, row["buyer"])
    registered_on = date.fromisoformat(row["registered_on"])
    contract = record_contract(
        SYSTEM, is_sample=True, zone=seller.zone, title_zh=f"示例技术合同 {registered_on.year}-{row['no']}",
        contract_type=row["type"], seller_organization=seller, buyer_organization=buyer,
        total_amount=in_yuan(row["amount"], row["unit"]), traded_amount=in_yuan(row["traded"], row["unit"]),
        signed_on=date.fromisoformat(row["signed_on"]),
    )  # fmt: skip
    submit_contract(SYSTEM, contract_id=contract.pk, version=None, submitted_on=date.fromisoformat(row["submitted_on"]))
    number = NUMBER.format(year=registered_on.year, no=int(row["no"]))
    register_contract(
        SYSTEM, contract_id=contract.pk, version=None, registered_on=registered_on, registration_number=number
    )
    _afterwards(contract, row)


def _sides(cast: Cast, buyer: str) -> tuple[Organization, Organization]:
    own = cast.institute(SELLER)
    if buyer.startswith("-"):
        return cast.institute(buyer.removeprefix("-")), own
    return own, cast.enterprise(buyer)


def _afterwards(contract: TechContract, row: Row) -> None:
    """What the register has seen later."""
    if row["then"] == "change":
        amount = in_yuan(row["then_amount"], row["unit"])
        change_registration(
            SYSTEM, contract_id=contract.pk, version=None, changed_on=date.fromisoformat(row["then_on"]),
            reason=MADE_UP, total_amount=amount, traded_amount=min(amount, Decimal(contract.traded_amount)),
        )  # fmt: skip
    elif row["then"] == "cancel":
        cancel_contract(
            SYSTEM, contract_id=contract.pk, version=None, cancelled_on=date.fromisoformat(row["then_on"]),
            reason=ContractEnd.DISSOLVED, words=MADE_UP,
        )  # fmt: skip
