"""The states of framework agreements: which follows which, who keeps one, who speaks for a party, and the one function
that moves one on.
"""

from datetime import date
from typing import Final

from django.db.models import Q
from django.utils.translation import gettext as _

from matching.agreement_choices import AgreementState as State
from matching.models import Agreement, AgreementParty, AgreementStep
from zones import scoping
from zones.errors import IllegalTransition, NotAllowed
from zones.scoping import Principal, today
from zones.services.base import clean_text, editable_or_error, expect_version, save_next_version, tell, validated

TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    State.DROPPED: frozenset({State.DRAFT}),
    State.IN_FORCE: frozenset({State.DRAFT}),
    State.EXPIRED: frozenset({State.IN_FORCE}),
    State.ENDED: frozenset({State.IN_FORCE}),
    State.RENEWED: frozenset({State.IN_FORCE, State.EXPIRED}),
}
"""target state → states it may be entered from."""
REASON = "the agreement was found by its own rule; its parts are read to know who acts for whom"


def locked_agreement(principal: Principal, *, agreement_id: int, version: int | None) -> Agreement:
    """The agreement, locked for a step. Raises NotFound, NotAllowed, Conflict where it has changed since."""
    agreement = editable_or_error(Agreement, principal, pk=agreement_id)
    expect_version(agreement, version)
    return agreement


def keeps(principal: Principal, agreement: Agreement) -> bool:
    """Whether the principal keeps the record: staff of its zone, or the secretariat of its association."""
    return _is_one_of(agreement, scoping.keeping(principal))


def must_keep(principal: Principal, agreement: Agreement) -> None:
    """Raises NotAllowed for whoever is only a party."""
    if not keeps(principal, agreement):
        raise NotAllowed(_("协议由登记的高新区或联盟维护：请联系登记方；您可以填报本方承诺的进展。"))


def parties_of(agreement: Agreement) -> list[AgreementParty]:
    """All parties, in their order."""
    rows = AgreementParty.objects.unscoped(reason=REASON).filter(agreement=agreement)
    return list(rows.select_related("zone", "association", "organization"))


def speaks_for(principal: Principal, party: AgreementParty) -> bool:
    """Whether the principal speaks for a party: staff of a zone for it and its organizations, a secretariat for its
    association, members for their organization.
    """
    zone = party.zone_id or (party.organization.zone_id if party.organization else None)
    return (
        principal.is_system
        or zone in principal.staff_zones
        or party.association_id in principal.secretariats
        or party.organization_id in principal.organizations
    )


def move(
    principal: Principal,
    agreement: Agreement,
    target: State,
    *,
    on_day: date | None = None,
    reason: str = "",
    words: str = "",
) -> Agreement:
    """Move a locked agreement on: its row, its step, and the outbox row. Raises IllegalTransition, InvalidInput."""
    before, said = agreement.state, clean_text("words", words)
    if before not in TRANSITIONS[target]:
        message = _("协议现为“%(now)s”，不能转为“%(target)s”：请刷新后再看。")
        raise IllegalTransition(message % {"now": agreement.get_state_display(), "target": target.label})
    agreement.state = target
    save_next_version(validated(agreement))
    validated(step_of(principal, agreement, before=before, on_day=on_day, reason=reason, words=said)).save()
    tell(agreement, f"agreement.{target}", reason=reason)
    return agreement


def step_of(
    principal: Principal,
    agreement: Agreement,
    *,
    before: str,
    on_day: date | None = None,
    reason: str = "",
    words: str = "",
) -> AgreementStep:
    """The row of a transition that has just been made, to be saved with it."""
    return AgreementStep(
        agreement=agreement, from_state=before, to_state=agreement.state, on_day=on_day or today(),
        user_id=principal.user_id, reason=reason, words_zh=words,
    )  # fmt: skip


def _is_one_of(agreement: Agreement, rule: Q) -> bool:
    return bool(Agreement.objects.unscoped(reason=REASON).filter(rule, pk=agreement.pk).exists())
