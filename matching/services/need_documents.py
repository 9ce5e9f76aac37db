"""Documents of needs: derived rows, brought up to date from the change marks, so that a need is tokenised once."""

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet

from ledger.changes import hand_over, take_changes
from matching.choices import NeedState
from matching.engine.records import ENCODING_VERSION, encode_need
from matching.engine.vectors import text_hash, text_of
from matching.models import Need, NeedDocument
from matching.snapshot import read_need_facts
from matching.surroundings import NeedContext, read_need_context
from zones.scoping import today

SUBJECT = "need"
BATCH = 500
STALE_BATCH = 5_000
NOTHING = (b"", b"")


def follow_needs() -> list[int]:
    """Make the documents of changed needs again; returns the ids of those needs."""
    return take_changes(SUBJECT, _refresh)


def refresh_stale_needs() -> int:
    """Make every document of an open need again that is missing, of an old version, encoding or context; returns how
    many.
    """
    context = read_need_context(on=today())
    open_needs = _needs().filter(state=NeedState.OPEN)
    is_current = Q(document__encoding=ENCODING_VERSION, document__need_version=F("version"), document__is_open=True)
    is_whole = ~Q(document__text_hash=b"")
    stale = set(open_needs.exclude(is_current & is_whole).values_list("pk", flat=True)) | _of_another_context(context)
    ids = sorted(stale)
    for first in range(0, len(ids), STALE_BATCH):
        hand_over(SUBJECT, ids[first : first + STALE_BATCH], _refresh)
    return len(ids)


def refresh_needs(ids: Sequence[int]) -> None:
    """Make the documents of those of these needs again that are behind their need."""
    behind = (
        _needs()
        .filter(pk__in=ids)
        .exclude(document__encoding=ENCODING_VERSION, document__need_version=F("version"), document__is_open=True)
    )
    found = list(behind.order_by("pk").values_list("pk", flat=True))
    if found:
        hand_over(SUBJECT, found, _refresh)


def _of_another_context(context: NeedContext) -> set[int]:
    """Open needs whose zone's memberships or whose company groups have changed since their document was made."""
    made = NeedDocument.objects.filter(is_open=True)
    pairs = made.order_by().values_list("need__zone_id", "context").distinct()
    changed = [zone for zone, key in pairs if key != context.key_of(zone)]
    return {
        pk
        for pk, zone, key in made.filter(need__zone_id__in=changed).values_list("pk", "need__zone_id", "context")
        if key != context.key_of(zone)
    }


def _refresh(ids: list[int], sequence: int) -> None:
    """Derive and store the documents of the given needs; one that is not open keeps an empty one, for followers to
    see.
    """
    context = read_need_context(on=today())
    for first in range(0, len(ids), BATCH):
        batch = ids[first : first + BATCH]
        needs = {
            pk: (version, zone, state == NeedState.OPEN)
            for pk, version, zone, state in _needs()
            .filter(pk__in=batch)
            .values_list("pk", "version", "zone_id", "state")
        }
        packed = {
            facts.id: (encode_need(facts), text_hash(text_of(facts)))
            for facts in read_need_facts([pk for pk, (_, _, is_open) in needs.items() if is_open], context=context)
        }
        NeedDocument.objects.bulk_create(
            [
                NeedDocument(
                    need_id=pk,
                    need_version=version,
                    encoding=ENCODING_VERSION,
                    context=context.key_of(zone),
                    sequence=sequence,
                    is_open=pk in packed,
                    packed=packed.get(pk, NOTHING)[0],
                    text_hash=packed.get(pk, NOTHING)[1],
                )
                for pk, (version, zone, _is_open) in sorted(needs.items())
            ],
            update_conflicts=True,
            unique_fields=["need"],
            update_fields=["need_version", "encoding", "context", "sequence", "is_open", "text_hash", "packed"],
        )


def _needs() -> QuerySet[Need]:
    needs: QuerySet[Need] = Need.objects.unscoped(reason="documents are made for every need")
    return needs
