"""Closed lists of the domain. What an operator may extend (industries, modes, TRL …) is a code table, not a choice."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ZoneLevelKind(models.TextChoices):
    NATIONAL = "national", _("国家高新区")
    PROVINCIAL = "provincial", _("省级高新区")
    NATIONAL_ECONOMIC = "national_economic", _("国家级经济技术开发区")
    OTHER = "other", _("其他园区")


class AssociationKind(models.TextChoices):
    ALLIANCE = "alliance", _("区域联盟")
    NETWORK = "network", _("产业协同创新网络")
    PAIRING = "pairing", _("对口合作")
    CORRIDOR = "corridor", _("创新走廊")


class MemberRole(models.TextChoices):
    LEAD = "lead", _("牵头单位")
    MEMBER = "member", _("成员单位")


class OrganizationKind(models.TextChoices):
    ENTERPRISE = "enterprise", _("企业")
    UNIVERSITY = "university", _("高等院校")
    INSTITUTE = "institute", _("科研院所")
    HOSPITAL = "hospital", _("医疗机构")
    LABORATORY = "laboratory", _("实验室")
    SERVICE = "service", _("服务机构")
    GOVERNMENT = "government", _("政府部门")
    OTHER = "other", _("其他")


class ResourceKind(models.TextChoices):
    LABORATORY = "laboratory", _("实验室")
    EQUIPMENT = "equipment", _("仪器设备")
    ACHIEVEMENT = "achievement", _("科技成果")
    EXPERT_TEAM = "expert_team", _("专家团队")
    TESTBED = "testbed", _("未来产业试验场")
    PILOT_LINE = "pilot_line", _("中试线")
    FINANCE_PRODUCT = "finance_product", _("科技金融产品")
    ENCLAVE_SPACE = "enclave_space", _("飞地空间")
    SERVICE = "service", _("科技服务")


class ResourceStatus(models.TextChoices):
    DRAFT = "draft", _("草稿")
    ACTIVE = "active", _("可对接")
    PAUSED = "paused", pgettext_lazy("state", "暂停")
    RETIRED = "retired", _("已下线")


class Visibility(models.TextChoices):
    ZONE = "zone", _("本园区")
    ASSOCIATION = "association", _("联盟或网络内")
    NATIONAL = "national", _("全国园区")
    PUBLIC = "public", _("公开")


class Dimension(models.TextChoices):
    """The five dimensions of cooperation between zones."""

    INNOVATION = "innovation", _("创新协同")
    OPENING = "opening", _("开放协同")
    INSTITUTION = "institution", _("制度协同")
    FACTOR = "factor", _("要素协同")
    SAFEGUARD = "safeguard", _("保障协同")


class PolicyItemKind(models.TextChoices):
    """What the numbered parts of a policy document are: 16 条措施, 七大要素, 八大行动, 六大领域."""

    MEASURE = "measure", _("措施")
    ELEMENT = "element", _("要素")
    ACTION = "action", _("行动")
    FIELD = "field", _("领域")
    TARGET = "target", _("目标")


class MoneyUnit(models.TextChoices):
    """In which an amount is shown; it is stored in 元."""

    YUAN = "yuan", _("元")
    WAN = "wan", _("万元")
    YI = "yi", _("亿元")
    WAN_YI = "wan_yi", _("万亿元")


class ChainStage(models.TextChoices):
    UPSTREAM = "upstream", _("上游")
    MIDSTREAM = "midstream", _("中游")
    DOWNSTREAM = "downstream", _("下游")


class ChainRole(models.TextChoices):
    LEADING = "leading", _("链主")
    SUPPORTING = "supporting", _("配套")


class PriceUnit(models.TextChoices):
    """What a price is for. Only the price of a whole project can be compared with a need's budget."""

    HOUR = "hour", _("每小时")
    DAY = "day", _("每天")
    MONTH = "month", _("每月")
    YEAR = "year", _("每年")
    PIECE = "piece", _("每件（样、片、台、项）")
    BATCH = "batch", _("每批（次、炉、轮）")
    PERSON = "person", _("每人")
    PROJECT = "project", _("每个项目（整体）")


