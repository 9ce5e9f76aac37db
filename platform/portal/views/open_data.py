"""Open data: which figures there are, under which licence, and each as a file at an address that stays."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy as _
from django.views import View

from figures.definitions.base import Definition
from figures.definitions.registry import all_definitions
from figures.open_data import COLUMNS, board_of, definitions_json, keys_of, open_keys, rows_of
from portal.base import PortalPage
from zones.scoping import today

FORMATS: Final = ("csv", "json")
SUBJECTS: Final[dict[str, tuple[Any, frozenset[str]]]] = {
    "places": (_("园区与成员"), frozenset({"zones", "members", "activities"})),
    "needs": (_("需求与对接"), frozenset({"needs", "scenarios", "exchanges"})),
    "cooperations": (
        _("合作与科技金融"), frozenset({"cooperations", "centres", "consortia", "pairing", "financing"}),
    ),
    "contracts": (_("技术合同与成果转化"), frozenset({"contracts", "conversions"})),
    "events": (_("活动与人才"), frozenset({"events", "talent"})),
    "catalogue": (_("资源目录"), frozenset({"catalogue"})),
    "agreements": (_("合作协议与承诺"), frozenset({"agreements", "commitments"})),
    "industry": (_("基金、产业链、飞地与试验"), frozenset({"funds", "chains", "enclaves", "trials"})),
}  # fmt: skip
"""What the page groups figures by: the heading, and how their ids begin."""


class OpenDataPage(PortalPage):
    template = "portal/open_data.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "groups": grouped(), "columns": COLUMNS, "as_of": today(), "has_samples": settings.DEMO,
            "licence": settings.OPEN_DATA_LICENCE, "licence_url": settings.OPEN_DATA_LICENCE_URL,
        }  # fmt: skip
        return self.page(context)


def grouped() -> list[tuple[str, str, list[Definition]]]:
    """The figures by what they are about: an anchor, a heading, and the figures."""
    found: dict[str, list[Definition]] = {anchor: [] for anchor in SUBJECTS}
    for figure in dict.fromkeys(figure for figure, _milestone in open_keys()):
        anchor = next(name for name, (_title, kinds) in SUBJECTS.items() if figure.partition(".")[0] in kinds)
        found[anchor].append(all_definitions()[figure])
    return [(anchor, str(SUBJECTS[anchor][0]), figures) for anchor, figures in found.items() if figures]


class OpenDataFile(View):
    """One figure over ten years for every place. The same for everybody; a program asks with the ETag it has."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, figure: str, form: str) -> HttpResponse:
        if form not in FORMATS or figure not in all_definitions() or not keys_of(figure):
            raise Http404
        return _answer(request, WRITERS[form](figure), f"{figure}.{form}", CONTENT_TYPES[form])


class OpenDataDefinitions(View):
    """What every figure counts, with the version of its definition."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        told = {**_licence(), "definitions": definitions_json(open_keys())}
        return _answer(request, _json(told), "definitions.json", CONTENT_TYPES["json"])


def _answer(request: HttpRequest, body: bytes, name: str, content_type: str) -> HttpResponse:
    if request.GET:
        raise BadRequest("a file of open data takes no parameters")
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    found = HttpResponse(body, content_type=content_type)
    answer = get_conditional_response(request, etag=etag, response=None) or found
    answer["ETag"], answer["Cache-Control"] = etag, "public, no-cache"
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Link"] = f'<{settings.OPEN_DATA_LICENCE_URL}>; rel="license"'
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _csv(figure: str) -> bytes:
    """With the mark by which spreadsheets know that it is UTF-8."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows_of(board_of(keys_of(figure), samples=settings.DEMO)):
        writer.writerow({name: str(value).lower() if isinstance(value, bool) else value for name, value in row.items()})
    return buffer.getvalue().encode("utf-8-sig")


def _figure_json(figure: str) -> bytes:
    keys = keys_of(figure)
    rows = list(rows_of(board_of(keys, samples=settings.DEMO)))
    return _json({**_licence(), "definition": definitions_json(keys)[0], "columns": list(COLUMNS), "rows": rows})


def _licence() -> dict[str, Any]:
    return {
        "licence": settings.OPEN_DATA_LICENCE, "licence_url": settings.OPEN_DATA_LICENCE_URL,
        "as_of": today().isoformat(), "contains_samples": settings.DEMO,
    }  # fmt: skip


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


WRITERS: Final[dict[str, Callable[[str], bytes]]] = {"csv": _csv, "json": _figure_json}
CONTENT_TYPES: Final = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
