"""The pages of the mechanisms: policy documents, funds, chains, enclaves; conversions, exchanges of people, trials."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.details import EMPTY
from backoffice.fields import names_of_codes
from backoffice.filters import Rows, choice_filter, rule_filter
from backoffice.kept import KeptAdmin, count_column, fields_of, filters_of, list_of, rows_below, withdrawal
from matching.choices import TalentRole, TrialResult
from matching.models import Conversion, TalentExchange, Trial
from matching.services.transfers import CONVERSION, TALENT, TRIAL, tracks
from zones.choices import ChainStage, CodeScheme
from zones.models import ChainNode, Enclave, Fund, PolicyDocument
from zones.models.base import in_language
from zones.scoping import Principal
from zones.services.mechanisms import CHAIN, ENCLAVE, FUND, POLICY
from zones.wording import money


@admin.register(PolicyDocument)
class PolicyAdmin(KeptAdmin):
    shape = POLICY
    add_title = _("登记政策文件")
    when_empty = _("登记第一份政策文件后，会显示在这里。")
    ordering = ("-issued_on", "-id")
    list_display = list_of(POLICY, "number", "shown_count")
    counted = "items"
    shown_count = count_column(_("条目"))
    fieldsets = fields_of(
        _("政策文件"),
        ("issuer_region", "issuer_zh"),
        "number",
        ("issued_on", "ended_on"),
        "summary_zh",
        "industry_codes",
    )
    panels = withdrawal(POLICY)
    file_title = _("政策文件")
    search_fields = ("title_zh", "title_en", "number", "issuer_zh")
    search_help_text = _("按名称、文号、发文机关查找")
    inlines = (
        rows_below(POLICY, "items", _("条目（措施、要素、行动、领域，按文件顺序）")),
        rows_below(POLICY, "targets", _("目标（金额以元填写）")),
        rows_below(POLICY, "actuals", _("实际值（按目标编号，逐期填写）")),
    )


@admin.register(Fund)
class FundAdmin(KeptAdmin):
    shape = FUND
    add_title = _("登记基金")
    when_empty = _("登记第一只协同基金后，会显示在这里。")
    ordering = ("-established_on", "-id")
    list_display = list_of(FUND, "shown_size", "shown_count")
    counted = "commitments"
    shown_count = count_column(_("出资方"))
    fieldsets = fields_of(
        _("协同基金"), "size", ("manager", "manager_zh"), "focus_zh", "industry_codes", ("established_on", "closed_on")
    )
    panels = withdrawal(FUND)
    file_title = _("协同基金")
    inlines = (
        rows_below(FUND, "commitments", _("认缴（高新区、单位、平台外出资方，每行只填一项；金额以元填写）")),
        rows_below(FUND, "payments", _("到位资金（按认缴编号，逐笔填写；金额以元填写）")),
    )

    @admin.display(description=_("基金规模"), ordering="size")
    def shown_size(self, row: Any) -> str:
        return money(row.size)


@admin.register(ChainNode)
class ChainAdmin(KeptAdmin):
    shape = CHAIN
    add_title = _("登记产业链节点")
    when_empty = _("登记第一个产业链节点后，会显示在这里。")
    ordering = ("chain_zh", "stage", "title_zh", "id")
    list_display = list_of(CHAIN, "chain_zh", "stage", "shown_count")
    counted = "places"
    shown_count = count_column(_("企业"))
    list_filter = filters_of(choice_filter("stage", _("环节"), ChainStage.choices))
    fieldsets = fields_of(
        _("产业链节点"), ("chain_zh", "stage"), "industry_codes", "note_zh", ("valid_from", "valid_to")
    )
    search_fields = ("title_zh", "title_en", "chain_zh")
    search_help_text = _("按产业链、节点名称查找")
    panels = withdrawal(CHAIN)
    file_title = _("产业链节点")
    inlines = (rows_below(CHAIN, "places", _("节点企业（平台上没有的填写名称与所在高新区）")),)


@admin.register(Enclave)
class EnclaveAdmin(KeptAdmin):
    shape = ENCLAVE
    add_title = _("登记飞地")
    when_empty = _("登记第一个飞地后，会显示在这里。")
    ordering = ("-opened_on", "-id")
    list_display = list_of(ENCLAVE, "home_zone", "shown_host", "shown_count")
    counted = "tenants"
    shown_count = count_column(_("入驻单位"))
    list_select_related = ("zone", "association", "home_zone", "host_zone", "host_region")
    fieldsets = fields_of(
        _("飞地"),
        "home_zone",
        ("host_zone", "host_region"),
        ("operator", "operator_zh"),
        ("resource", "area_m2"),
        "sharing_terms_zh",
        ("opened_on", "closed_on"),
    )
    panels = withdrawal(ENCLAVE)
    file_title = _("飞地")
    inlines = (rows_below(ENCLAVE, "tenants", _("入驻单位（平台上没有的填写名称）")),)

    @admin.display(description=_("飞入地"))
    def shown_host(self, row: Any) -> str:
        return str(row.host_zone or row.host_region)


@admin.register(Conversion)
class ConversionAdmin(KeptAdmin):
    shape = CONVERSION
    add_title = _("登记成果转化")
    when_empty = _("登记第一项成果转化后，会显示在这里。")
    ordering = ("-converted_on", "-id")
    list_display = list_of(CONVERSION, "from_zone", "shown_landing", "shown_amount")
    list_select_related = ("zone", "association", "from_zone", "landing_zone", "landing_region")
    fieldsets = fields_of(
        _("成果转化"),
        ("resource", "from_zone"),
        ("landing_zone", "landing_region"),
        ("contract", "amount"),
        "converted_on",
    )
    panels = withdrawal(CONVERSION)
    file_title = _("成果转化")

    @admin.display(description=_("落地"))
    def shown_landing(self, row: Any) -> str:
        return str(row.landing_zone or row.landing_region)

    @admin.display(description=_("转化金额"), ordering="amount")
    def shown_amount(self, row: Any) -> str:
        return EMPTY if row.amount is None else money(row.amount)


@admin.register(TalentExchange)
class TalentAdmin(KeptAdmin):
    shape = TALENT
    add_title = _("登记人才交流")
    when_empty = _("登记第一次人才交流后，会显示在这里。")
    ordering = ("-started_on", "-id")
    list_display = list_of(TALENT, "shown_way", "role", "person_times")
    list_filter = filters_of(choice_filter("role", _("人员类别"), TalentRole.choices))
    list_select_related = ("zone", "association", "from_zone", "from_region", "to_zone", "to_region")
    fieldsets = fields_of(
        _("人才交流"),
        ("from_zone", "from_region"),
        ("to_zone", "to_region"),
        ("role", "person_times"),
        ("started_on", "ended_on"),
        "cooperation",
    )
    panels = withdrawal(TALENT)
    file_title = _("人才交流")

    @admin.display(description=_("方向"))
    def shown_way(self, row: Any) -> str:
        return f"{row.from_zone or row.from_region} → {row.to_zone or row.to_region}"


def _by_track(rows: Rows, value: str, principal: Principal) -> Rows:
    return rows.filter(track_code__startswith=value)


FIELDS = (
    ("FI1", _("未来制造")), ("FI2", _("未来信息")), ("FI3", _("未来材料")), ("FI4", _("未来能源")),
    ("FI5", _("未来空间")), ("FI6", _("未来健康")),
)  # fmt: skip


@admin.register(Trial)
class TrialAdmin(KeptAdmin):
    shape = TRIAL
    add_title = _("登记试验")
    when_empty = _("登记第一项试验后，会显示在这里。")
    ordering = ("-started_on", "-id")
    list_display = list_of(TRIAL, "shown_track", "result")
    list_filter = filters_of(
        rule_filter("track", _("赛道"), FIELDS, _by_track),
        choice_filter("result", _("结果"), TrialResult.choices),
    )
    fieldsets = fields_of(
        _("试验"),
        ("testbed", "track_code"),
        ("organization", "name_zh"),
        ("started_on", "ended_on"),
        ("result", "result_zh"),
    )
    panels = withdrawal(TRIAL)
    file_title = _("试验")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "track_code":
            known = [(row.code, f"{row.code} {in_language(row.name_zh, row.name_en)}") for row in tracks()]
            return forms.ChoiceField(
                label=db_field.verbose_name,
                choices=[("", EMPTY), *known],
                widget=widgets.UnfoldAdminSelect2Widget(),
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("赛道"), ordering="track_code")
    def shown_track(self, row: Any) -> str:
        return str(getattr(row, "track_name", row.track_code))

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        for row, name in zip(rows, names_of_codes(CodeScheme.INDUSTRY, [row.track_code for row in rows]), strict=True):
            row.track_name = name