class GrantScope(models.TextChoices):
    ZONE = "zone", _("指定园区")
    ASSOCIATION = "association", _("指定联盟或网络")
    NATIONAL = "national", _("全国园区")


class Role(models.TextChoices):
    ZONE_STAFF = "zone_staff", _("园区经办人")
    ZONE_MANAGER = "zone_manager", _("园区负责人")
    SECRETARIAT = "secretariat", _("联盟（网络）秘书处")
    ORGANIZATION_MEMBER = "organization_member", _("单位用户")
    AUDITOR = "auditor", _("审计员")
    SYSTEM = "system", _("系统管理员")


class InvitationState(models.TextChoices):
    """An open one past its time is shown as expired; no row says so."""

    OPEN = "open", _("待接受")
    ACCEPTED = "accepted", _("已接受")
    REVOKED = "revoked", _("已撤回")


class RegistrationState(models.TextChoices):
    WAITING = "waiting", _("待核验")
    ACCEPTED = "accepted", _("已通过")
    REFUSED = "refused", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")


class RefusalReason(models.TextChoices):
    """Why a zone does not accept a registration; the words beside it say what to do."""

    CODE_MISMATCH = "code_mismatch", _("信用代码与名称不符")
    NOT_IN_ZONE = "not_in_zone", _("不在本园区")
    NOT_CONFIRMED = "not_confirmed", _("未能核实申请人与单位的关系")
    DUPLICATE = "duplicate", _("重复申请")
    OTHER = "other", _("其他原因")


class RequestKind(models.TextChoices):
    """What a request for service asks for; `zones.services.service_requests.KINDS_OF` says of which resource what."""

    OWN_USE = "own_use", _("自主使用")
    COMMISSIONED = "commissioned", _("委托服务")
    TRIAL = "trial", _("试用验证")
    VISIT = "visit", _("实地考察")
    CONSULTATION = "consultation", _("咨询洽谈")


class RequestState(models.TextChoices):
    SENT = "sent", _("待答复")
    QUESTIONED = "questioned", _("待补充说明")
    ACCEPTED = "accepted", pgettext_lazy("request", "已接受")
    RECORDED = "recorded", _("待确认服务记录")
    DISPUTED = "disputed", _("服务记录有异议")
    CONFIRMED = "confirmed", pgettext_lazy("request", "已完成")
    DECLINED = "declined", _("未接受")
    WITHDRAWN = "withdrawn", _("已撤回")
    EXPIRED = "expired", _("逾期关闭")
    CANCELLED = "cancelled", pgettext_lazy("request", "已取消")


class RequestSide(models.TextChoices):
    REQUESTER = "requester", _("申请方")
    PROVIDER = "provider", _("提供方")
    SYSTEM = "system", _("系统")


class EndReason(models.TextChoices):
    """Why a request is declined or an agreed service is called off."""

    NO_TIME = "no_time", _("时间安排不开")
    NOT_SUITABLE = "not_suitable", _("能力或条件不符")
    NOT_SHARED = "not_shared", _("不对申请方开放")
    PRICE = "price", _("费用未谈妥")
    OUT_OF_ORDER = "out_of_order", _("设备故障或停用")
    NO_LONGER_NEEDED = "no_longer_needed", _("不再需要")
    OTHER = "other", _("其他原因")


class EntryKind(models.TextChoices):
    """What an entry in the thread of a request tells: a step, or words alone."""

    SENT = "sent", _("提交申请")
    QUESTION = "question", _("请补充说明")
    REPLY = "reply", _("补充说明")
    ACCEPTED = "accepted", _("接受申请")
    DECLINED = "declined", _("不接受申请")
    WITHDRAWN = "withdrawn", _("撤回申请")
    EXPIRED = "expired", _("逾期关闭")
    CANCELLED = "cancelled", _("取消服务")
    RECORDED = "recorded", _("登记服务记录")
    DISPUTED = "disputed", _("对服务记录提出异议")
    CONFIRMED = "confirmed", _("确认服务记录")
    MESSAGE = "message", _("留言")


