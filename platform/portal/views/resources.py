"""The page of one resource and its photos."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.services.search import similar_to
from matching.services.search_copies import SearchNotReady
from portal.base import PortalPage, row_or_404
from portal.cards import Card, freshness, link_to_owner, link_to_zone, owners_of, plain_cards
from portal.specification import Pair, classes_of, pairs_of, public_columns
from portal.views.follows import follow_of
from zones.choices import ResourceStatus, Visibility
from zones.models import DETAIL_MODELS, Capability, Resource, ResourcePart, ResourcePhoto
from zones.models.base import in_language
from zones.scoping import Principal
from zones.search.requests import RESOURCE
from zones.services.service_records import average_rating
from zones.services.service_requests import why_not_requestable
from zones.wording import price_text, quantity_text

SIMILAR_SHOWN: Final = 3
A_DAY: Final = 86_400
ABOUT: Final = ("trl",)
TERMS: Final = ("share_mode", "lead_time_days", "capacity", "capacity_note", "qualification", "conditions")
WHO_MAY: Final = {
    Visibility.PUBLIC: gettext_lazy("公开：任何单位都可以洽谈使用。"),
    Visibility.NATIONAL: gettext_lazy("面向全国高新区的单位。"),
    Visibility.ASSOCIATION: gettext_lazy("面向获得授权的联盟或网络的成员。"),
    Visibility.ZONE: gettext_lazy("仅面向本园区的单位。"),
}


class ResourcePage(PortalPage):
    template = "portal/resource.html"

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        rows = Resource.objects.visible_to(self.principal).select_related("zone")
        row = row_or_404(rows, public_id)
        context = {
            "row": row,
            "follow": follow_of(self.principal, "zones.resource", row.public_id),
            "other_name": row.name_en if str(row) != row.name_en else row.name_zh,
            "text": in_language(row.description_zh, row.description_en),
            "owner": link_to_owner(row, owners_of(self.principal, [row])),
            "zone": link_to_zone(row),
            "price": price_text(row),
            "who_may": WHO_MAY[row.visibility],
            "freshness": freshness(row.confirmed_on),
            "terms": pairs_of(row, TERMS),
            "facts": [*pairs_of(row, ABOUT), *_details(row, self.principal)],
            "classes": classes_of(row),
            "capabilities": _capabilities(row, self.principal),
            "parts": list(ResourcePart.objects.visible_to(self.principal).filter(resource=row)),
            "photos": _photos(row, self.principal),
            "similar": _similar(row, self.principal),
            "is_active": row.status == ResourceStatus.ACTIVE,
            "rating": average_rating(row),
            "may_ask": self._may_ask(row),
            "why_not": why_not_requestable(row),
            "may_express": row.status == ResourceStatus.ACTIVE and self._is_of_others(row),
        }
        return self.page(context)

    def _may_ask(self, row: Any) -> bool:
        """Members of other organizations, and visitors, who log in first."""
        return not self.request.user.is_authenticated or self._is_of_others(row)

    def _is_of_others(self, row: Any) -> bool:
        return bool(self.principal.organizations - {row.organization_id})


class ResourcePhotoFile(PortalPage):
    """One picture, kept by the reader's own browser only."""

    def get(self, request: HttpRequest, public_id: UUID, photo_id: UUID) -> HttpResponse:
        rows = ResourcePhoto.objects.visible_to(self.principal).filter(resource__public_id=public_id)
        photo = row_or_404(rows, photo_id)
        answer = HttpResponse(bytes(photo.content), content_type="image/jpeg")
        answer["Cache-Control"] = f"private, max-age={A_DAY}"
        return answer


def _details(row: Any, principal: Principal) -> list[Pair]:
    """What only its kind has; a laboratory it belongs to only where that may be seen."""
    model = DETAIL_MODELS[row.kind]
    detail: Any = model.objects.visible_to(principal).filter(resource=row).first()
    if detail is None:
        return []
    return [*pairs_of(detail, public_columns(model)), *_laboratory(detail, principal)]


def _laboratory(detail: Any, principal: Principal) -> list[Pair]:
    key = getattr(detail, "laboratory_id", None)
    found = Resource.objects.visible_to(principal).filter(pk=key).first() if key else None
    if found is None:
        return []
    return [Pair(_("所属实验室"), str(found), reverse("portal:resource", args=[found.public_id]))]


def _capabilities(row: Any, principal: Principal) -> list[tuple[str, str, str]]:
    found = Capability.objects.visible_to(principal).filter(resource=row)
    return [(one.name_zh, _quantity(one), one.note_zh) for one in found]


def _quantity(one: Capability) -> str:
    quantity = quantity_text(one)
    return f"{quantity} {one.unit}".strip() if quantity else _("未登记数值")


def _photos(row: Any, principal: Principal) -> list[dict[str, Any]]:
    photos = ResourcePhoto.objects.visible_to(principal).filter(resource=row).defer("content")
    return [
        {"photo": photo, "url": reverse("portal:resource_photo", args=[row.public_id, photo.public_id])}
        for photo in photos
    ]


def _similar(row: Any, principal: Principal) -> list[Card]:
    """Nothing while search is being prepared: the page has enough to tell."""
    try:
        return plain_cards(principal, RESOURCE, [hit.row for hit in similar_to(principal, row, limit=SIMILAR_SHOWN)])
    except SearchNotReady:
        return []
