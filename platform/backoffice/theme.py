"""How the back office looks: names, colors, navigation. Read by unfold as its settings."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zones.scoping import Principal

Permission = Callable[[HttpRequest], bool]


def _allowed(rule: Callable[[Principal], bool]) -> Permission:
    def permission(request: HttpRequest) -> bool:
        from backoffice.principals import principal_of  # models are not loaded when the theme is read

        return rule(principal_of(request))

    return permission


def _has_people(principal: Principal) -> bool:
    return principal.may_grant or bool(principal.own_zones)


def _has_zone(principal: Principal) -> bool:
    return principal.is_system or bool(principal.own_zones)


def _item(title: Any, icon: str, url: str, permission: Permission | None = None) -> dict[str, Any]:
    item = {"title": title, "icon": icon, "page": url, "link": reverse_lazy(url)}
    return item | ({"permission": permission} if permission else {})


NAVIGATION: list[dict[str, Any]] = [
    {"items": [_item(_("首页"), "home", "admin:index"), _item(_("收件箱"), "notifications", "portal:inbox")]},
    {
        "title": _("对接"),
        "separator": True,
        "items": [
            _item(pgettext_lazy("plural", "需求"), "campaign", "admin:matching_need_changelist"),
            _item(_("需求审核"), "fact_check", "admin:matching_needreview_changelist"),
            _item(_("需求征集"), "inbox", "admin:matching_needcall_changelist"),
            _item(pgettext_lazy("plural", "资源"), "biotech", "admin:zones_resource_changelist"),
            _item(pgettext_lazy("plural", "单位"), "apartment", "admin:zones_organization_changelist"),
            _item(
                pgettext_lazy("plural", "单位注册"),
                "how_to_reg",
                "admin:zones_registration_changelist",
                _allowed(_has_zone),
            ),
            _item(
                pgettext_lazy("plural", "服务申请"),
                "handshake",
                "admin:zones_servicerequest_changelist",
                _allowed(_has_zone),
            ),
            _item(
                pgettext_lazy("plural", "对接"),
                "sync_alt",
                "admin:matching_exchange_changelist",
                _allowed(_has_zone),
            ),
            _item(pgettext_lazy("plural", "活动"), "event", "admin:matching_event_changelist"),
            _item(
                pgettext_lazy("plural", "合作"),
                "diversity_2",
                "admin:matching_cooperation_changelist",
                _allowed(_has_zone),
            ),
            _item(
                pgettext_lazy("plural", "技术合同"),
                "contract",
                "admin:matching_techcontract_changelist",
                _allowed(_has_zone),
            ),
            _item(
                pgettext_lazy("plural", "合作协议"),
                "description",
                "admin:matching_agreement_changelist",
                _allowed(lambda p: _has_zone(p) or bool(p.secretariats)),
            ),
            _item(_("匹配任务"), "hub", "admin:matching_matchrun_changelist"),
            _item(_("导入"), "upload_file", "admin:zones_importjob_changelist", _allowed(_has_zone)),
        ],
    },
    {
        "title": _("协同机制"),
        "separator": True,
        "items": [
            _item(_("资源目录"), "menu_book", "admin:zones_catalogue_changelist"),
            _item(pgettext_lazy("plural", "协同基金"), "savings", "admin:zones_fund_changelist"),
            _item(pgettext_lazy("plural", "产业链节点"), "account_tree", "admin:zones_chainnode_changelist"),
            _item(pgettext_lazy("plural", "飞地"), "domain_add", "admin:zones_enclave_changelist"),
            _item(
                pgettext_lazy("plural", "成果转化"), "published_with_changes", "admin:matching_conversion_changelist"
            ),
            _item(
                pgettext_lazy("plural", "人才交流"),
                "transfer_within_a_station",
                "admin:matching_talentexchange_changelist",
            ),
            _item(pgettext_lazy("plural", "试验"), "science", "admin:matching_trial_changelist"),
            _item(pgettext_lazy("plural", "政策文件"), "gavel", "admin:zones_policydocument_changelist"),
        ],
    },
    {
        "title": _("统计"),
        "separator": True,
        "items": [
            _item(_("统计发布"), "verified", "admin:figures_lockedfigure_changelist"),
            _item(_("统计报告"), "summarize", "admin:figures_figurereport_changelist"),
            _item(_("官方数据系列"), "query_stats", "admin:figures_series_changelist"),
        ],
    },
    {
        "title": _("基础信息"),
        "separator": True,
        "items": [
            _item(pgettext_lazy("plural", "高新区"), "location_city", "admin:zones_zone_changelist"),
            _item(_("联盟与网络"), "share", "admin:zones_association_changelist"),
            _item(_("代码表"), "category", "admin:zones_code_changelist"),
            _item(_("工作日历"), "calendar_month", "admin:zones_specialday_changelist"),
            _item(_("审核标准"), "rule", "admin:matching_reviewpolicy_changelist"),
            _item(_("评分配置"), "tune", "admin:matching_scoringconfig_changelist", _allowed(lambda p: p.is_system)),
        ],
    },
    {
        "title": _("人员与权限"),
        "separator": True,
        "items": [
            _item(_("本区人员"), "groups", "admin:zones_zone_own_people", _allowed(lambda p: bool(p.own_zones))),
            _item(
                _("本联盟人员"),
                "diversity_3",
                "admin:zones_association_own_people",
                _allowed(lambda p: bool(p.secretariats)),
            ),
            _item(_("账号与角色"), "badge", "admin:accounts_user_changelist", _allowed(_has_people)),
            _item(_("邀请"), "person_add", "admin:zones_invitation_changelist", _allowed(_has_people)),
            _item(_("机器人与 Webhook"), "hub", "admin:notifications_endpoint_changelist", _allowed(_has_people)),
            _item(_("发送记录"), "outgoing_mail", "admin:notifications_delivery_changelist"),
            _item(
                _("联系方式查看记录"),
                "visibility",
                "admin:zones_contactaccess_changelist",
                _allowed(lambda p: p.is_system or bool(p.manager_zones | p.auditor_zones)),
            ),
        ],
    },
]

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("高新链"),
    "SITE_HEADER": _("高新链 工作台"),
    "SITE_SUBHEADER": _("跨高新区产学研匹配"),
    "SITE_SYMBOL": "hub",
    "SITE_URL": None,
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("backoffice/favicon.svg")}
    ],
    "SHOW_LANGUAGES": True,
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "6px",
    "COLORS": {
        "primary": {
            "50": "#eef6fb",
            "100": "#d6e9f5",
            "200": "#b0d4ec",
            "300": "#7cb8de",
            "400": "#4297cb",
            "500": "#1f7ab3",
            "600": "#146196",
            "700": "#124e79",
            "800": "#134364",
            "900": "#143854",
            "950": "#0d2438",
        },
    },
    "STYLES": [lambda request: static("backoffice/office.css")],
    "SIDEBAR": {"show_search": False, "show_all_applications": False, "navigation": NAVIGATION},
}
