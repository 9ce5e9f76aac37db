"""Progress that a page asks for again and again, as fragments of HTML; the last answer ends the asking."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

STOP_POLLING: Final = 286
"""The status by which htmx stops asking."""
POLL_SECONDS: Final = 2


def progress_fragment(
    request: HttpRequest, template: str, context: dict[str, Any], *, is_finished: bool
) -> HttpResponse:
    """The fragment as it stands; when there is nothing to wait for, the page that asked is told to load anew."""
    if not is_finished:
        return render(request, template, context)
    answer = HttpResponse(status=STOP_POLLING)
    answer["HX-Refresh"] = "true"
    return answer
