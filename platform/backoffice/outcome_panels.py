"""What staff write down of what came of a cooperation, for the parties of their zone: answers and ratings."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold import widgets

from backoffice.panels import Panel
from matching.choices import Gain, OutcomeResult
from matching.models import CooperationRating, OutcomePoll
from matching.services.cooperation_ratings import rate_party, rateable
from matching.services.outcomes import answer_poll, answerable
from zones.scoping import Principal

ANSWERS = ("result", "gains", "revenue", "patents", "jobs")
STARS = [("", "—"), *((stars, "★" * stars) for stars in (5, 4, 3, 2, 1))]


def open_polls(principal: Principal, row: Any) -> list[OutcomePoll]:
    """Those of parties the reader speaks for that can be answered today."""
    return list(answerable(principal).filter(party__cooperation=row).select_related("party__organization"))


class OutcomeForm(forms.Form):
    """One of the polls, each with the version that was read."""

    poll = forms.ChoiceField(label=_("填报单位"), widget=widgets.UnfoldAdminSelectWidget())
    result = forms.ChoiceField(
        label=_("进展"), choices=[("", "—"), *OutcomeResult.choices], widget=widgets.UnfoldAdminSelectWidget()
    )
    gains = forms.MultipleChoiceField(
        label=_("取得的成效"), choices=Gain.choices, required=False,
        widget=widgets.UnfoldAdminCheckboxSelectMultipleWidget(),
    )  # fmt: skip
    revenue = forms.DecimalField(
        label=_("新增收入（元）"), required=False, max_digits=16, decimal_places=2, min_value=0,
        widget=widgets.UnfoldAdminDecimalFieldWidget(),
    )  # fmt: skip
    patents = forms.IntegerField(
        label=_("专利申请（件）"), required=False, min_value=0, max_value=100_000,
        widget=widgets.UnfoldAdminIntegerFieldWidget(),
    )  # fmt: skip
    jobs = forms.IntegerField(
        label=_("新增岗位（个）"), required=False, min_value=0, max_value=1_000_000,
        widget=widgets.UnfoldAdminIntegerFieldWidget(),
    )  # fmt: skip
    words = forms.CharField(
        label=_("说明"), required=False, max_length=500, widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )

    def __init__(self, principal: Principal, row: Any, data: Any) -> None:
        polls = open_polls(principal, row)
        first = {name: getattr(poll, name) for poll in polls[:1] for name in ANSWERS}
        super().__init__(data, initial=first | {"words": "".join(poll.words_zh for poll in polls[:1])})
        choices = [(f"{poll.pk} {poll.version}", str(poll.party)) for poll in polls]
        self.fields["poll"].choices = choices  # type: ignore[attr-defined]


class RatingForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput())
    rated = forms.TypedChoiceField(label=_("被评价方"), coerce=UUID, widget=widgets.UnfoldAdminSelectWidget())
    stars = forms.TypedChoiceField(label=_("评分"), choices=STARS, coerce=int, widget=widgets.UnfoldAdminSelectWidget())
    comment = forms.CharField(
        label=_("评语"), required=False, max_length=500, widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )

    def __init__(self, principal: Principal, row: Any, data: Any) -> None:
        super().__init__(data, initial={"version": row.version})
        choices = [(str(one.rated.public_id), str(one.rated)) for one in rateable(principal, row)]
        self.fields["rated"].choices = choices  # type: ignore[attr-defined]


def _answer(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    poll_id, version = map(int, values.pop("poll").split())
    return answer_poll(principal, poll_id=poll_id, version=version, **values)


def _rate(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    told = {name: values[name] for name in ("rated", "stars", "comment")}
    return rate_party(principal, cooperation_id=row.pk, **told)


OUTCOME_PANELS = (
    Panel(
        "outcome",
        _("填报成效"),
        _("填报成效"),
        OutcomeForm,
        _answer,
        lambda principal, row: bool(open_polls(principal, row)),
        _("成效已填报"),
    ),
    Panel(
        "rate",
        pgettext_lazy("button", "评价对方"),
        pgettext_lazy("button", "评价对方"),
        RatingForm,
        _rate,
        lambda principal, row: bool(rateable(principal, row)),
        _("已评价；对方也评价后双方可见"),
    ),
)


def outcome_rows(principal: Principal, row: Any) -> list[list[str]]:
    """What parties of the reader's side have said, for the table of the page."""
    polls = OutcomePoll.objects.visible_to(principal).filter(party__cooperation=row)
    return [
        [str(poll.year), str(poll.party), poll.get_result_display() or str(_stand(poll)), _gains(poll)]
        for poll in polls.select_related("party__organization")
    ]


def rating_rows(principal: Principal, row: Any) -> list[list[str]]:
    """Ratings the reader may read."""
    ratings = CooperationRating.objects.visible_to(principal).filter(rater__cooperation=row)
    found = ratings.select_related("rater__organization", "rated__organization")
    return [[str(one.rater), str(one.rated), "★" * one.stars, one.comment] for one in found]


def _stand(poll: OutcomePoll) -> Any:
    return _("未填报") if poll.closed_on else _("待填报")


def _gains(poll: OutcomePoll) -> str:
    return " · ".join([*(str(Gain(one).label) for one in poll.gains), *([poll.words_zh] if poll.words_zh else [])])
