"""Notices about statistical reports and published figures: to who works for the zone or association. What these are is
another floor's: here they are known by their table only.
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


def _published_url(row: Any, principal: Principal) -> str:
    return address(("admin:figures_lockedfigure_change", (row.public_id,)), ("portal:figures", ()))


PUBLISHED: Final = Subject("figures.lockedfigure", str, _published_url)


def _keepers(row: Any, event: OutboxEvent) -> Audience:
    """Of what the system has published nobody is told: its page says so."""
    return Audience(zones=only(row.zone_id), secretariats=only(row.association_id))


_WHO: Final = _("统计所属园区的工作人员、联盟秘书处")
_WHY: Final = _("该统计以您所在的园区或联盟发布")
KINDS: Final = (
    Kind(
        event="figures.reported", topic=Topic.FIGURES, subject=REPORT,
        title=_("统计报告已生成：%(name)s"),
        sentence=_("可查看并下载 DOCX、PDF、XLSX；报送前请核对“下一步工作建议”中的事项。"),
        who=_("园区的工作人员、联盟秘书处；手工制作的人除外"), why=_("您所在的园区或联盟有了新的统计报告"),
        audience=_readers,
    ),
    Kind(
        event="figure.restated", topic=Topic.FIGURES, subject=PUBLISHED, title=_("已发布统计已重述：%(name)s"),
        sentence=_("原因与原版次见统计页。"), who=_WHO, why=_WHY, audience=_keepers,
    ),
    Kind(
        event="figure.outdated", topic=Topic.FIGURES, subject=PUBLISHED, title=_("已发布统计与记录不符：%(name)s"),
        sentence=_("导入的文件改变了所依据的记录，已发布的数值不变：请核对，需要时重述。"), who=_WHO, why=_WHY,
        audience=_keepers, is_urgent=True,
    ),
)  # fmt: skip
