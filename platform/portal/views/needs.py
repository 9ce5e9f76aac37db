"""The page of one need, as everybody who may see it reads it: never whose it is, nor what it may cost."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from matching.choices import NeedState
from matching.models import Need, NeedMetric
from matching.wording import requirement_text
from portal.base import PortalPage, row_or_404
from portal.cards import link_to_zone
from portal.specification import classes_of, pairs_of
from portal.views.follows import follow_of
from zones.scoping import Principal

ABOUT: Final = ("kind", "trl_have", "trl_need", "deadline", "duration_months", "expires_on")
TEXTS: Final = ("problem_zh", "content_zh", "background_zh", "tried_zh", "conditions_offered_zh")


class NeedPage(PortalPage):
    template = "portal/need.html"

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        row = row_or_404(Need.objects.visible_to(self.principal).select_related("zone"), public_id)
        context = {
            "row": row,
            "follow": follow_of(self.principal, "matching.need", row.public_id),
            "other_name": row.title_en if str(row) != row.title_en else row.title_zh,
            "zone": link_to_zone(row),
            "texts": pairs_of(row, TEXTS),
            "facts": pairs_of(row, ABOUT),
            "classes": classes_of(row),
            "metrics": _metrics(row, self.principal),
            "is_open": row.state == NeedState.OPEN,
            "may_express": row.state == NeedState.OPEN and bool(self.principal.organizations - {row.organization_id}),
        }
        return self.page(context)


def _metrics(row: Any, principal: Principal) -> list[tuple[str, str, str, str]]:
    found = NeedMetric.objects.visible_to(principal).filter(need=row)
    return [(one.name_zh, requirement_text(one), one.get_priority_display(), one.condition_zh) for one in found]
