"""Framework agreements: kept by a zone or an association, in force once signed, renewed, ended, or over by their day;
and what has come of what the parties promised.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from matching.agreement_choices import AgreementEnd
from matching.agreement_choices import AgreementState as State
from matching.models import Agreement, AgreementCommitment, AgreementDocument, AgreementParty
from matching.services.agreement_reports import check_report
from matching.services.agreement_states import (
    REASON,
    keeps,
    locked_agreement,
    move,
    must_keep,
    parties_of,
    step_of,
)
from matching.services.cooperation_states import past_day
from matching.services.negotiation_files import clean_name, kind_of
from zones.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import Organization
from zones.scoping import SYSTEM, Principal, today
from zones.services.base import (
    clean_text,
    clean_values,
    constraint_errors,
    must_be_editable,
    save_next_version,
    tell,
    validated,
)
from zones.services.children import replace_children
from zones.services.codes import check_codes

Values = Mapping[str, Any]
WRITTEN: Final = frozenset(
    {"zone", "association", "kind", "title_zh", "title_en", "summary_zh", "scopes", "industry_codes", "dimension"}
    | {"signed_on", "valid_from", "valid_to"}
)
FEWEST_PARTIES: Final = 2
REMIND_BEFORE: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class AgreementParts:
    """What hangs on an agreement; None leaves a list as it is, a list replaces it."""

    parties: Sequence[Values] | None = None
    commitments: Sequence[Values] | None = None


NO_PARTS: Final = AgreementParts()


@transaction.atomic
def draft_agreement(
    principal: Principal, *, with_parts: AgreementParts = NO_PARTS, is_sample: bool = False, **values: Any
) -> Agreement:
    """Begin the record of an agreement; only who keeps it knows it, until it is in force. Raises InvalidInput;
    NotAllowed for who keeps nothing.
    """
    return _begun(principal, Agreement(is_sample=is_sample, author_id=principal.user_id), values, with_parts)


def check_agreement(principal: Principal, *, with_parts: AgreementParts = NO_PARTS, **values: Any) -> None:
    """Raises what `draft_agreement` would, after all its checks and the database's; nothing is stored."""
    with transaction.atomic():
        draft_agreement(principal, with_parts=with_parts, **values)
        transaction.set_rollback(True)


@transaction.atomic
def change_draft(
    principal: Principal, *, agreement_id: int, version: int | None, with_parts: AgreementParts = NO_PARTS,
    **values: Any,
) -> Agreement:  # fmt: skip
    """Change a draft. Raises NotFound, NotAllowed, Conflict, InvalidInput, IllegalTransition once it is in force."""
    row = _locked_draft(principal, agreement_id, version)
    _write(row, values)
    save_next_version(validated(row))
    _write_parts(principal, row, with_parts)
    must_be_editable(row, principal)
    tell(row, "agreement.changed")
    return row


@transaction.atomic
def add_document(
    principal: Principal, *, agreement_id: int, version: int | None, name: str, content: bytes
) -> AgreementDocument:
    """Keep the signed document as it was uploaded; the agreement names its hash from then on. Raises NotFound,
    NotAllowed, Conflict, IllegalTransition, InvalidInput for what is too large or none of the kinds.
    """
    kind = kind_of(content)
    row = _locked_draft(principal, agreement_id, version)
    document = AgreementDocument(
        agreement=row, name=clean_name(name, kind), kind=kind, size=len(content), content=content,
        sha256=sha256(content).hexdigest(), uploader_id=principal.user_id,
    )  # fmt: skip
    validated(document).save()
    row.document_sha256 = document.sha256
    tell(save_next_version(row), "agreement.document_added")
    return document


