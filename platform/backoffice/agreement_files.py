"""Agreements as files: one line each, with its parties, scopes, days, and how many promises were kept."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.list_files import ListFiles, Table, day_text
from backoffice.rows import Rows, visible_rows
from matching.agreement_choices import AgreementScope
from matching.models import AgreementCommitment, AgreementParty
from zones.errors import listed
from zones.scoping import Principal


class AgreementFiles(ListFiles):
    file_title = gettext_lazy("合作协议")

    def table(self, principal: Principal, rows: Rows) -> Table:
        found: list[Any] = list(rows.select_related("zone", "association"))
        parties = _of(principal, AgreementParty, found, "zone", "association", "organization")
        promises = _of(principal, AgreementCommitment, found)
        yield _headings()
        for row in found:
            made = promises.get(row.pk, [])
            yield [
                *(str(row.public_id), row.get_kind_display(), row.title_zh, row.get_state_display()),
                " · ".join(str(one) for one in parties.get(row.pk, [])),
                listed([str(AgreementScope(scope).label) for scope in row.scopes]),
                *(day_text(row.signed_on), day_text(row.valid_from), day_text(row.valid_to)),
                *(day_text(row.ended_on), row.get_end_reason_display(), str(row.zone or row.association)),
                f"{len([one for one in made if one.is_kept])}/{len(made)}" if made else "",
                row.document_sha256,
            ]


def _of(principal: Principal, model: Any, rows: list[Any], *related: str) -> dict[int, list[Any]]:
    """By agreement, in their order."""
    told: dict[int, list[Any]] = {}
    for one in visible_rows(model, principal).filter(agreement__in=rows).select_related(*related):
        told.setdefault(one.agreement_id, []).append(one)
    return told


def _headings() -> list[str]:
    return [
        *(_("编号"), _("协议类型"), _("协议名称"), _("状态"), _("签署方"), _("合作范围"), _("签署日"), _("生效日")),
        *(_("到期日"), _("终止日"), _("终止原因"), _("登记方"), _("承诺（已完成/全部）"), _("签署文件 SHA-256")),
    ]
