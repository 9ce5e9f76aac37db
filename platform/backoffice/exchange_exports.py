"""The list of exchanges as a file: the rows its filters give, and what both sides were told; never a contact."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.exchange_rows import own_sides, pair_of, resource_owners, sides_text
from backoffice.list_files import ListFiles, Table, time_text
from backoffice.rows import Rows
from matching.models import Exchange
from zones.scoping import Principal


class ExportPages(ListFiles):
    """Two files beside the list."""

    file_title = gettext_lazy("对接")

    def table(self, principal: Principal, rows: Rows) -> Table:
        return _table(principal, rows)


def _table(principal: Principal, rows: Rows) -> Table:
    """Headings, then a line for each exchange."""
    found: list[Exchange] = list(rows)
    owners = resource_owners(principal, found)
    yield _headings()
    for row in found:
        pair, owner = pair_of(row), owners.get(row.resource.organization_id, "")
        yield [
            *(str(row.public_id), pair.need, pair.resource, str(row.need.zone), str(row.resource.zone), owner),
            *(sides_text(own_sides(principal, row)), row.get_state_display(), row.get_asked_by_side_display()),
            *(
                time_text(row.sent_at),
                row.answer_due_on.isoformat(),
                row.expires_on.isoformat(),
                time_text(row.answered_at),
            ),
            *(time_text(row.ended_at), row.get_exit_side_display(), row.get_exit_reason_display(), row.exit_zh),
        ]


def _headings() -> list[str]:
    return [
        *(_("编号"), _("需求标题"), _("资源名称"), _("需求方园区"), _("资源方园区"), _("资源方"), _("我方"), _("状态")),
        *(_("发起方"), _("发起时间"), _("应答复日"), _("失效日"), _("答复时间")),
        *(_("结束时间"), _("结束方"), _("结束原因"), _("结束说明")),
    ]
