"""Framework agreements, read by their parties, written by who keeps them; each party says what came of its promises."""

from typing import Any

from accounts.scopes import Scope
from api.filters.agreements import AgreementFilters
from api.serializers.agreement_input import STEP_INPUTS, AgreementInputSerializer, with_parts
from api.serializers.agreements import AgreementDetailSerializer, AgreementSerializer
from api.views.standing import told_apart
from api.views.writing import Step, WriteViewSet
from matching.models import Agreement
from matching.services.agreements import (
    add_document,
    change_draft,
    draft_agreement,
    drop_draft,
    end_agreement,
    put_in_force,
    renew_agreement,
    report_commitment,
)


class AgreementViewSet(WriteViewSet):
    """Agreements of the reader's zones, associations and organizations; a draft is known to who keeps it. Once signed
    and with its document it is put in force, and its text changes no more.
    """

    serializer_class = AgreementSerializer
    detail_class = AgreementDetailSerializer
    input_class = change_class = AgreementInputSerializer
    filterset_class = AgreementFilters
    ordering_fields = ("-valid_from", "updated_at")
    write_scope = Scope.WRITE_MECHANISMS
    steps = {
        "add_document": add_document, "put_in_force": put_in_force, "drop": drop_draft, "end": end_agreement,
        "renew": renew_agreement, "report": report_commitment,
    }  # fmt: skip
    step_inputs = STEP_INPUTS

    def make(self, values: dict[str, Any]) -> Agreement:
        return draft_agreement(self.reader.principal, **with_parts(values))

    def change(self, row: Any, version: int, values: dict[str, Any]) -> Agreement:
        return change_draft(self.reader.principal, agreement_id=row.pk, version=version, **with_parts(values))

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        with told_apart(self.reader.principal, row, version):
            made = step(self.reader.principal, agreement_id=row.pk, version=version, **values)
        return made if isinstance(made, Agreement) else row
