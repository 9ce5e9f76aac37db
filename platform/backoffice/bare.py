"""Pages beside the lists and records: no row of their own, the same frame."""

from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse


def bare_page(page: Any, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
    """A page in the frame of the back office; `page` is the admin page it belongs to."""
    request.current_app = page.admin_site.name
    return TemplateResponse(request, template, {**page.admin_site.each_context(request), "opts": page.opts, **context})
