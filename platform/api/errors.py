"""Errors as RFC 9457 problem+json, in the reader's language. Domain errors are mapped here once."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.defaults import page_not_found
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from api.parsers import MEGABYTE, read_the_rest
from figures.errors import FigureRefused
from zones.errors import Conflict, DomainError, IllegalTransition, InvalidInput, NotAllowed, NotFound, RowPlace

PROBLEM = "application/problem+json"
STATUS_OF: dict[type[DomainError], int] = {
    InvalidInput: status.HTTP_400_BAD_REQUEST,
    NotFound: status.HTTP_404_NOT_FOUND,
    NotAllowed: status.HTTP_404_NOT_FOUND,
    Conflict: status.HTTP_409_CONFLICT,
    IllegalTransition: status.HTTP_409_CONFLICT,
    FigureRefused: status.HTTP_409_CONFLICT,
}
HIDDEN = (Http404, PermissionDenied, exceptions.NotFound, exceptions.PermissionDenied, NotFound, NotAllowed)
"""One answer for all: what may not be seen does not exist."""
LISTS = {
    "matching.needmetric": "metrics",
    "matching.needexclusion": "exclusions",
    "zones.capability": "capabilities",
    "zones.resourcepart": "parts",
    "zones.resourceexclusion": "exclusions",
    "zones.sharinggrant": "grants",
}
"""The fields under which rows below a record are sent, by their tables."""
KEPT_HEADERS = ("WWW-Authenticate", "Retry-After", "Allow")


def problem_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every error body has type, title, status, detail and, for bad input, errors."""
    if isinstance(error, HIDDEN):
        return _problem(not_found())
    if isinstance(error, DomainError):
        return _later(error) if error.retry_seconds else _problem(_of_domain(error))
    if isinstance(error, SuspiciousOperation):
        return _problem(bad_request())
    response = exception_handler(error, context)
    if response is None:
        return None
    answer = _problem(_of_framework(error, response))
    for header in KEPT_HEADERS:
        if header in response:
            answer[header] = response[header]
    return answer


def problem(code: int, kind: str, detail: str, errors: Any = None) -> dict[str, Any]:
    """The body; `kind` is stable and for programs, `title` and `detail` are for people."""
    titles = {
        400: _("请求有误"),
        401: _("须先登录"),
        403: _("没有权限"),
        404: _("没有找到"),
        405: _("不支持此操作"),
        406: _("没有这种格式"),
        409: _("状态冲突"),
        412: _("记录已被修改"),
        413: _("内容过大"),
        415: _("不支持的格式"),
        422: _("重复的请求标识"),
        428: _("缺少 If-Match"),
        429: _("请求过于频繁"),
        503: _("暂时不可用"),
    }
    body = {
        "type": f"urn:zonelink:{kind}",
        "title": titles.get(code, _("请求未完成")),
        "status": code,
        "detail": detail,
    }
    return body if errors is None else body | {"errors": errors}


def not_found() -> dict[str, Any]:
    return problem(404, "not_found", _("没有找到：它不存在，或您无权查看。"))


def bad_request() -> dict[str, Any]:
    return problem(400, "bad_request", _("请求格式不正确或参数过多，请减少参数后重试。"))


def not_found_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler404` of the URL table: the API answers problem+json also where no view was reached."""
    if request.path.startswith("/api/"):
        return JsonResponse(not_found(), status=404, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})
    return page_not_found(request, exception)


def bad_request_page(request: HttpRequest, exception: Exception) -> HttpResponse:
    """`handler400` of the URL table: too much was sent, or the address asks for no filter or value of the page."""
    too_much = _too_much(exception)
    if too_much:
        read_the_rest(request)
    if request.path.startswith("/api/"):
        return JsonResponse(bad_request(), status=400, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})
    if too_much:
        return render(request, "too_much.html", {"too_much": too_much}, status=400)
    return render(request, "400.html", {"path": request.path}, status=400)


def _too_much(error: Exception) -> str:
    """What there is too much of and what to do, or nothing for other errors."""
    match error:
        case RequestDataTooBig():
            most = {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE}
            return _("一次提交的文字合计超过 %(most)d MB：请缩短最长的文字，或分几次提交。") % most
        case TooManyFieldsSent():
            most = {"most": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS}
            return _("一次提交的内容超过 %(most)d 项：请减少行数或勾选数，分几次提交。") % most
        case TooManyFilesSent():
            most = {"most": settings.DATA_UPLOAD_MAX_NUMBER_FILES}
            return _("一次提交的文件超过 %(most)d 个：请分几次提交。") % most
    return ""


def _of_domain(error: DomainError) -> dict[str, Any]:
    errors = getattr(error, "errors", None) or ({error.field: [error.message]} if error.field else None)
    told = None if errors is None else _nested(errors)
    code = next((STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF), 400)
    return problem(code, error.code, error.message, told) | _findings(error)


def _findings(error: DomainError) -> dict[str, Any]:
    """What looks like an identity, so that its writer can say by `no_identity` why it is none."""
    found = [one for one in getattr(error, "findings", ()) if one.is_statable]
    told = [{"field": str(one.place), "text": one.text, "fingerprint": one.fingerprint} for one in found]
    return {"findings": told} if told else {}


def _nested(errors: Mapping[str, list[str]]) -> dict[str, Any]:
    """Faults of rows where the rows were sent, by their numbers from 0, as faults of shape are told."""
    told: dict[str, Any] = {}
    for place, sentences in errors.items():
        if isinstance(place, RowPlace) and place.table in LISTS:
            rows = told.setdefault(LISTS[place.table], {})
            rows.setdefault(str(place.position - 1), {})[place.column] = sentences
        else:
            told[str(place)] = sentences
    return told


def _later(error: DomainError) -> Response:
    """What is not ready yet, and when to ask again."""
    answer = _problem(problem(status.HTTP_503_SERVICE_UNAVAILABLE, error.code, error.message))
    answer["Retry-After"] = str(error.retry_seconds)
    return answer


def _of_framework(error: Exception, response: Response) -> dict[str, Any]:
    kind = str(getattr(error, "default_code", "error"))
    if isinstance(error, exceptions.ValidationError):
        told = response.data if isinstance(response.data, dict) else {NON_FIELD_ERRORS: response.data}
        return problem(response.status_code, kind, _("请求有误，请按 errors 中的说明改正。"), told)
    return problem(response.status_code, kind, str(getattr(error, "detail", "")))


def _problem(body: dict[str, Any]) -> Response:
    return Response(body, status=body["status"], content_type=PROBLEM)
