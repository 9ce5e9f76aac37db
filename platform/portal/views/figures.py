"""The article with its figures as they are today, and what each figure is made of."""

from datetime import date
from http import HTTPStatus
from typing import Any, ClassVar, Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from figures.article import DAY, ENTRIES, FIRST_DAY, Compared, Entry, asked, check_day, compared, entry_of
from figures.errors import FigureRefused
from figures.evidence import readable
from figures.golden.series import is_loaded
from figures.protection import FEWEST, is_too_small
from figures.questions import Question, question
from figures.sentences import day_text, value_text
from figures.strangers import is_kept_back
from figures.telling import Told, told
from portal.base import PortalPage
from portal.figure_rows import shown_rows, table_of
from portal.views.exchanges import page_of
from zones.errors import InvalidInput
from zones.exporting.tables import csv_of
from zones.scoping import today

ROWS_SHOWN: Final = 50
SAMPLES: Final = "samples"


class FiguresPage(PortalPage):
    """Of figures as of a day. On a site of the demonstration its samples count, and the page says so."""

    @cached_property
    def samples(self) -> bool:
        return bool(settings.DEMO)

    def day(self, *, otherwise: date) -> date:
        """Raises InvalidInput for what is no day of the calendar."""
        text = self.request.GET.get("as_of", "")
        if not text:
            return otherwise
        try:
            found = parse_date(text)
        except ValueError:
            found = None
        if found is None:
            raise InvalidInput.single("as_of", _("日期格式有误：请写 2024-12-31。"))
        return found


class ArticlePage(FiguresPage):
    """Each sentence with the value the rows give as of a day, beside the published one."""

    template = "portal/article.html"
    parameters = ("as_of",)

    def get(self, request: HttpRequest) -> HttpResponse:
        try:
            day, error = self.day(otherwise=DAY), ""
            check_day(day)
        except InvalidInput as refusal:
            day, error = DAY, refusal.errors["as_of"][0]
        is_coming = self.samples and not is_loaded()
        rows = self._unanswered() if is_coming else self._answered(day)
        context = {
            "rows": rows,
            "is_coming": is_coming,
            "agreeing": sum(row["agrees"] for row in rows),
            "is_empty": not is_coming and not any(row["count"] for row in rows),
            "day": day,
            "day_text": day_text(day),
            "typed": request.GET.get("as_of", "")[:10] if error else day.isoformat(),
            "error": error,
            "first_day": FIRST_DAY.isoformat(),
            "today": today(),
            "article_day": DAY.isoformat(),
            SAMPLES: self.samples,
        }
        return self.page(context, status=HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK)

    def _answered(self, day: date) -> list[dict[str, Any]]:
        found = compared(as_of=day, samples=self.samples)
        told = [one.answer for one in found if one.answer is not None]
        seen = dict(zip(map(id, told), readable(told, self.principal), strict=True))
        return [self._shown(one, day) | {"readable": seen.get(id(one.answer), 0)} for one in found]

    def _unanswered(self) -> list[dict[str, Any]]:
        """While a demo loads its rows: what there is of them would give numbers that are true of no site."""
        return [_said(entry, _("示例记录正在载入。")) for entry in ENTRIES]

    def _shown(self, one: Compared, day: date) -> dict[str, Any]:
        entry, given = one.entry, one.answer
        row = _said(entry, one.refusal)
        if given is None:
            return row
        if is_kept_back(given, self.principal, was_reported=day == DAY):
            return row | {"why": too_small() if is_too_small(given) else not_of_this_day()}
        definition = given.definition
        return row | {
            "value": value_text(given, entry.phrase),
            "agrees": one.agrees,
            "count": len(given.facts),
            "definition": definition,
            "url": f"{reverse('portal:article_evidence', args=[entry.id])}?as_of={day.isoformat()}",
        }


def _said(entry: Entry, why: str) -> dict[str, Any]:
    """A sentence without a value, and why it has none."""
    row = {"id": entry.id, "quote": entry.quote, "said": entry.said, "note": entry.note}
    return row | {"why": why, "count": 0, "agrees": False}


