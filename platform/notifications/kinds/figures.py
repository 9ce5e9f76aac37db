"""Notices about statistical reports: to who works for the zone or association. What reports are is another floor's:
here they are known by their table only.
"""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ledger.models import OutboxEvent
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, address, only
from zones.scoping import Principal


def _url_of(row: Any, principal: Principal) -> str:
    return address(("admin:figures_figurereport_change", (row.public_id,)), ("portal:figures", ()))


REPORT: Final = Subject("figures.figurereport", str, _url_of, related=("zone", "association"))


def _readers(row: Any, event: OutboxEvent) -> Audience:
    """Whoever made it by hand knows. One of the nation is made by hand, and for nobody else."""
    return Audience(zones=only(row.zone_id), secretariats=only(row.association_id), but=only(row.user_id))


KINDS: Final = (
    Kind(
        event="figures.reported", topic=Topic.FIGURES, subject=REPORT,
        title=_("统计报告已生成：%(name)s"),
        sentence=_("可查看并下载 DOCX、PDF、XLSX；报送前请核对“下一步工作建议”中的事项。"),
        who=_("园区的工作人员、联盟秘书处；手工制作的人除外"), why=_("您所在的园区或联盟有了新的统计报告"),
        audience=_readers,
    ),
)  # fmt: skip
