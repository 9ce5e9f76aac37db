"""From which address a request comes: what the proxy in front says, where there is one, else the connection's own."""

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The last address the proxy added: those before it are what the sender claims."""
    told = request.headers.get("x-forwarded-for", "") if settings.BEHIND_PROXY else ""
    return told.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
