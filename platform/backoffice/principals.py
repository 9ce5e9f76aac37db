"""For whom a request asks: the principal, found once per request."""

from django.http import HttpRequest

from zones.scoping import Principal, scope_of

ATTRIBUTE = "_back_office_principal"


def principal_of(request: HttpRequest) -> Principal:
    """The principal of the logged-in user as of today."""
    known = getattr(request, ATTRIBUTE, None)
    if known is not None and known[0] == request.user.pk:
        principal: Principal = known[1]
        return principal
    principal = scope_of(request.user)
    setattr(request, ATTRIBUTE, (request.user.pk, principal))
    return principal
