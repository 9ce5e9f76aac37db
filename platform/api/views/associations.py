"""Associations, and which zones join and leave them."""

from typing import Any

from accounts.scopes import Scope
from api.filters.associations import AssociationFilters
from api.formats.linked import JsonLd
from api.formats.tables import Csv
from api.serializers.associations import AssociationSerializer
from api.serializers.memberships import STEP_INPUTS
from api.views.base import DatedViewSet
from api.views.writing import STEP, Step, WriteViewSet
from zones.services.places import add_membership, leave_association


class AssociationViewSet(WriteViewSet, DatedViewSet):
    """Alliances, innovation networks, pairings and corridors with their members as of a day. `join` and `leave` record
    a zone's membership, for the system administrators, who keep them; others are answered 404.
    """

    is_versioned = False
    serializer_class = AssociationSerializer
    detail_class = AssociationSerializer
    filterset_class = AssociationFilters
    formats = (Csv, JsonLd)
    ordering_fields = ("slug", "founded_on")
    write_scope = Scope.WRITE_MECHANISMS
    writes = frozenset()
    steps = {"join": add_membership, "leave": leave_association}
    step_inputs = STEP_INPUTS

    def known_parameters(self) -> frozenset[str]:
        """What a step answers is told as of today."""
        return frozenset() if self.action == STEP else super().known_parameters()

    def editable(self) -> Any:
        """Public facts have no side of their own: whether they may be changed is said by the services."""
        return self.get_object()

    def must_still_see(self, told: Any) -> None:
        """What everybody may read needs no second look."""

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        step(self.reader.principal, association=row, **values)
        return row
