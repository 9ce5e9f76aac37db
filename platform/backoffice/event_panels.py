"""What who organizes writes down beside the lists of an event: invitations, a guest at the door, outcomes, its end."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.autocomplete import PublicIdAutocomplete
from backoffice.fields import PublicIdChoiceField
from backoffice.panel_fields import words
from backoffice.panels import Panel
from backoffice.rows import Rows, choices_of, editable_rows, visible_rows
from matching.choices import EventResult, ExitReason
from matching.choices import EventState as State
from matching.models import (
    Cooperation,
    CooperationParty,
    Event,
    EventInvitation,
    EventMeeting,
    EventOutcome,
    EventRegistration,
)
from matching.services import event_invitations, event_outcomes, event_registrations, events
from matching.services.event_states import TO_COME, TRANSITIONS
from matching.services.event_texts import names_note
from matching.wording import slot_text
from zones.models import Association
from zones.models.base import ScopedModel
from zones.scoping import Principal


class VersionedForm(forms.Form):
    """The version is that of what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput())


def _found(model: type[ScopedModel], name: str, principal: Principal) -> Any:
    """A record found by its name as one types."""
    column: Any = model._meta.get_field(name)
    return PublicIdChoiceField(
        choices_of(model, name, principal),
        widget=PublicIdAutocomplete(column, admin.site, attrs={"data-width": "100%"}),
        label=column.verbose_name,
    )


def _line(model: type[ScopedModel], name: str, *, is_required: bool = False) -> Any:
    column: Any = model._meta.get_field(name)
    widget = widgets.UnfoldAdminTextInputWidget()
    return forms.CharField(
        label=column.verbose_name, help_text=column.help_text, required=is_required, max_length=column.max_length,
        widget=widget,
    )  # fmt: skip


