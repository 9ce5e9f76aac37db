"""The small forms of two sides who talk: a message, a file, a meeting, what comes next."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from matching.choices import Side
from matching.models import NegotiationMeeting
from matching.models.negotiations import LONGEST_MESSAGE
from matching.services.negotiation_files import MOST_BYTES
from portal.forms.exchanges import words_field

ACCEPTED = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"


class MessageForm(forms.Form):
    text = words_field(gettext_lazy("留言"), is_required=True, longest=LONGEST_MESSAGE)


class FileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("文件"),
        help_text=gettext_lazy("PDF、Word（docx）、Excel（xlsx）、PNG 或 JPEG，不超过 10 MB；仅双方可下载。"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )

    def values(self) -> dict[str, Any]:
        sent = self.cleaned_data["file"]
        return {"name": sent.name, "content": sent.read(MOST_BYTES + 1)}


def _moment(label: Any) -> Any:
    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    return forms.DateTimeField(label=label, widget=widget)


class MeetingForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """Times are those of Beijing; whether they will do is said by the service."""

    starts_at = _moment(gettext_lazy("开始时间"))
    ends_at = _moment(gettext_lazy("结束时间"))
    link = forms.URLField(
        label=gettext_lazy("会议链接"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=gettext_lazy("以 https:// 开头；与地点至少填一项。"),
    )

    class Meta:
        model = NegotiationMeeting
        fields = ("topic_zh", "starts_at", "ends_at", "place_zh", "link")

    def _post_clean(self) -> None:
        """The row is made and checked by the service."""


class NextStepForm(forms.Form):
    what = forms.CharField(label=gettext_lazy("下一步做什么"), max_length=200)
    by = forms.ChoiceField(label=gettext_lazy("由哪一方办理"), choices=Side.choices)
    due_on = forms.DateField(
        label=gettext_lazy("截止日"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
