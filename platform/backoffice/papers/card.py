"""The card of a need (需求卡片): to hand on, without the enterprise's name; or for the enterprise to sign."""

from django.utils.translation import gettext as _

from backoffice import details
from backoffice.details import EMPTY
from backoffice.papers.blocks import Blanks, Block, Heading, Table, Text
from matching.models import Need, NeedMetric
from matching.wording import requirement_text
from zones.scoping import Principal

BASICS = (
    *("kind", "zone", "modes", "industry_codes", "discipline_codes", "equipment_codes", "keywords"),
    *("trl_have", "trl_need", "deadline", "duration_months"),
)
CONTENT = ("summary_zh", "background_zh", "problem_zh", "content_zh", "tried_zh", "conditions_offered_zh")
OF_THE_ENTERPRISE = (
    *("organization", "consent_recorded_on", "budget_min", "budget_max", "budget_source_zh"),
    *("payment_zh", "ip_preference_zh"),
)


def number_of(need: Need) -> str:
    """A need's number for people: never one of the enterprise's own, which may tell whose it is."""
    return f"XQ-{need.public_id.hex[:8].upper()}"


def metric_table(need: Need, principal: Principal) -> Table | None:
    """The metrics of a need; None where it has none."""
    metrics = NeedMetric.objects.visible_to(principal).filter(need=need)
    rows = tuple(
        (
            metric.name_zh,
            requirement_text(metric),
            str(metric.get_priority_display()),
            metric.condition_zh or EMPTY,
        )
        for metric in metrics
    )
    return Table((_("指标"), _("要求"), _("优先级"), _("测试条件")), rows) if rows else None


def blocks_of(need: Need, principal: Principal) -> tuple[Block, ...]:
    """What everybody who may see the need may read of it, and nothing else."""
    return (*_public(need, principal), Text(_("单位信息由所在高新区保管，双方同意后方可交换。"), is_quiet=True))


def signing_blocks_of(need: Need, principal: Principal) -> tuple[Block, ...]:
    """With whose need it is, its means, and a consent to sign."""
    own = details.sections(need, [("", list(OF_THE_ENTERPRISE))], principal, is_own=True)
    pairs = tuple((str(pair["label"]), str(pair["value"])) for section in own for pair in section["pairs"])
    consent = _(
        "本单位确认以上需求内容属实，不含国家秘密和不宜公开的商业秘密；同意由所在高新区代为发布并组织匹配对接。"
        "未经本单位再次同意，不得向其他单位透露本单位名称、联系方式和预算。本授权可随时书面撤回。"
    )
    return (
        *_public(need, principal),
        Heading(1, _("单位与经费（不对外）")),
        Table((), pairs),
        Heading(1, _("授权书")),
        Text(consent),
        Blanks((_("单位（盖章）"), _("授权代表（签字）"), _("日期"))),
    )


def _public(need: Need, principal: Principal) -> list[Block]:
    """By the classes of the fields: what others may not read is not on the card."""
    fieldsets = [(_("基本情况"), list(BASICS)), (_("需求内容"), list(CONTENT))]
    basics, *content = details.sections(need, fieldsets, principal, is_own=False)
    blocks: list[Block] = [Heading(1, str(basics["title"]))]
    blocks.append(Table((), tuple((str(pair["label"]), str(pair["value"])) for pair in basics["pairs"])))
    for section in content:
        blocks.append(Heading(1, str(section["title"])))
        for pair in section["pairs"]:
            blocks += [Heading(2, str(pair["label"])), Text(str(pair["value"]))]
    table = metric_table(need, principal)
    return [*blocks, Heading(1, _("量化指标")), table] if table else blocks
