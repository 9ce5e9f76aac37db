"""Wrong alarms about identities: the boxes beside a refused need, and what was stated, for its readers."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from backoffice.details import plain_text
from backoffice.forms import RecordForm, place_text
from backoffice.principals import principal_of
from matching.models import LeakStatement, Need, NeedMetric
from matching.services.leaks import KINDS, LeaksFound
from matching.services.statements import statements_of
from zones.errors import RowPlace

PREFIX = "no-identity-"


class NeedForm(RecordForm):
    """A need; what its writer says of each alarm comes with it."""

    def values(self) -> dict[str, Any]:
        return super().values() | {"no_identity": self._reasons()}

    def _reasons(self) -> dict[str, str]:
        given = {name: self.data.get(name, "") for name in self.data if name.startswith(PREFIX)}
        return {name.removeprefix(PREFIX): str(text) for name, text in given.items()}

    @property
    def leak_boxes(self) -> list[dict[str, Any]]:
        """One box for each alarm of the refusal that may be a wrong one."""
        refusal = getattr(self.request, "refusal", None)
        findings = refusal.findings if isinstance(refusal, LeaksFound) else ()
        return [
            {
                "name": f"{PREFIX}{finding.fingerprint}",
                "label": field_label(finding.place),
                "text": finding.text,
                "value": self._reasons().get(finding.fingerprint, ""),
            }
            for finding in findings
            if finding.is_statable
        ]


def field_label(place: str) -> str:
    """A place in a need, or a column of it or its metrics, as people call it."""
    if isinstance(place, RowPlace):
        return place_text(place)
    name = place.removeprefix("metrics.")
    model = Need if name == place else NeedMetric
    label = str(getattr(model._meta.get_field(name), "verbose_name", name))
    return label if model is Need else f"{NeedMetric._meta.verbose_name} {label}"


def statement_tables(request: HttpRequest, need: Need) -> list[dict[str, Any]]:
    """What has been stated of the text as it stands; nothing stated: no table."""
    rows = [
        [
            field_label(stated.finding.place),
            stated.finding.text,
            str(KINDS[stated.finding.kind]),
            stated.statement.reason,
            str(stated.statement.stated_by or gettext("系统")),
            plain_text("stated_at", stated.statement.stated_at),
        ]
        for stated in statements_of(principal_of(request), need)
    ]
    names = ("字段", "原文", "疑为", "理由", "说明人", "说明时间")
    return [{"title": _title(), "headings": [gettext(name) for name in names], "rows": rows}] if rows else []


def _title() -> str:
    return str(LeakStatement._meta.verbose_name)
