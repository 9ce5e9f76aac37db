"""Which of the versions the register has seen of a contract stand."""

from collections.abc import Iterable
from typing import Final

from matching.choices import RegistrationKind
from matching.models import ContractRegistration

REASON: Final = "versions of a contract are read for whoever may edit it"


def versions_of(contracts: Iterable[int]) -> dict[int, list[ContractRegistration]]:
    """By contract, the versions that stand, in their order: neither what was taken back nor what was before."""
    rows = ContractRegistration.objects.unscoped(reason=REASON).filter(contract__in=list(contracts))
    found: dict[int, list[ContractRegistration]] = {}
    for row in rows.order_by("contract", "number"):
        standing = found.setdefault(row.contract_id, [])
        if row.kind == RegistrationKind.FIRST:
            standing.clear()
        if row.kind == RegistrationKind.RESTORED:
            standing.pop()
        else:
            standing.append(row)
    return found
