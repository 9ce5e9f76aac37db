"""Exchanges: read by their sides, moved on by who acts for one; a contact is told in the answer to a look only."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import Scope
from api.filters.exchanges import ExchangeFilters
from api.serializers.cooperation_input import ProposalInputSerializer, with_parts
from api.serializers.exchange_input import (
    AnswerInputSerializer,
    ConsentInputSerializer,
    DeclineInputSerializer,
    GiveUpInputSerializer,
    InterestInputSerializer,
    MeetingInputSerializer,
    MeetingMoveInputSerializer,
    MeetingStepInputSerializer,
    MessageInputSerializer,
    NextStepInputSerializer,
    SideInputSerializer,
    StepInputSerializer,
)
from api.serializers.exchanges import ExchangeDetailSerializer, ExchangeSerializer, ShownContactSerializer
from api.serializers.input import InputSerializer
from api.views.standing import IsInTheWay, told_apart
from api.views.writing import CREATE, Step, WriteViewSet, refusals_told
from matching.models import Exchange
from matching.services.consents import contact_for, give_consent, withdraw_consent
from matching.services.cooperations import propose_agreement
from matching.services.exchanges import accept_interest, decline_interest, give_up, recall_interest, send_interest
from matching.services.meetings import cancel_meeting, confirm_meeting, move_meeting, propose_meeting
from matching.services.negotiations import finish_next_step, set_next_step, write_message
from zones.errors import Conflict, NotFound
from zones.scoping import Principal


def _of_meeting(service: Callable[..., Any]) -> Callable[..., Any]:
    """A service that takes a meeting, called with one of the exchange."""

    def call(principal: Principal, *, exchange_id: int, meeting: Any, meeting_version: int, **values: Any) -> Any:
        if meeting.exchange_id != exchange_id:
            raise Http404
        return service(principal, meeting_id=meeting.pk, version=meeting_version, **values)

    return call


def _propose(principal: Principal, **values: Any) -> Any:
    return propose_agreement(principal, **with_parts(values))


STEPS: Final[Mapping[str, Callable[..., Any]]] = {
    "accept": accept_interest,
    "decline": decline_interest,
    "recall": recall_interest,
    "consent": give_consent,
    "withdraw_consent": withdraw_consent,
    "give_up": give_up,
    "write": write_message,
    "set_next_step": set_next_step,
    "finish_next_step": finish_next_step,
    "propose_meeting": propose_meeting,
    "move_meeting": _of_meeting(move_meeting),
    "confirm_meeting": _of_meeting(confirm_meeting),
    "cancel_meeting": _of_meeting(cancel_meeting),
    "propose": _propose,
}
INPUTS: Final[Mapping[str, type[InputSerializer]]] = {
    "accept": AnswerInputSerializer,
    "decline": DeclineInputSerializer,
    "recall": StepInputSerializer,
    "consent": ConsentInputSerializer,
    "withdraw_consent": SideInputSerializer,
    "give_up": GiveUpInputSerializer,
    "write": MessageInputSerializer,
    "set_next_step": NextStepInputSerializer,
    "finish_next_step": SideInputSerializer,
    "propose_meeting": MeetingInputSerializer,
    "move_meeting": MeetingMoveInputSerializer,
    "confirm_meeting": MeetingStepInputSerializer,
    "cancel_meeting": MeetingStepInputSerializer,
    "propose": ProposalInputSerializer,
}
WITH_VERSION: Final = frozenset({"accept", "decline", "recall", "consent", "give_up", "propose"})
"""The others add, or take back what must be easy to take back."""
LOOK: Final = "look"


class ExchangeViewSet(WriteViewSet):
    """Exchanges of the reader's needs and resources, from the first interest on."""

    serializer_class = ExchangeSerializer
    detail_class = ExchangeDetailSerializer
    input_class = InterestInputSerializer
    filterset_class = ExchangeFilters
    ordering_fields = ("-sent_at", "answer_due_on", "updated_at")
    write_scope = Scope.WRITE_EXCHANGES
    writes = frozenset({CREATE})
    steps = STEPS
    step_inputs = INPUTS
    adding = frozenset(STEPS) - WITH_VERSION

    @classmethod
    def sent_by(cls, action: str, step: str = "") -> Any:
        return SideInputSerializer if action == LOOK else super().sent_by(action, step)

    @classmethod
    def told_by(cls, action: str) -> Any:
        return ShownContactSerializer if action == LOOK else super().told_by(action)

    def make(self, values: dict[str, Any]) -> Exchange:
        need, resource, told = values.pop("need"), values.pop("resource"), values
        try:
            return send_interest(self.reader.principal, need_id=need.pk, resource_id=resource.pk, **told)
        except Conflict as error:
            raise IsInTheWay(error.message) from error

    def look(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Each is a look of its own, and no answer is kept: what is withdrawn is not told again."""
        row = self.editable()
        values = self.checked(self.shape(SideInputSerializer), request.data)
        try:
            with refusals_told():
                shown = contact_for(self.reader.principal, exchange_id=row.pk, **values)
        except NotFound as error:
            raise IsInTheWay(error.message) from error
        answer = Response(ShownContactSerializer(shown).data)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        """The exchange after a step. What stands in the way is told apart from what was read too early."""
        known = {"version": version} if version else {}
        with told_apart(self.reader.principal, row, version):
            step(self.reader.principal, exchange_id=row.pk, **known, **values)
        return row