class DrawnForm(VersionedForm):
    """Of which association's members; the page beside it shows whom this would invite."""

    def __init__(self, principal: Principal, data: Any, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["association"] = PublicIdChoiceField(
            Association.objects.all(),
            to_field_name="public_id",
            label=_("范围"),
            required=False,
            empty_label=_("不限联盟或网络"),
            widget=widgets.UnfoldAdminSelectWidget(),
        )


class ByHandForm(VersionedForm):
    def __init__(self, principal: Principal, data: Any, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.fields["organization"] = _found(EventInvitation, "organization", principal)


class AtTheDoorForm(forms.Form):
    """A guest that somebody else registers; it is not listed: that is for itself to say."""

    def __init__(self, principal: Principal, data: Any) -> None:
        super().__init__(data)
        self.fields["organization"] = _found(EventRegistration, "organization", principal)
        self.fields["seats"] = forms.IntegerField(
            label=_("人数"), min_value=1, max_value=20, initial=1, widget=widgets.UnfoldAdminIntegerFieldWidget()
        )
        self.fields["attendees_zh"] = _line(EventRegistration, "attendees_zh")
        self.fields["attendees_zh"].help_text = names_note()
        self.fields["brings_zh"] = _line(EventRegistration, "brings_zh")


class OutcomeForm(forms.Form):
    """A new outcome, or one that is written down otherwise."""

    def __init__(self, principal: Principal, row: Any, data: Any) -> None:
        super().__init__(data)
        known = visible_rows(EventOutcome, principal).filter(event=row).select_related("cooperation")
        choices = [("", _("新登记")), *((str(one.public_id), _outcome_name(one)) for one in known)]
        select = widgets.UnfoldAdminSelectWidget
        if len(choices) > 1:
            self.fields["outcome"] = forms.ChoiceField(
                label=_("登记或更正"), choices=choices, required=False, widget=select()
            )
        if row.timetable_released_at is not None:
            self.fields["meeting"] = PublicIdChoiceField(
                _Meetings(row, principal).rows,
                label=_("一对一洽谈"),
                required=False,
                widget=select(),
                empty_label=_("不限某一场"),
            )
            self.fields["meeting"].label_from_instance = _meeting_name  # type: ignore[attr-defined]
        self.fields["result"] = forms.ChoiceField(
            label=_("结果"), choices=[("", "—"), *EventResult.choices], widget=select()
        )
        self.fields["reason"] = forms.ChoiceField(
            label=_("未达成原因"), choices=[("", "—"), *ExitReason.choices], required=False, widget=select()
        )
        self.fields["cooperation"] = PublicIdChoiceField(
            _cooperations(principal, row),
            label=_("形成的合作"),
            required=False,
            widget=select(),
            help_text=_("只列出参会单位为合作方的合作；没有时请先登记合作"),
        )
        self.fields["words_zh"] = _line(EventOutcome, "words_zh")


def _cooperations(principal: Principal, row: Any) -> Rows:
    """Cooperations the reader sees with a guest of the event among their parties, the newest first."""
    guests = visible_rows(EventRegistration, principal).filter(event=row).values("organization_id")
    parties = visible_rows(CooperationParty, principal).filter(organization__in=guests)
    found = visible_rows(Cooperation, principal).filter(pk__in=parties.values("cooperation_id"))
    return found.order_by("-signed_on", "-pk")


class _Meetings:
    """Meetings of an event that were to be held, for a list to choose from."""

    def __init__(self, row: Any, principal: Principal) -> None:
        found = visible_rows(EventMeeting, principal).filter(event=row, cancelled_at__isnull=True)
        self.rows = found.select_related("event", "first__organization", "second__organization")


def _meeting_name(meeting: EventMeeting) -> str:
    pair = f"{meeting.first.organization} × {meeting.second.organization}"
    return f"{slot_text(meeting.event, meeting.slot)} {pair}"


def _outcome_name(outcome: EventOutcome) -> str:
    told = outcome.cooperation or outcome.words_zh
    return f"{outcome.get_result_display()} · {told}" if told else str(outcome.get_result_display())


class HeldForm(VersionedForm):
    result = words(_("活动成效"), most=1000, help_text=_("例如到会人数、签约项目；登记后计入统计"))


class OffForm(VersionedForm):
    because = words(_("取消原因"), is_required=True, help_text=_("受邀和报名的单位会收到通知"))


def _is(principal: Principal, row: Any) -> bool:
    return editable_rows(Event, principal).filter(pk=row.pk).exists()


def _in(*states: str) -> Callable[[Principal, Any], bool]:
    return lambda principal, row: row.state in states and _is(principal, row)


def _may_be(target: State) -> Callable[[Principal, Any], bool]:
    return lambda principal, row: row.state in TRANSITIONS[target] and _is(principal, row)


def _versioned(form: Any) -> Callable[[Principal, Any, Any], forms.Form]:
    return lambda principal, row, data: form(principal, data, initial={"version": row.version})


def _invite_drawn(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    return event_invitations.invite_drawn(principal, event_id=row.pk, **values)


def _invite(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    ids = [values["organization"].pk]
    return event_invitations.invite(principal, event_id=row.pk, version=values["version"], organizations=ids)


def _register(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    owner = values.pop("organization")
    return event_registrations.register(principal, event_id=row.pk, organization_id=owner.pk, **values)


def _outcome(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    chosen = values.pop("outcome", "")
    if not chosen:
        return event_outcomes.record_outcome(principal, event_id=row.pk, **values)
    known = visible_rows(EventOutcome, principal).get(event=row, public_id=chosen)
    return event_outcomes.change_outcome(principal, outcome_id=known.pk, version=known.version, **values)


DRAWN = Panel(
    "drawn", _("按匹配邀请"), _("发出邀请"), _versioned(DrawnForm), _invite_drawn, _in(*TO_COME), _("邀请已发出")
)
BY_HAND = Panel(
    "by-hand", _("另行邀请"), _("邀请该单位"), _versioned(ByHandForm), _invite, _in(*TO_COME), _("邀请已发出")
)
AT_THE_DOOR = Panel(
    "register", _("代为报名"), _("登记报名"), lambda principal, row, data: AtTheDoorForm(principal, data),
    _register, _in(*TO_COME), _("报名已登记"),
)  # fmt: skip
OUTCOME = Panel(
    "outcome", _("登记成果"), _("登记成果"), lambda principal, row, data: OutcomeForm(principal, row, data),
    _outcome, _in(State.RUNNING, State.HELD), _("成果已登记"),
)  # fmt: skip
HELD = Panel(
    "held", _("登记已举办"), _("登记已举办"),
    lambda principal, row, data: HeldForm(data, initial={"version": row.version}),
    lambda principal, row, values: events.hold_event(principal, event_id=row.pk, **values),
    _may_be(State.HELD), _("活动已登记为举办"),
)  # fmt: skip
OFF = Panel(
    "off", _("取消活动"), _("取消活动"),
    lambda principal, row, data: OffForm(data, initial={"version": row.version}),
    lambda principal, row, values: events.cancel_event(principal, event_id=row.pk, **values),
    _may_be(State.CANCELLED), _("活动已取消，受邀和报名的单位会收到通知"),
)  # fmt: skip
