"""Dismissals: the side of a need takes a resource off its matches, and may take that back."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ledger.events import record_event
from matching.choices import DismissalReason, Grade, NeedState
from matching.engine.material import fingerprint_of_need, fingerprint_of_resource
from matching.models import Dismissal, Need
from matching.services.labels import record_label, withdraw_label
from matching.services.pairs import label_of, locked_pair, locked_resource
from matching.services.runs import start_delta
from matching.services.shortlists import take_off_dismissed
from matching.snapshot import dismissed_resources, read_need_facts, read_resource_facts
from matching.surroundings import read_need_context
from zones.errors import Conflict, InvalidInput
from zones.models import Resource
from zones.scoping import Principal, today
from zones.services.base import clean_text, editable_or_error, validated

SAYS_NOTHING_OF_FIT = (DismissalReason.KNOWN, DismissalReason.COMPETITOR)
"""Reasons outside what is asked and offered: who knows or rivals whom teaches nothing about scores."""


@transaction.atomic
def dismiss_pair(principal: Principal, *, need_id: int, resource_id: int, reason: str, note: str = "") -> Dismissal:
    """Never match the two again until a side changes materially; a shortlisted pair leaves the shortlist. Raises
    NotFound, NotAllowed, InvalidInput, and Conflict where the pair is dismissed already or the resource was merged.
    """
    resource = locked_resource(principal, pk=resource_id)
    need = editable_or_error(Need, principal, pk=need_id)
    if reason not in DismissalReason.values:
        raise InvalidInput.single("reason", _("请从列表中选择排除原因。"))
    _end_a_lapsed_one(principal, need, resource)
    dismissal = Dismissal(
        need=need,
        resource=resource,
        reason=reason,
        note=clean_text("note", note),
        dismissed_by_id=principal.user_id,
        **_state_of(need, resource),
    )
    validated(dismissal).save()
    if reason not in SAYS_NOTHING_OF_FIT:
        record_label(principal, **label_of(dismissal), grade=Grade.UNSUITABLE)
    take_off_dismissed(principal, need=need, resource=resource)
    _tell(dismissal, "pair.dismissed")
    return dismissal


@transaction.atomic
def restore_pair(principal: Principal, *, dismissal_id: int) -> Dismissal:
    """Take a dismissal back: the pair is matched again. Raises NotFound, and Conflict where somebody was faster."""
    dismissal = locked_pair(Dismissal, principal, pk=dismissal_id)
    if dismissal.ended_at is not None:
        raise Conflict(_("该排除已被撤销：请刷新页面。"))
    _end(principal, dismissal)
    _tell(dismissal, "pair.restored")
    return dismissal


def standing_dismissals(principal: Principal, *, need_id: int) -> list[Dismissal]:
    """Dismissals of a need that still keep their pair apart, newest first, as far as the principal may see them."""
    standing = dismissed_resources([need_id], on=today()).get(need_id, ())
    rows = Dismissal.objects.visible_to(principal).filter(need_id=need_id, ended_at__isnull=True)
    return list(rows.filter(resource_id__in=standing).select_related("resource").order_by("-pk"))


def _end_a_lapsed_one(principal: Principal, need: Need, resource: Resource) -> None:
    earlier = Dismissal.objects.editable_by(principal).filter(need=need, resource=resource, ended_at__isnull=True)
    found = earlier.first()
    if found is None:
        return
    if resource.pk in dismissed_resources([need.pk], on=today()).get(need.pk, ()):
        raise Conflict(_("该推荐已被排除：如需恢复，请在“已排除的资源”中撤销。"))
    _end(principal, found)


def _end(principal: Principal, dismissal: Dismissal) -> None:
    dismissal.ended_at, dismissal.ended_by_id = Now(), principal.user_id
    dismissal.save(update_fields=["ended_at", "ended_by"])
    dismissal.refresh_from_db(fields=["ended_at"])
    withdraw_label(principal, **label_of(dismissal))


def _state_of(need: Need, resource: Resource) -> dict[str, int | str]:
    """Versions and material fingerprints of both sides as they are now."""
    (need_facts,), (resource_facts,) = (
        read_need_facts([need.pk], context=read_need_context(on=today())),
        read_resource_facts([resource.pk], on=today()),
    )
    return {
        "need_version": need.version,
        "resource_version": resource.version,
        "need_fingerprint": fingerprint_of_need(need_facts),
        "resource_fingerprint": fingerprint_of_resource(resource_facts),
    }


def _tell(dismissal: Dismissal, kind: str) -> None:
    """The outbox row, and a run of the need if it is open: its places go to others at once."""
    payload = {
        "need": str(dismissal.need.public_id),
        "resource": str(dismissal.resource.public_id),
        "reason": dismissal.reason,
    }
    record_event(kind, object_type="matching.dismissal", public_id=dismissal.public_id, payload=payload)
    if dismissal.need.state == NeedState.OPEN:
        start_delta([dismissal.need_id], reason=kind)