class CodeScheme(models.TextChoices):
    INDUSTRY = "industry", _("产业分类")
    DISCIPLINE = "discipline", _("学科分类")
    EQUIPMENT = "equipment", _("仪器设备分类")
    SECTOR = "sector", _("国民经济行业分类")
    CONTRACT_TYPE = "contract_type", _("技术合同类型")
    MODE = "mode", _("合作方式")
    TRL = "trl", _("技术就绪度")


class ImportKind(models.TextChoices):
    """What a file can bring in; the names are those of what comes of it."""

    EQUIPMENT = "equipment", _("仪器设备")
    LABORATORY = "laboratory", _("实验室")
    ACHIEVEMENT = "achievement", _("科技成果")
    EXPERT_TEAM = "expert_team", _("专家团队")
    TESTBED = "testbed", _("未来产业试验场")
    PILOT_LINE = "pilot_line", _("中试线")
    FINANCE_PRODUCT = "finance_product", _("科技金融产品")
    ENCLAVE_SPACE = "enclave_space", _("飞地空间")
    SERVICE = "service", _("科技服务")
    NEED = "need", _("需求")
    POLICY = "policy", _("政策文件")
    POLICY_ITEM = "policy_item", _("政策条目")
    POLICY_TARGET = "policy_target", _("政策目标")
    POLICY_ACTUAL = "policy_actual", _("政策目标实际值")
    FUND = "fund", _("协同基金")
    FUND_COMMITMENT = "fund_commitment", _("基金认缴")
    FUND_PAYMENT = "fund_payment", _("基金到位资金")
    CHAIN_NODE = "chain_node", _("产业链节点")
    CHAIN_PLACE = "chain_place", _("产业链节点企业")
    ENCLAVE = "enclave", _("飞地")
    ENCLAVE_TENANT = "enclave_tenant", _("飞地入驻单位")
    CONVERSION = "conversion", _("成果转化")
    TALENT_EXCHANGE = "talent_exchange", _("人才交流")
    TRIAL = "trial", _("试验")
    COOPERATION = "cooperation", _("合作与融资案例")
    EVENT = "event", _("已举办的活动")
    CONTRACT = "contract", _("技术合同")
    AGREEMENT = "agreement", _("合作协议")
    COMMITMENT_ACTUAL = "commitment_actual", _("协议承诺完成情况")
    MEMBERSHIP = "membership", _("联盟与网络的成员")


KINDS_OF_THE_SYSTEM: Final = frozenset({ImportKind.MEMBERSHIP})
"""What only the system's administrators keep."""


class ImportState(models.TextChoices):
    READING = "reading", _("读取中")
    REFUSED = "refused", _("未能读取")
    STAGED = "staged", _("待确认")
    APPLYING = "applying", _("写入中")
    APPLIED = "applied", _("已写入")
    UNDOING = "undoing", _("撤销中")
    UNDONE = "undone", _("已撤销")


class ImportStage(models.TextChoices):
    READ = "read", _("读取核对")
    APPLY = "apply", _("写入")
    UNDO = "undo", _("撤销")


class Verdict(models.TextChoices):
    NEW = "new", _("新增")
    CHANGED = "changed", _("有变化")
    UNCHANGED = "unchanged", _("无变化")
    CONFLICT = "conflict", _("冲突")
    ERROR = "error", _("有错误")


class DatePrecision(models.TextChoices):
    DAY = "day", _("日")
    MONTH = "month", _("月")
    YEAR = "year", _("年")
    UNKNOWN = "unknown", _("未知")