class EvidencePage(FiguresPage):
    """What a figure is made of: its rule, the rows one may see, and how many one may not."""

    template = "portal/evidence.html"
    way_on = "portal:figures"
    parameters: ClassVar[tuple[str, ...]] = ("scope", "period", "milestone", "as_of", "page", "format")

    def get(self, request: HttpRequest, **named: str) -> HttpResponse:
        number, is_file = page_of(request), self._is_file()
        try:
            most = None if is_file else number * ROWS_SHOWN
            one = told(self.asked(**named), self.principal, most=most, was_reported=self.was_reported())
        except FigureRefused as refusal:
            raise InvalidInput.single("period", refusal.message) from refusal
        if is_file:
            return self._file(one)
        return self.page(self._context(one, number) | self.around(**named))

    def asked(self, **named: str) -> Question:
        given = {name: self.request.GET.get(name, "") for name in ("scope", "period", "milestone")}
        return question(
            named["figure"], scope=given["scope"] or "nation", period=given["period"], milestone=given["milestone"],
            as_of=self.day(otherwise=today()), samples=self.samples, reader=self.principal,
        )  # fmt: skip

    def was_reported(self) -> bool:
        """Whether the number was reported in public, as of this day."""
        return False

    def around(self, **named: str) -> dict[str, Any]:
        """What else the page shows."""
        return {}

    def _is_file(self) -> bool:
        wanted = self.request.GET.get("format", "")
        if wanted not in ("", "csv"):
            raise InvalidInput.single("format", _("只提供 csv：请改为 format=csv，或去掉该参数。"))
        return wanted == "csv"

    def _context(self, one: Told, number: int) -> dict[str, Any]:
        given = one.answer
        rows = one.evidence.rows[(number - 1) * ROWS_SHOWN :]
        total = 0 if one.is_suppressed else len(given.facts) - one.evidence.hidden
        if number > 1 and not rows:
            raise Http404
        return {
            "sentence": one.sentence(),
            "is_suppressed": one.is_suppressed,
            "definition": given.definition,
            "as_of": day_text(given.question.as_of),
            "value": "" if one.is_suppressed else value_text(given),
            "reported": None if one.reported is None else value_text(one.reported),
            "series": one.reported and one.reported.question.scope.name,
            "total": None if one.is_suppressed else len(given.facts),
            "hidden": one.evidence.hidden,
            "rows": list(shown_rows(rows, given.unit, self.principal)),
            "before": self._way(number - 1) if number > 1 else "",
            "after": self._way(number + 1) if total > number * ROWS_SHOWN else "",
            "file": self._way(1, format="csv") if total else "",
            SAMPLES: self.samples,
        }  # fmt: skip

    def _way(self, number: int, **more: str) -> str:
        kept = {name: text for name, text in self.request.GET.items() if name not in ("page", "format")}
        pages = {"page": str(number)} if number > 1 else {}
        return f"{self.request.path}?{urlencode(kept | pages | more)}"

    def _file(self, one: Told) -> HttpResponse:
        content = csv_of(table_of(shown_rows(one.evidence.rows, one.answer.unit, self.principal)))
        answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
        name = f"{one.answer.definition.id.replace(':', '-')}-{one.answer.question.as_of:%Y%m%d}.csv"
        answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
        return answer


class ArticleEvidencePage(EvidencePage):
    """The same for a sentence of the article."""

    parameters = ("as_of", "page", "format")
    way_on = "portal:article"

    def was_reported(self) -> bool:
        return self.day(otherwise=DAY) == DAY

    def asked(self, **named: str) -> Question:
        entry = entry_of(named["entry"])
        if entry is None:
            raise Http404
        day = self.day(otherwise=DAY)
        check_day(day)
        return asked(entry, as_of=day, samples=self.samples)

    def around(self, **named: str) -> dict[str, Any]:
        return {"entry": entry_of(named["entry"]), "as_of_day": self.day(otherwise=DAY).isoformat()}


def not_of_this_day() -> str:
    """What strangers are told instead of a number the article has of another day."""
    message = _("报道公布的是 %(day)s 的数字；其他截止日的数字可推算出个别记录，不对外公布。")
    return message % {"day": day_text(DAY)}


def too_small() -> str:
    """What strangers are told instead of a small number."""
    return _("数据涉及的单位不足 %(fewest)d 家（项），不予公布。") % {"fewest": FEWEST}