@transaction.atomic
def put_in_force(principal: Principal, *, agreement_id: int, version: int | None) -> Agreement:
    """It was signed: its parties read it from now on, and what it renews is renewed. Raises NotFound, NotAllowed,
    Conflict, IllegalTransition, InvalidInput without parties, a day of signing or a document.
    """
    row = _locked_draft(principal, agreement_id, version)
    if len(parties_of(row)) < FEWEST_PARTIES:
        raise InvalidInput.single("parties", _("协议至少有两个签署方：请补充签署方。"))
    if row.signed_on is None or not row.document_sha256:
        raise InvalidInput.single("signed_on", _("生效前须填写签署日并上传签署文件。"))
    past_day("signed_on", row.signed_on)
    moved = move(principal, row, State.IN_FORCE, on_day=row.valid_from)
    if row.renews_id is not None:
        before = locked_agreement(SYSTEM, agreement_id=row.renews_id, version=None)
        move(principal, before, State.RENEWED, on_day=row.valid_from)
    return moved


@transaction.atomic
def drop_draft(principal: Principal, *, agreement_id: int, version: int | None) -> Agreement:
    """A draft that comes to nothing. Raises NotFound, NotAllowed, Conflict, IllegalTransition."""
    row = _locked_draft(principal, agreement_id, version)
    row.renews = None
    return move(principal, row, State.DROPPED)


@transaction.atomic
def end_agreement(
    principal: Principal, *, agreement_id: int, version: int | None, ended_on: date, reason: str, words: str = ""
) -> Agreement:
    """It ends before its day, with a coded reason. Raises NotFound, NotAllowed, Conflict, InvalidInput,
    IllegalTransition.
    """
    row = locked_agreement(principal, agreement_id=agreement_id, version=version)
    must_keep(principal, row)
    if reason not in AgreementEnd.values:
        raise InvalidInput.single("reason", _("请从列表中选择原因。"))
    row.ended_on = past_day("ended_on", ended_on)
    row.end_reason, row.end_zh = reason, clean_text("words", words)
    return move(principal, row, State.ENDED, on_day=ended_on, reason=reason, words=words)


@transaction.atomic
def renew_agreement(
    principal: Principal, *, agreement_id: int, version: int | None, valid_from: date, valid_to: date | None = None
) -> Agreement:
    """The draft of what follows an agreement: the same parties and scopes, new days; commitments are made anew. Raises
    NotFound, NotAllowed, Conflict where there is one, InvalidInput, IllegalTransition.
    """
    row = locked_agreement(principal, agreement_id=agreement_id, version=version)
    must_keep(principal, row)
    if row.state not in (State.IN_FORCE, State.EXPIRED):
        message = _("协议现为“%(now)s”，不能续签：请登记新的协议。")
        raise IllegalTransition(message % {"now": row.get_state_display()})
    if Agreement.objects.unscoped(reason=REASON).filter(renews=row).exists():
        raise Conflict(_("已有续签草稿：请在该草稿中继续。"))
    same = {name: getattr(row, name) for name in WRITTEN - {"signed_on"}}
    parties = [_named(party) for party in parties_of(row)]
    made = Agreement(renews=row, is_sample=row.is_sample, author_id=principal.user_id)
    days = {"valid_from": valid_from, "valid_to": valid_to}
    return _begun(SYSTEM if principal.is_system else principal, made, same | days, AgreementParts(parties=parties))


@transaction.atomic
def report_commitment(
    principal: Principal, *, agreement_id: int, version: int | None, position: int, actual: Decimal,
    reported_on: date, evidence: str,
) -> AgreementCommitment:  # fmt: skip
    """What has come of a promise, by who keeps the agreement or speaks for the party that made it. Raises NotFound,
    NotAllowed, Conflict, InvalidInput without evidence, IllegalTransition for a draft.
    """
    row = locked_agreement(principal, agreement_id=agreement_id, version=version)
    rows = AgreementCommitment.objects.visible_to(principal).filter(agreement=row, position=position)
    promise: AgreementCommitment | None = rows.first()
    if promise is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    check_report(principal, row, promise, actual=actual, reported_on=reported_on, evidence=evidence)
    promise.reporter_id = principal.user_id
    promise.save(update_fields=["actual", "reported_on", "evidence_zh", "reporter"])
    tell(save_next_version(row), "agreement.commitment_reported", commitment=str(promise.public_id))
    return promise


