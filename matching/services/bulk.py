"""Many needs at once, for imports and synthetic sites."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from ledger.bell import CHANGES, ring_after_commit
from matching.models import Need, NeedMetric
from zones.scoping import Principal
from zones.services.bulk import insert_many, must_be_system, tell_many


@transaction.atomic
def open_needs(principal: Principal, needs: Sequence[Need], metrics: Iterable[NeedMetric]) -> None:
    """Insert checked open needs with their metrics. Raises InvalidInput for a broken constraint; then nothing is
    stored.
    """
    must_be_system(principal)
    insert_many(Need, needs)
    insert_many(NeedMetric, metrics)
    tell_many(Need, len(needs))
    ring_after_commit(CHANGES)
