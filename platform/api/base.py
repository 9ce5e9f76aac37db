"""What every view of the API stands on. DRF imports this module while its own views load: import none of them here."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from zones.scoping import VISITOR, Principal, today

if TYPE_CHECKING:
    from rest_framework.views import APIView

REGISTRY_GUARD = "config.middleware.RouteRegistryMiddleware"


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom rows are read, as they stand on which day, and in which language they are told."""

    principal: Principal
    on: date
    language: str = "zh-hans"


def visitor() -> Reader:
    """Somebody who has not logged in, today."""
    return Reader(VISITOR, on=today())


class HasRouteRule(BasePermission):
    """Deny by default: the registry's middleware asks for each route's rule; without that guard nothing answers."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        if REGISTRY_GUARD not in settings.MIDDLEWARE:
            raise PermissionDenied  # also to visitors, to whom logging in would not help
        return True
