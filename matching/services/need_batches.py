"""Many needs of people at once: rights, checks and constraints as of single writes, for all together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from matching.choices import NeedState
from matching.models import Need, NeedMetric
from matching.services.leaks import Names, check_leaks, names_of
from matching.services.needs import (
    NO_PARTS,
    NeedParts,
    check_need,
    check_ready,
    enter,
    enter_open,
    metric_rows,
    must_open_unreviewed,
    write_all_children,
)
from zones.errors import IllegalTransition, InvalidInput
from zones.scoping import Principal, associations_of, today
from zones.services.base import check_fields, errors_of, must_all_be_editable, tell_all
from zones.services.batches import BATCH, Moved, Report, overwrite
from zones.services.bulk import insert_many
from zones.services.children import replace_all_children
from zones.services.codes import check_all_codes

WRITABLE: Final = frozenset({NeedState.DRAFT, NeedState.RETURNED})
"""States in which many needs at once may be changed: nobody else works with them."""


@dataclass(frozen=True, slots=True)
class NeedDraft:
    """A new need with what hangs on it."""

    need: Need
    with_parts: NeedParts = NO_PARTS


@transaction.atomic
def open_drafts(principal: Principal, drafts: Sequence[NeedDraft]) -> None:
    """What `draft_need` and `open_need` do, for many in a few statements. Raises InvalidInput naming need and field,
    NotAllowed; then nothing is stored.
    """
    must_open_unreviewed(principal)
    needs = [draft.need for draft in drafts]
    check_all_codes(needs)
    for draft in drafts:
        with errors_of(draft.need):
            _open(principal, draft)
    _check_all_leaks(drafts)
    insert_many(Need, needs)
    must_all_be_editable(Need, principal, [need.pk for need in needs])
    write_all_children([(draft.need, draft.with_parts) for draft in drafts])
    tell_all(needs, "need.opened")


def _open(principal: Principal, draft: NeedDraft) -> None:
    draft.need.author_id = principal.user_id
    check_need(draft.need)
    check_ready(draft.need, has_metrics=bool(draft.with_parts.metrics))
    check_fields(draft.need, exclude={"opened_at"})
    enter_open(draft.need)


def _check_all_leaks(drafts: Sequence[NeedDraft]) -> None:
    """Tell every need that tells whose it is, by its number: its title may be what must not be repeated."""
    names: Names = names_of({draft.need.organization_id for draft in drafts})
    errors: dict[str, list[str]] = {}
    for position, draft in enumerate(drafts, start=1):
        try:
            with errors_of(draft.need.external_id or f"{Need._meta.verbose_name} {position}"):
                check_leaks(draft.need, metric_rows(draft.with_parts), names=names)
        except InvalidInput as error:
            errors |= error.errors
    if errors:
        raise InvalidInput(errors)


def lock_drafts(principal: Principal, versions: Mapping[int, int]) -> dict[int, Need]:
    """Needs being written, locked in the order of their ids, with their metrics. Raises Moved where a version is
    another or the row out of reach, IllegalTransition for needs that others work with.
    """
    rows = Need.objects.editable_by(principal).filter(pk__in=list(versions)).select_related("organization")
    locked = rows.order_by("pk").select_for_update(of=("self",), no_key=True)
    found = {need.pk: need for need in locked.prefetch_related("metrics")}
    moved = [pk for pk, version in versions.items() if pk not in found or found[pk].version != version]
    if moved:
        raise Moved(moved)
    if any(need.state not in WRITABLE for need in found.values()):
        raise IllegalTransition(_("只有草稿和退回修改的需求可以成批修改：请逐条处理其他需求。"))
    return found


@transaction.atomic
def write_drafts(principal: Principal, drafts: Sequence[NeedDraft], *, report: Report | None = None) -> None:
    """What `draft_need` and `update_need` do, for many needs of one zone that are new or locked by `lock_drafts` and
    changed. Raises InvalidInput naming need and field, NotAllowed; then nothing is stored. `report` is told how many
    are done.
    """
    check_all_codes([draft.need for draft in drafts])
    associations = associations_of(frozenset(draft.need.zone_id for draft in drafts), on=today())
    for draft in drafts:
        with errors_of(draft.need):
            check_need(draft.need, associations=associations)
            check_fields(draft.need)
    for first in range(0, len(drafts), BATCH):
        batch = drafts[first : first + BATCH]
        _write(principal, batch)
        if report is not None:
            report(first + len(batch))


def _write(principal: Principal, drafts: Sequence[NeedDraft]) -> None:
    new = [draft.need for draft in drafts if draft.need.pk is None]
    changed = [draft.need for draft in drafts if draft.need.pk is not None]
    for need in new:
        need.author_id = principal.user_id
    insert_many(Need, new)
    for need in changed:
        need.version += 1
        need.text_version, need.updated_at = need.version, Now()
    overwrite(Need, changed)
    must_all_be_editable(Need, principal, [draft.need.pk for draft in drafts])
    metrics = [(draft.need, metric_rows(draft.with_parts)) for draft in drafts if draft.with_parts.metrics is not None]
    replace_all_children(metrics, NeedMetric, foreign_key="need")
    tell_all(new, "need.drafted")
    tell_all(changed, "need.updated")


@transaction.atomic
def withdraw_drafts(principal: Principal, needs: Sequence[Need]) -> None:
    """What `withdraw_need` does, for many locked by `lock_drafts`. The numbers of their source are free again: they
    may come in anew.
    """
    for need in needs:
        enter(need, NeedState.WITHDRAWN)
        need.external_id = ""
        need.version += 1
        need.updated_at = Now()
    overwrite(Need, needs)
    must_all_be_editable(Need, principal, [need.pk for need in needs])
    tell_all(needs, "need.withdrawn")
