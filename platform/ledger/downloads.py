"""Files of people, as they leave: to be kept, never to be opened in the page's place."""

from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

NEVER_RUN: Final = "default-src 'none'; sandbox"
"""Should a browser show a file all the same: nothing in it is loaded or run."""


def to_keep(content: bytes, media_type: str, name: str) -> HttpResponse:
    """The file under its name."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Content-Security-Policy"] = NEVER_RUN
    return answer
