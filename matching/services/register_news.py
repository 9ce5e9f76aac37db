"""What the register has seen of contracts since they were written down, many together: changes, cancellations, and the
taking back of both where a file brought them by mistake. Versions stay; a restored one stands behind each that is void.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from matching.choices import ContractState, RegistrationKind
from matching.models import ContractRegistration, TechContract
from matching.services.contract_versions import versions_of
from matching.services.contracts import (
    cancel_contract,
    change_registration,
    enter,
    must_keep_the_register,
    registration_of,
)
from zones.scoping import Principal
from zones.services.base import errors_of, must_all_be_editable, save_next_version, tell, validated

BEFORE: Final = (
    *("title_zh", "contract_type", "total_amount", "traded_amount"),
    *("state", "cancelled_on", "end_reason", "end_zh"),
)
"""Columns that what the register sees changes."""


@dataclass(frozen=True, slots=True)
class News:
    """A change, a cancellation, or both, in this order; `values` are what a change says anew."""

    values: Mapping[str, Any]
    changed_on: date | None = None
    change_reason: str = ""
    cancelled_on: date | None = None
    end_reason: str = ""
    end_zh: str = ""


@transaction.atomic
def enter_news(principal: Principal, told: Sequence[tuple[TechContract, News]]) -> list[TechContract]:
    """For staff of the registering zone; the caller has locked the rows. Raises what the single steps do; then nothing
    is stored.
    """
    return [_entered(principal, row, news) for row, news in told]


def _entered(principal: Principal, row: TechContract, news: News) -> TechContract:
    with errors_of(row):
        if news.changed_on is not None:
            row = change_registration(
                principal, contract_id=row.pk, version=row.version, changed_on=news.changed_on,
                reason=news.change_reason, **news.values,
            )  # fmt: skip
        if news.cancelled_on is not None:
            row = cancel_contract(
                principal, contract_id=row.pk, version=row.version, cancelled_on=news.cancelled_on,
                reason=news.end_reason, words=news.end_zh,
            )  # fmt: skip
    return row


@transaction.atomic
def restore_contracts(principal: Principal, told: Sequence[tuple[TechContract, Mapping[str, Any]]]) -> None:
    """As they were before a file, changed by nobody since: `BEFORE`, and how many versions stood (`versions`). The
    caller has locked the rows. Raises NotAllowed.
    """
    must_all_be_editable(TechContract, principal, [row.pk for row, _before in told])
    standing = versions_of(row.pk for row, _before in told)
    for row, before in told:
        must_keep_the_register(principal, row)
        for name in BEFORE:
            setattr(row, name, before[name])
        row.state = ContractState(row.state)
        save_next_version(validated(row))
        versions = standing[row.pk]
        while len(versions) > before["versions"]:
            _take_back(principal, row, versions.pop(), versions[-1])
        tell(row, "contract.taken_back")


def _take_back(
    principal: Principal, row: TechContract, void: ContractRegistration, former: ContractRegistration
) -> None:
    restored = registration_of(
        principal, row, RegistrationKind.RESTORED, on=void.registered_on, reason=_("导入已撤销"),
        total=former.total_amount, traded=former.traded_amount,
    )  # fmt: skip
    restored.contract_type, restored.registration_number = former.contract_type, former.registration_number
    enter(restored)