def sweep() -> int:
    """End what is over by its day, and tell once of each promise that is due within a week; returns how many."""
    rows = Agreement.objects.unscoped(reason=REASON).filter(state=State.IN_FORCE, valid_to__lt=today())
    over = [_expired(pk) for pk in list(rows.order_by("pk").values_list("pk", flat=True))]
    told = [_told(pk) for pk in list(_waiting().values_list("pk", flat=True))]
    return sum([*over, *told])


def _expired(pk: int) -> bool:
    with suppress(DomainError), transaction.atomic():
        row = locked_agreement(SYSTEM, agreement_id=pk, version=None)
        if row.state == State.IN_FORCE and row.valid_to is not None and row.valid_to < today():
            move(SYSTEM, row, State.EXPIRED, on_day=row.valid_to)
            return True
    return False


def _waiting(**found: Any) -> Any:
    rows = AgreementCommitment.objects.unscoped(reason=REASON).filter(
        agreement__state=State.IN_FORCE, due_on__lte=today() + REMIND_BEFORE, told_on__isnull=True, actual__isnull=True
    )
    return rows.filter(**found).order_by("pk")


def _told(pk: int) -> bool:
    with suppress(DomainError), transaction.atomic():
        found = _waiting(pk=pk).values_list("agreement_id", flat=True).first()
        if found is None:
            return False
        row = locked_agreement(SYSTEM, agreement_id=found, version=None)
        promise = _waiting(pk=pk).select_for_update(of=("self",)).first()
        if promise is None:
            return False
        promise.told_on = today()
        promise.save(update_fields=["told_on"])
        tell(save_next_version(row), "agreement.commitment_due", commitment=str(promise.public_id))
        return True
    return False


def _begun(principal: Principal, row: Agreement, values: Values, with_parts: AgreementParts) -> Agreement:
    _write(row, values)
    validated(row).save()
    row.refresh_from_db(fields=["created_at", "updated_at"])
    if not keeps(principal, row):
        raise NotAllowed(_("您没有在该园区（单位）填报的权限：请选择您所属的园区或单位。"))
    _write_parts(principal, row, with_parts)
    validated(step_of(principal, row, before="")).save()
    tell(row, "agreement.drafted")
    return row


def _write(row: Agreement, values: Values) -> None:
    cleaned = clean_values({name: values[name] for name in values if name in WRITTEN})
    check_codes(cleaned)
    for name, value in cleaned.items():
        setattr(row, name, value)
    if row.signed_on is not None:
        past_day("signed_on", row.signed_on)
    row.scopes = list(dict.fromkeys(row.scopes or []))


def _write_parts(principal: Principal, row: Agreement, parts: AgreementParts) -> None:
    if parts.parties is not None:
        _must_see(principal, parts.parties)
        with constraint_errors(AgreementParty):
            replace_children(row, AgreementParty, foreign_key="agreement", rows=parts.parties)
    if parts.commitments is not None:
        replace_children(row, AgreementCommitment, foreign_key="agreement", rows=parts.commitments)
    most = len(parties_of(row))
    promises = AgreementCommitment.objects.unscoped(reason=REASON).filter(agreement=row)
    if promises.exclude(party_position__range=(1, most)).exists():
        message = _("承诺须由一个签署方作出：请填写签署方的序号，1 至 %(most)d。")
        raise InvalidInput.single("commitments", message % {"most": most})


def _must_see(principal: Principal, rows: Sequence[Values]) -> None:
    named = {row["organization"].pk for row in rows if row.get("organization")}
    if Organization.objects.visible_to(principal).filter(pk__in=named).count() != len(named):
        raise InvalidInput.single("organization", _("所选单位不存在，或您无权查看：请重新选择。"))


def _named(party: AgreementParty) -> dict[str, Any]:
    return {name: getattr(party, name) for name in ("zone", "association", "organization", "name_zh")}


def _locked_draft(principal: Principal, agreement_id: int, version: int | None) -> Agreement:
    row = locked_agreement(principal, agreement_id=agreement_id, version=version)
    must_keep(principal, row)
    if row.state != State.DRAFT:
        message = _("协议现为“%(now)s”，内容不再修改：需要调整的，请续签或登记补充协议。")
        raise IllegalTransition(message % {"now": row.get_state_display()})
    return row
