"""The inbox of the account, and what it wants to be told."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotAuthenticated, ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.scopes import Scope
from api.filters.notices import NoticeFilters
from api.idempotency import once
from api.schema import KEY_OF_REQUEST
from api.serializers.notices import NoticeSerializer, SubscriptionsSerializer
from api.views.base import StrictView
from api.views.writing import Step, WriteViewSet
from notifications.choices import Rhythm, Way
from notifications.inbox import mark_all_read, mark_read, mark_unread
from notifications.models import Notice
from notifications.subscribing import choices_of, choose, set_times, settings_of
from zones.errors import listed
from zones.scoping import scope_of

TIMES = (
    "takes_mail", "digest_hour", "digest_weekday", "quiet_from", "quiet_to", "is_working_days_only", "most_mails_a_day",
)  # fmt: skip
COUNT = {"type": "object", "properties": {"read": {"type": "integer"}}, "required": ["read"]}


class NoticeViewSet(WriteViewSet):
    """What the account was told, newest first, each as it may be read now."""

    is_versioned = False
    serializer_class = NoticeSerializer
    detail_class = NoticeSerializer
    filterset_class = NoticeFilters
    ordering_fields = ("-happened_at",)
    write_scope = Scope.WRITE_NOTICES
    writes = frozenset()
    steps = {"read": mark_read, "unread": mark_unread}

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Notice:
        step(self.reader.principal, public_id=row.public_id)
        kept: Notice = row
        return kept

    @extend_schema(request=None, responses={200: COUNT}, parameters=[KEY_OF_REQUEST])
    def read_all(self, request: Request) -> HttpResponse:
        """Take all as read; how many were not. Under one key it is done once: what came since stays unread."""

        def act() -> HttpResponse:
            content = JSONRenderer().render({"read": mark_all_read(self.reader.principal)})
            return HttpResponse(content, content_type="application/json")

        return once(request, act, must_still_see=lambda told: None)


class SubscriptionsView(StrictView):
    """What is told to the account by which way, how often and when; a change of some leaves the others."""

    write_scope = Scope.WRITE_NOTICES

    @extend_schema(responses={200: SubscriptionsSerializer})
    def get(self, request: Request) -> Response:
        return Response(_told(_account(request)))

    @extend_schema(request=SubscriptionsSerializer, responses={200: SubscriptionsSerializer})
    @transaction.atomic
    def patch(self, request: Request) -> Response:
        user, sent = _account(request), SubscriptionsSerializer(data=request.data)
        _refuse_unknown(request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        for topic in values.pop("topics", []):
            _choose(user, topic)
        if values:
            set_times(user, **values)
        return Response(_told(user))


def _account(request: Request) -> User:
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def _refuse_unknown(data: Any) -> None:
    """Raise ValidationError for a field that is not known: never ignored."""
    unknown = sorted(set(data) - {"topics", *TIMES}) if isinstance(data, dict) else []
    if unknown:
        known = _("没有这个字段。可用：%(names)s。") % {"names": listed(("topics", *TIMES))}
        raise ValidationError({name[:60]: [known] for name in unknown})


def _choose(user: User, topic: dict[str, Any]) -> None:
    if "inbox" in topic:
        rhythm = Rhythm.IMMEDIATE if topic["inbox"] else Rhythm.OFF
        choose(user, topic=topic["topic"], way=Way.INBOX, rhythm=rhythm)
    if "mail" in topic:
        choose(user, topic=topic["topic"], way=Way.MAIL, rhythm=topic["mail"])


def _told(user: User) -> dict[str, Any]:
    principal, times = scope_of(user), settings_of(user)
    is_staff = principal.has_back_office and not principal.organizations
    topics = [
        {"topic": one.topic.value, "inbox": one.is_in_inbox, "mail": one.mail.value}
        for one in choices_of(user, is_staff=is_staff)
    ]
    return {"topics": topics} | {name: getattr(times, name) for name in TIMES}
