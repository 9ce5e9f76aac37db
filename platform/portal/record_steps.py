"""Pages of one record of a member's organizations on which its steps are taken: what fits now, by which form, by which
service. Cooperations, technology contracts and framework agreements are such pages.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.forms.sending import sent, version_in
from portal.views.own import MemberPage
from zones.errors import InvalidInput
from zones.scoping import Principal

SHOWN_AT_ONCE = 20
MOST_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class RecordStep:
    """One step. `form` is made for principal and record; `is_main` is what one should do, and stands unfolded."""

    title: Any
    fits: Callable[[Principal, Any], bool]
    form: Callable[..., forms.BaseForm]
    take: Callable[[Principal, Any, int, dict[str, Any]], Any]
    is_main: bool = False


def plain(form: type[forms.BaseForm]) -> Callable[..., forms.BaseForm]:
    """A form that needs to know nothing of the record."""
    return lambda principal, row, *arguments, **options: form(*arguments, **options)


class SteppedPage(MemberPage):
    """Reads one record, or takes one step; a refusal comes back with what was typed."""

    steps: ClassVar[Mapping[str, RecordStep]]
    address: ClassVar[str]
    passed: ClassVar[Any]
    """What is said of a step that does not fit any more; names `%(state)s`."""

    def row(self, public_id: UUID) -> Any:
        """The record, if it is the reader's. Raises Http404."""
        raise NotImplementedError

    def told(self, row: Any) -> dict[str, Any]:
        """What the page shows besides the steps."""
        raise NotImplementedError

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._shown(self.row(public_id))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        row, name = self.row(public_id), request.POST.get("step", "")
        if name not in self.steps:
            raise Http404
        step = self._offered(row).get(name)
        if step is None:
            told = self.passed % {"state": row.get_state_display()}
            return self._shown(row, refused=told, status=HTTPStatus.CONFLICT)
        form = step.form(self.principal, row, request.POST, prefix=name)
        if sent(form, lambda: step.take(self.principal, row, version_in(request.POST), _values(form))):
            return HttpResponseRedirect(reverse(self.address, args=[public_id]))
        return self._shown(self.row(public_id), bound={name: form}, status=HTTPStatus.BAD_REQUEST)

    def _offered(self, row: Any) -> dict[str, RecordStep]:
        return {name: step for name, step in self.steps.items() if step.fits(self.principal, row)}

    def _shown(
        self, row: Any, *, bound: Mapping[str, Any] | None = None, refused: str = "", status: int = HTTPStatus.OK
    ) -> HttpResponse:
        wrong = bound or {}
        steps = [
            {
                "name": name,
                "step": step,
                "form": wrong.get(name) or step.form(self.principal, row, prefix=name),
                "is_open": name in wrong,
            }
            for name, step in self._offered(row).items()
        ]
        return self.page({"row": row, "refused": refused, "steps": steps, **self.told(row)}, status=status)


def _values(form: Any) -> dict[str, Any]:
    told: dict[str, Any] = form.values() if hasattr(form, "values") else form.cleaned_data
    return told


class OwnList(MemberPage):
    """A list of a member's records, by where they stand, some at a time."""

    parameters = ("state", "page")
    states: ClassVar[Mapping[str, Any]]

    @property
    def state(self) -> str:
        """Which of them are asked for; empty: all. Raises InvalidInput."""
        value = self.request.GET.get("state", "")
        if value and value not in self.states:
            raise InvalidInput.single("state", _("没有这个选项：请从列表中选择。"))
        return value

    def number(self) -> int:
        """The page asked for, from 1. Raises InvalidInput."""
        text = self.request.GET.get("page", "1")
        if not text.isascii() or not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= MOST_PAGES:
            raise InvalidInput.single("page", _("没有这一页：请从列表开始翻看。"))
        return int(text)

    def part_of(self, rows: Any) -> tuple[list[Any], dict[str, Any]]:
        """The rows of the page asked for, and what its links need."""
        number = self.number()
        first = (number - 1) * SHOWN_AT_ONCE
        found = list(rows[first : first + SHOWN_AT_ONCE + 1])
        after = number + 1 if len(found) > SHOWN_AT_ONCE else 0
        frame = {"state": self.state, "states": self.states.items(), "before": number - 1, "after": after}
        return found[:SHOWN_AT_ONCE], frame
