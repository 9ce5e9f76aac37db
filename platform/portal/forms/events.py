"""What a member says when it registers for an event, and whom it would like to meet there."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from matching.models import Event, EventRegistration
from matching.services.event_texts import NEWEST, TEXTS, names_note
from portal.forms.requests import ColumnsForm
from zones.errors import InvalidInput
from zones.models import Organization


class GuestForm(ColumnsForm):
    """How many come, who, and what the others may read."""

    model = EventRegistration
    columns = ("seats", "attendees_zh", "brings_zh", "is_listed", "most_meetings")

    def __init__(self, event: Event, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["attendees_zh"].help_text = names_note()
        if not event.has_meetings:
            del self.fields["most_meetings"]
            self.fields["is_listed"].help_text = _("只有报名的单位可以看到名单")

    @classmethod
    def of(cls, event: Event, guest: EventRegistration, **options: Any) -> "GuestForm":
        """Filled with what was said before."""
        return cls(event, initial={name: getattr(guest, name) for name in cls.columns}, **options)


class RegisterForm(GuestForm):
    """The first time: for whom, and that it agrees to what others will read."""

    def __init__(self, event: Event, organizations: Sequence[Organization], *arguments: Any, **options: Any) -> None:
        super().__init__(event, *arguments, **options)
        self.organizations = {str(one.public_id): one for one in organizations}
        if len(organizations) > 1:
            choices = [(key, str(one)) for key, one in self.organizations.items()]
            self.fields = {"organization": forms.ChoiceField(label=_("报名单位"), choices=choices)} | self.fields
        self.fields["confirmed"] = forms.BooleanField(label=_("同意报名须知"), help_text=TEXTS[NEWEST])

    def values(self) -> dict[str, Any]:
        """What the service stores. Raises InvalidInput where there is nobody left to register."""
        told = {name: value for name, value in self.cleaned_data.items() if name in self.columns}
        owner = self.organizations.get(self.cleaned_data.get("organization") or next(iter(self.organizations), ""))
        if owner is None:
            raise InvalidInput.single("__all__", _("您的单位都已报名：请在原有报名上修改。"))
        return told | {"organization_id": owner.pk, "text_version": NEWEST}
