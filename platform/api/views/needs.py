"""Needs."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from accounts.scopes import Scope
from api.filters.needs import NeedFilters
from api.formats.feeds import Atom
from api.formats.linked import JsonLd
from api.formats.tables import Csv
from api.serializers.bulk import NeedItemsSerializer
from api.serializers.need_input import NeedChangeSerializer, NeedInputSerializer, SubmitInputSerializer, parted
from api.serializers.needs import NeedDetailSerializer, NeedSerializer
from api.views.bulk import BulkViewSet
from api.views.writing import Step
from matching.models import Need, NeedExclusion, NeedMetric
from matching.services.needs import NeedParts, draft_need, open_need, pause_need, update_need, withdraw_need
from matching.services.reviews import recall_need, submit_need
from zones.models.base import ScopedModel
from zones.scoping import Principal
from zones.services.unchanged import Stored, read_lists

CHILDREN: Final[dict[str, type[ScopedModel]]] = {"metrics": NeedMetric, "exclusions": NeedExclusion}


def submit_with_reasons(
    principal: Principal, *, need_id: int, version: int, no_identity: Mapping[str, str] | None = None
) -> Need:
    """State why alarms are wrong and ask for the review, as the portal's form does; the caller undoes both together."""
    if not no_identity:
        return submit_need(principal, need_id=need_id, version=version)
    update_need(principal, need_id=need_id, version=version, with_parts=NeedParts(no_identity=no_identity))
    return submit_need(principal, need_id=need_id)


class NeedViewSet(BulkViewSet):
    """R&D needs with their metrics; sealed ones are listed for their own side only. A new one is a draft."""

    serializer_class = NeedSerializer
    detail_class = NeedDetailSerializer
    input_class = NeedInputSerializer
    change_class = NeedChangeSerializer
    items_class = NeedItemsSerializer
    filterset_class = NeedFilters
    formats = (Csv, JsonLd, Atom)
    ordering_fields = ("-updated_at", "opened_at", "deadline", "expires_on")
    write_scope = Scope.WRITE_NEEDS
    steps = {
        "submit": submit_with_reasons, "recall": recall_need, "open": open_need, "pause": pause_need,
        "withdraw": withdraw_need,
    }  # fmt: skip

    step_inputs = {"submit": SubmitInputSerializer}
    hanging = tuple(CHILDREN)
    beside = ("no_identity",)

    def stored(self, rows: Sequence[Any]) -> Stored:
        return read_lists(self.reader.principal, [row.pk for row in rows], CHILDREN, foreign_key="need")

    def make(self, values: dict[str, Any]) -> Need:
        columns, parts = parted(values)
        return draft_need(self.reader.principal, with_parts=parts, **columns)

    def change(self, row: Any, version: int, values: dict[str, Any]) -> Need:
        columns, parts = parted(values)
        return update_need(self.reader.principal, need_id=row.pk, version=version, with_parts=parts, **columns)

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        return step(self.reader.principal, need_id=row.pk, version=version, **values)
