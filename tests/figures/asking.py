"""How tests of figures ask and what they ask of."""

from datetime import date
from decimal import Decimal
from typing import Any

from figures.answering import Answer, answer
from figures.questions import question
from matching.models import ContractRegistration, TechContract
from tests.builders import plain_create
from tests.cooperations import make_contract
from zones.models import Organization
from zones.scoping import SYSTEM


def ask(figure: str, **asked: Any) -> Answer:
    return answer(question(figure, **{"reader": SYSTEM} | asked))


def value(figure: str, **asked: Any) -> Any:
    return ask(figure, **asked).value


def register(
    seller: Organization,
    buyer: Organization,
    amount: str,
    on: date,
    *,
    number: int = 0,
    traded: str = "",
    **fields: Any,
) -> TechContract:
    """A contract in the register since a day."""
    sides = {f"{name}_region": side.zone and side.zone.region for name, side in (("seller", seller), ("buyer", buyer))}
    contract = make_contract(
        seller, buyer, total_amount=amount, traded_amount=traded or amount, signed_on=fields.pop("signed_on", on),
        submitted_on=on, registered_on=on, registration_number=f"{number:016d}", state="registered",
        **sides, **fields,
    )  # fmt: skip
    version(contract, 1, "first", amount, on, traded=traded)
    return contract


def version(contract: TechContract, number: int, kind: str, amount: str, on: date, *, traded: str = "") -> None:
    plain_create(
        ContractRegistration,
        {
            "contract": contract, "number": number, "kind": kind, "registered_on": on, "total_amount": Decimal(amount),
            "traded_amount": Decimal(traded or amount), "contract_type": contract.contract_type,
            "registration_number": contract.registration_number,
        },
    )  # fmt: skip
