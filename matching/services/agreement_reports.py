"""What came of the promises of an agreement: what a report must be, and how reports of a file are taken back."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from matching.agreement_choices import AgreementState as State
from matching.models import Agreement, AgreementCommitment
from matching.services.agreement_states import keeps, parties_of, speaks_for
from matching.services.cooperation_states import past_day
from zones.errors import IllegalTransition, InvalidInput, NotAllowed
from zones.scoping import Principal
from zones.services.base import clean_text, save_next_version, tell, validated

EVIDENCE_AT_LEAST: Final = 4
REASON: Final = "promises of an agreement that is locked by who may report on it"


def check_report(
    principal: Principal, row: Agreement, promise: AgreementCommitment, *, actual: Decimal, reported_on: date,
    evidence: str,
) -> None:  # fmt: skip
    """Put a report onto a promise; nothing is stored. Raises InvalidInput, NotAllowed, IllegalTransition
    for a draft.
    """
    if row.state in (State.DRAFT, State.DROPPED):
        raise IllegalTransition(_("协议尚未生效：生效后再填报承诺的进展。"))
    must_answer_for(principal, row, promise)
    promise.evidence_zh = clean_text("evidence", evidence)
    if len(promise.evidence_zh) < EVIDENCE_AT_LEAST:
        message = _("请写明凭证的名称与编号（至少 %(count)d 个字）。")
        raise InvalidInput.single("evidence", message % {"count": EVIDENCE_AT_LEAST})
    promise.actual = actual
    promise.reported_on = past_day("reported_on", reported_on, not_before=row.valid_from)
    validated(promise)


def must_answer_for(principal: Principal, row: Agreement, promise: AgreementCommitment) -> None:
    party = next(one for one in parties_of(row) if one.position == promise.party_position)
    if not (keeps(principal, row) or speaks_for(principal, party)):
        raise NotAllowed(_("只能填报本方的承诺：请由承诺方或协议的登记方填报。"))


@transaction.atomic
def take_back_reports(principal: Principal, row: Agreement, before: Mapping[int, Mapping[str, Any]]) -> None:
    """The promises say again what they said before a file, by position; the caller has locked the agreement, which
    nobody has changed since. Raises NotAllowed.
    """
    for promise in AgreementCommitment.objects.unscoped(reason=REASON).filter(agreement=row).order_by("position"):
        said = before.get(promise.position, {})
        if any(getattr(promise, name) != value for name, value in said.items()):
            must_answer_for(principal, row, promise)
            for name, value in said.items():
                setattr(promise, name, value)
            validated(promise).save(update_fields=["actual", "reported_on", "evidence_zh", "reporter"])
    tell(save_next_version(row), "agreement.reports_taken_back")
