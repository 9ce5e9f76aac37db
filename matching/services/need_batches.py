"""Many needs of people at once: rights, checks and constraints as of single writes, for all together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from matching.models import Need
from matching.services.leaks import Names, check_leaks, names_of
from matching.services.needs import (
    NO_PARTS,
    NeedParts,
    check_need,
    check_ready,
    enter_open,
    metric_rows,
    must_open_unreviewed,
    write_all_children,
)
from zones.errors import InvalidInput
from zones.scoping import Principal
from zones.services.base import check_fields, errors_of, must_all_be_editable, tell_all
from zones.services.bulk import insert_many
from zones.services.codes import check_all_codes


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
