"""Cooperations: published ones for everybody, one's own with their amounts; proposed, confirmed and moved on by their
parties.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _

from accounts.scopes import Scope
from api.filters.cooperations import CooperationFilters
from api.serializers.cooperation_input import (
    CompletionInputSerializer,
    CooperationInputSerializer,
    CooperationStepInputSerializer,
    EvidenceInputSerializer,
    MetInputSerializer,
    PublishingInputSerializer,
    TerminationInputSerializer,
    WordsInputSerializer,
    with_parts,
)
from api.serializers.cooperations import CooperationDetailSerializer, CooperationSerializer
from api.serializers.input import InputSerializer
from api.serializers.outcomes import AnswerInputSerializer, RatingInputSerializer
from api.views.standing import told_apart
from api.views.writing import Step, WriteViewSet
from matching.models import Cooperation
from matching.services import cooperation_progress as progress
from matching.services import cooperations as agreements
from matching.services.cooperation_ratings import rate_party
from matching.services.outcomes import answer_poll
from zones.errors import InvalidInput
from zones.scoping import Principal


def _answer(principal: Principal, *, cooperation_id: int, poll: Any, poll_version: int, **values: Any) -> Any:
    """The answer to one poll of this cooperation."""
    if poll.party.cooperation_id != cooperation_id:
        raise InvalidInput.single("poll", _("没有找到：它不存在，或您无权查看。"))
    return answer_poll(principal, poll_id=poll.pk, version=poll_version, **values)


def _rate(principal: Principal, *, cooperation_id: int, rated: Any, **values: Any) -> Any:
    return rate_party(principal, cooperation_id=cooperation_id, rated=rated.public_id, **values)


STEPS: Final[Mapping[str, Callable[..., Any]]] = {
    "confirm": agreements.confirm_agreement,
    "confirm_by_evidence": agreements.confirm_by_evidence,
    "refuse": agreements.refuse_agreement,
    "take_back": agreements.take_back_proposal,
    "start": progress.start_cooperation,
    "delay": progress.delay_cooperation,
    "meet_milestone": progress.meet_milestone,
    "complete": progress.complete_cooperation,
    "terminate": progress.terminate_cooperation,
    "publish": progress.agree_to_publish,
    "hide": progress.hide_again,
    "answer": _answer,
    "rate": _rate,
}
INPUTS: Final[Mapping[str, type[InputSerializer]]] = {
    "confirm": CooperationStepInputSerializer,
    "confirm_by_evidence": EvidenceInputSerializer,
    "refuse": WordsInputSerializer,
    "take_back": CooperationStepInputSerializer,
    "start": CooperationStepInputSerializer,
    "delay": WordsInputSerializer,
    "meet_milestone": MetInputSerializer,
    "complete": CompletionInputSerializer,
    "terminate": TerminationInputSerializer,
    "publish": PublishingInputSerializer,
    "hide": CooperationStepInputSerializer,
    "answer": AnswerInputSerializer,
    "rate": RatingInputSerializer,
}
ADDING: Final = frozenset({"hide", "answer", "rate"})
"""Steps that change nothing somebody has read of the cooperation itself."""


class CooperationViewSet(WriteViewSet):
    """What parties do together; nothing may stand in the way of hiding it again."""

    serializer_class = CooperationSerializer
    detail_class = CooperationDetailSerializer
    input_class = change_class = CooperationInputSerializer
    filterset_class = CooperationFilters
    ordering_fields = ("-signed_on", "updated_at")
    write_scope = Scope.WRITE_COOPERATIONS
    steps = STEPS
    step_inputs = INPUTS
    adding = ADDING

    def make(self, values: dict[str, Any]) -> Cooperation:
        return agreements.record_cooperation(self.reader.principal, **with_parts(values))

    def change(self, row: Any, version: int, values: dict[str, Any]) -> Cooperation:
        return agreements.change_proposal(
            self.reader.principal, cooperation_id=row.pk, version=version, **with_parts(values)
        )

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        known = {"version": version} if version else {}
        with told_apart(self.reader.principal, row, version):
            step(self.reader.principal, cooperation_id=row.pk, **known, **values)
        return row
