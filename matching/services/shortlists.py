"""The shortlist of a need: its side puts pairs on it, takes them off, and hands them to the zones of the resources."""

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from ledger.events import record_event
from matching.choices import Grade, NeedState
from matching.models import Need, Push, Shortlisting
from matching.services.labels import record_label, withdraw_label
from matching.services.pair_facts import computed_facts, live_facts, must_not_conflict
from matching.services.pairs import label_of, locked_pair, locked_resource
from matching.snapshot import dismissed_resources
from zones.errors import Conflict
from zones.models import Resource
from zones.scoping import Principal, staff_of, today
from zones.services.base import clean_text, editable_or_error, validated

SHORTLISTED_AT_MOST = 30
REASON = "the need was checked; whoever of its side pushes is told that it is done, seen by them or not"


@transaction.atomic
def shortlist_pair(
    principal: Principal, *, need_id: int, resource_id: int, note: str = "", by_hand: bool = False
) -> Shortlisting:
    """Put a resource on the need's shortlist: one that is proposed, or any the principal may see, `by_hand`.

    Raises NotFound, NotAllowed, InvalidInput; Conflict where it stands there, was dismissed or is not proposed, or
    where the two must not be brought together.
    """
    resource = locked_resource(principal, pk=resource_id)
    need = editable_or_error(Need, principal, pk=need_id)
    _must_be_free(principal, need, resource)
    told = live_facts(principal, need, resource)
    if told is None and not by_hand:
        raise Conflict(_("该资源已不在推荐之列：请用“人工添加”。"))
    kept = told or computed_facts(principal, need, resource)
    row = Shortlisting(
        need=need,
        resource=resource,
        is_by_hand=told is None,
        note=clean_text("note", note),
        added_by_id=principal.user_id,
        **kept._asdict(),
    )
    validated(row).save()
    row.refresh_from_db(fields=["added_at"])
    record_label(principal, **label_of(row), grade=Grade.SUITABLE)
    _tell(row, "pair.shortlisted")
    return row


@transaction.atomic
def take_off(principal: Principal, *, shortlisting_id: int) -> Shortlisting:
    """Take a pair off the shortlist. Raises NotFound, and Conflict where somebody was faster."""
    row = _locked_standing(principal, shortlisting_id)
    _end(principal, row)
    return row


@transaction.atomic
def change_note(principal: Principal, *, shortlisting_id: int, note: str, seen: str | None = None) -> Shortlisting:
    """Write another note beside a standing pair. `seen` is the note the caller read. Raises NotFound, InvalidInput;
    Conflict where the pair was taken off or somebody wrote another note since.
    """
    row = _locked_standing(principal, shortlisting_id)
    if seen is not None and row.note != seen:
        raise Conflict(_("备注已被他人修改：请刷新后核对，再次保存。"))
    row.note = clean_text("note", note)
    validated(row).save(update_fields=["note"])
    _tell(row, "pair.noted")
    return row


@transaction.atomic
def score_again(principal: Principal, *, shortlisting_id: int) -> Shortlisting:
    """Keep beside a standing pair what the engine says of both sides as they are now. Raises NotFound; Conflict where
    the pair was taken off, the two must not be brought together any more, or nothing can be computed yet.
    """
    row = _locked_standing(principal, shortlisting_id)
    told = live_facts(principal, row.need, row.resource) or computed_facts(principal, row.need, row.resource)
    for name, value in told._asdict().items():
        setattr(row, name, value)
    validated(row).save(update_fields=list(told._fields))
    _tell(row, "pair.scored_again")
    return row


def _locked_standing(principal: Principal, shortlisting_id: int) -> Shortlisting:
    row = locked_pair(Shortlisting, principal, pk=shortlisting_id)
    if row.ended_at is not None:
        raise Conflict(_("该资源已移出入围：请刷新页面。"))
    return row


def take_off_dismissed(principal: Principal, *, need: Need, resource: Resource) -> None:
    """Within the transaction of a dismissal: what is dismissed is not shortlisted any more."""
    standing = Shortlisting.objects.editable_by(principal).filter(need=need, resource=resource, ended_at__isnull=True)
    row = standing.select_related("need", "resource").first()
    if row is not None:
        _end(principal, row)


@transaction.atomic
def push_pair(principal: Principal, *, shortlisting_id: int) -> Push:
    """Hand a shortlisted pair to the zone of its resource, once per version of the need.

    Raises NotFound; Conflict where the need is not open, where that zone may not see it, where the pair was pushed
    already, or where the two must not be brought together any more.
    """
    row = _locked_standing(principal, shortlisting_id)
    need, resource = row.need, row.resource
    _must_reach(need, resource)
    pushes = Push.objects.unscoped(reason=REASON).filter(need=need, resource=resource, need_version=need.version)
    if pushes.exists():
        raise Conflict(_("需求的当前版本已推送过该资源，无需重复推送；需求修改后可再次推送。"))
    must_not_conflict(principal, need, resource)
    push = Push(need=need, resource=resource, need_version=need.version, pushed_by_id=principal.user_id)
    validated(push).save()
    push.refresh_from_db(fields=["pushed_at"])
    pair = {"need": str(need.public_id), "resource": str(resource.public_id), "need_version": need.version}
    record_event("match.pushed", object_type="matching.push", public_id=push.public_id, payload=pair)
    return push


def shortlisted(principal: Principal, *, need_id: int) -> list[Shortlisting]:
    """The standing shortlist of a need, in the order in which it grew, as far as the principal may see it."""
    rows = Shortlisting.objects.visible_to(principal).filter(need_id=need_id, ended_at__isnull=True)
    return list(rows.select_related("need", "resource__zone", "added_by", "config").order_by("pk"))


def _must_be_free(principal: Principal, need: Need, resource: Resource) -> None:
    standing = Shortlisting.objects.editable_by(principal).filter(need=need, ended_at__isnull=True)
    if standing.filter(resource=resource).exists():
        raise Conflict(_("该资源已入围：可在入围列表中修改备注。"))
    if standing.count() >= SHORTLISTED_AT_MOST:
        raise Conflict(_("入围最多 %(count)d 个：请先移出不再考虑的资源。") % {"count": SHORTLISTED_AT_MOST})
    if resource.pk in dismissed_resources([need.pk], on=today()).get(need.pk, ()):
        raise Conflict(_("该资源已被排除：请先在“已排除的资源”中恢复，再列入入围。"))


def _must_reach(need: Need, resource: Resource) -> None:
    """Who is handed a pair must be able to read the need."""
    if need.state != NeedState.OPEN:
        raise Conflict(_("需求未开放对接，不能推送：请先开放对接。"))
    if not Need.objects.visible_to(staff_of(resource.zone_id)).filter(pk=need.pk).exists():
        raise Conflict(_("资源所在园区看不到本需求，推送不会送达：请先扩大需求的可见范围，或线下联系。"))


def _end(principal: Principal, row: Shortlisting) -> None:
    row.ended_at, row.ended_by_id = Now(), principal.user_id
    row.save(update_fields=["ended_at", "ended_by"])
    row.refresh_from_db(fields=["ended_at"])
    withdraw_label(principal, **label_of(row))
    _tell(row, "pair.taken_off")


def _tell(row: Shortlisting, kind: str) -> None:
    pair = {"need": str(row.need.public_id), "resource": str(row.resource.public_id), "is_by_hand": row.is_by_hand}
    record_event(kind, object_type="matching.shortlisting", public_id=row.public_id, payload=pair)
