"""Cooperations and technology contracts as files. Amounts are those the reader may see: of what others have published,
none.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from backoffice.fields import names_of_codes
from backoffice.list_files import ListFiles, Table, day_text
from backoffice.rows import Rows, visible_rows
from matching.choices import AmountKind
from matching.models import CooperationAmount, CooperationAssociation, CooperationMilestone, CooperationParty
from zones.choices import CodeScheme
from zones.scoping import Principal


class CooperationFiles(ListFiles):
    file_title = gettext_lazy("合作")

    def table(self, principal: Principal, rows: Rows) -> Table:
        found: list[Any] = list(rows)
        parties = _of(principal, CooperationParty, found, "organization", "zone")
        sums = {
            (one.cooperation_id, one.kind): one.amount
            for one in visible_rows(CooperationAmount, principal).filter(cooperation__in=found)
        }
        links = _of(principal, CooperationAssociation, found, "association")
        milestones = _of(principal, CooperationMilestone, found)
        yield _headings()
        for row in found:
            told = parties.get(row.pk, [])
            steps = milestones.get(row.pk, [])
            met = len([one for one in steps if one.met_on])
            yield [
                *(str(row.public_id), row.get_kind_display(), row.title_zh, row.get_state_display()),
                " · ".join(str(one) for one in told),
                " · ".join(dict.fromkeys(str(one.zone) for one in told if one.zone)),
                *(row.get_source_display(), day_text(row.signed_on), day_text(row.completed_on)),
                *(day_text(row.terminated_on), row.get_end_reason_display(), row.get_dimension_display()),
                *(sums.get((row.pk, kind), "") for kind in AmountKind.values),
                f"{met}/{len(steps)}" if steps else "",
                " · ".join(str(one.association) for one in links.get(row.pk, [])),
            ]


class ContractFiles(ListFiles):
    file_title = gettext_lazy("技术合同")

    def table(self, principal: Principal, rows: Rows) -> Table:
        yield _contract_headings()
        sides = ("seller_organization", "seller_region", "buyer_organization", "buyer_region")
        found: list[Any] = list(rows.select_related("zone", *sides))
        codes = sorted({row.contract_type for row in found})
        types = dict(zip(codes, names_of_codes(CodeScheme.CONTRACT_TYPE, codes), strict=True))
        for row in found:
            yield [
                *(str(row.public_id), row.title_zh, types[row.contract_type], row.get_state_display()),
                *(str(row.seller_organization or row.seller_name_zh), str(row.seller_region or "")),
                *(str(row.buyer_organization or row.buyer_name_zh), str(row.buyer_region or "")),
                *(row.total_amount, row.traded_amount, day_text(row.signed_on), day_text(row.submit_by)),
                *(day_text(row.submitted_on), day_text(row.registered_on), row.registration_number, str(row.zone)),
                *(day_text(row.cancelled_on), row.get_end_reason_display()),
            ]


def _of(principal: Principal, model: Any, rows: list[Any], *related: str) -> dict[int, list[Any]]:
    """By cooperation, in their order."""
    told: dict[int, list[Any]] = {}
    for one in visible_rows(model, principal).filter(cooperation__in=rows).select_related(*related):
        told.setdefault(one.cooperation_id, []).append(one)
    return told


def _headings() -> list[str]:
    return [
        *(_("编号"), _("合作类型"), _("合作主题"), _("状态"), _("合作方"), _("签约时所在高新区"), _("合作来源")),
        *(_("签约日"), _("完成日"), _("终止日"), _("终止原因"), _("协同维度")),
        *(_("%(kind)s（元）") % {"kind": kind.label} for kind in AmountKind),
        *(_("里程碑（已达到/全部）"), _("计入的联盟或网络")),
    ]


def _contract_headings() -> list[str]:
    return [
        *(_("编号"), _("合同名称"), _("合同类型"), _("状态"), _("卖方"), _("卖方省级区域"), _("买方")),
        *(_("买方省级区域"), _("合同成交额（元）"), _("技术交易额（元）"), _("签订日"), _("应提交登记日")),
        *(_("提交登记日"), _("登记日"), _("登记编号"), _("登记的高新区"), _("注销日"), _("注销原因")),
    ]
