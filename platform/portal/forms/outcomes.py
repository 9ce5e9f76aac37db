"""The forms by which a member says what came of a cooperation, and how the other party was."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.choices import Gain, OutcomeResult
from matching.models import OutcomePoll
from matching.services.cooperation_ratings import Rateable
from portal.forms.cooperations import money_field, said_field
from portal.forms.requests import STARS

ANSWERS = ("result", "gains", "revenue", "patents", "jobs")


class OutcomeForm(forms.Form):
    """One poll as it was read: `read` is its version then."""

    read = forms.IntegerField(widget=forms.HiddenInput)
    poll = forms.UUIDField(widget=forms.HiddenInput)
    result = forms.ChoiceField(label=_("进展"), choices=[("", "—"), *OutcomeResult.choices])
    gains = forms.MultipleChoiceField(
        label=_("取得的成效"), choices=Gain.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    revenue = money_field(_("新增收入（元）"), required=False)
    patents = forms.IntegerField(label=_("专利申请（件）"), required=False, min_value=0, max_value=100_000)
    jobs = forms.IntegerField(label=_("新增岗位（个）"), required=False, min_value=0, max_value=1_000_000)
    words = said_field(_("说明（仅本单位与所在园区可见）"), longest=500)

    def __init__(self, poll: OutcomePoll, *arguments: Any, **options: Any) -> None:
        first = {name: getattr(poll, name) for name in ANSWERS}
        first |= {"words": poll.words_zh, "read": poll.version, "poll": poll.public_id}
        super().__init__(*arguments, **{"initial": first} | options)


class PartyRatingForm(forms.Form):
    rated = forms.TypedChoiceField(label=_("被评价方"), coerce=UUID)
    stars = forms.TypedChoiceField(label=_("评分"), choices=STARS, coerce=int)
    comment = said_field(_("评语"), longest=500)

    def __init__(self, pairs: list[Rateable], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [(str(one.rated.public_id), str(one.rated)) for one in pairs]
        self.fields["rated"].choices = choices  # type: ignore[attr-defined]
