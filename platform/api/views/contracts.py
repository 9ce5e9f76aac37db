"""Technology contracts: recorded and submitted by their sides, entered and changed by the zone that registers them."""

from typing import Any

from accounts.scopes import Scope
from api.filters.cooperations import ContractFilters
from api.serializers.contract_input import (
    CancellationInputSerializer,
    ContractInputSerializer,
    EntryInputSerializer,
    RegisterChangeInputSerializer,
    SubmissionInputSerializer,
)
from api.serializers.contracts import ContractDetailSerializer, ContractSerializer
from api.views.standing import told_apart
from api.views.writing import Step, WriteViewSet
from matching.models import TechContract
from matching.services import contracts


class ContractViewSet(WriteViewSet):
    """Contracts of the reader's organizations and zones. Amounts in 元; the year is that of the registration."""

    serializer_class = ContractSerializer
    detail_class = ContractDetailSerializer
    input_class = change_class = ContractInputSerializer
    filterset_class = ContractFilters
    ordering_fields = ("-signed_on", "submit_by", "updated_at")
    write_scope = Scope.WRITE_COOPERATIONS
    steps = {
        "submit": contracts.submit_contract,
        "register": contracts.register_contract,
        "change": contracts.change_registration,
        "cancel": contracts.cancel_contract,
    }
    step_inputs = {
        "submit": SubmissionInputSerializer,
        "register": EntryInputSerializer,
        "change": RegisterChangeInputSerializer,
        "cancel": CancellationInputSerializer,
    }

    def make(self, values: dict[str, Any]) -> TechContract:
        return contracts.record_contract(self.reader.principal, **values)

    def change(self, row: Any, version: int, values: dict[str, Any]) -> TechContract:
        return contracts.change_contract(self.reader.principal, contract_id=row.pk, version=version, **values)

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        with told_apart(self.reader.principal, row, version):
            step(self.reader.principal, contract_id=row.pk, version=version, **values)
        return row
