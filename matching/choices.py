"""Closed lists of matching."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zones.choices import Dimension as Dimension


class NeedKind(models.TextChoices):
    JOINT_DEVELOPMENT = "joint_development", _("联合攻关")
    COMMISSIONED_DEVELOPMENT = "commissioned_development", _("委托研发")
    TECHNOLOGY_ACQUISITION = "technology_acquisition", _("技术引进")
    TESTING_SHARING = "testing_sharing", _("检测与仪器共享")
    PILOT_PRODUCTION = "pilot_production", _("中试")
    TALENT = "talent", _("人才需求")
    FINANCE = "finance", _("科技金融")
    DEMONSTRATION_SCENARIO = "demonstration_scenario", _("示范场景")
    CONSORTIUM = "consortium", _("组建攻关联合体")
    ENCLAVE_LANDING = "enclave_landing", _("飞地落地")


class NeedState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已提交")
    IN_REVIEW = "in_review", _("审核中")
    RETURNED = "returned", _("退回修改")
    REJECTED = "rejected", _("不予通过")
    APPROVED = "approved", _("审核通过")
    OPEN = "open", _("对接中")
    PAUSED = "paused", pgettext_lazy("state", "暂停")
    EXPIRED = "expired", _("已到期")
    WITHDRAWN = "withdrawn", _("已撤回")
    FULFILLED = "fulfilled", _("已满足")
    CLOSED_UNMET = "closed_unmet", _("未满足关闭")


class NeedStep(models.TextChoices):
    """What happened to a need on a day that its own row does not keep."""

    OPENED = "opened", _("首次开放")
    MATCHED = "matched", _("首次有匹配结果")
    UNMET = "unmet", _("到期或关闭而未满足")


class NeedVisibility(models.TextChoices):
    ZONE = "zone", _("本园区")
    ASSOCIATION = "association", _("联盟或网络内")
    NATIONAL = "national", _("全国园区")
    PUBLIC = "public", _("公开")
    SEALED = "sealed", _("密封（参与匹配，不公开列出）")


class CallState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    OPEN = "open", pgettext_lazy("call", "征集中")
    CLOSED = "closed", _("已结束")


class ReviewDecision(models.TextChoices):
    PASS = "pass", _("通过")
    RETURN = "return", _("退回修改")
    REJECT = "reject", _("不予通过")


class DismissalReason(models.TextChoices):
    OFF_TOPIC = "off_topic", _("主题不符")
    CAPABILITY = "capability", _("能力或规模不符")
    PRICE = "price", _("价格不合适")
    PLACE = "place", _("地点或时间不合适")
    KNOWN = "known", _("已有联系或合作")
    COMPETITOR = "competitor", _("存在竞争关系")
    OTHER = "other", _("其他")


class MetricOperator(models.TextChoices):
    AT_LEAST = ">=", "≥"
    AT_MOST = "<=", "≤"
    EQUAL = "=", "="
    BETWEEN = "between", _("区间")
    IS = "bool", _("是/否")
    INCLUDES = "includes", _("包含")


class MetricPriority(models.TextChoices):
    MUST = "must", _("硬指标")
    NICE = "nice", _("期望指标")


class RunKind(models.TextChoices):
    FULL = "full", _("全量")
    DELTA = "delta", _("增量")


class RunState(models.TextChoices):
    PREPARING = "preparing", _("准备")
    SCORING = "scoring", _("计算中")
    ASSIGNING = "assigning", _("分配中")
    PUBLISHED = "published", _("已发布")
    FAILED = "failed", _("失败")
    SUPERSEDED = "superseded", _("已被取代")


class ExposureChannel(models.TextChoices):
    PUBLISHED = "published", _("发布")
    OFFICE = "office", _("工作台")
    API = "api", _("接口")
    PORTAL = "portal", _("门户")


class Audience(models.TextChoices):
    NEED_SIDE = "need_side", _("需求方")
    RESOURCE_SIDE = "resource_side", _("资源方")
    BOTH = "both", _("双方")


class LabelSource(models.TextChoices):
    DISMISSAL = "dismissal", _("排除")
    RATING = "rating", _("经纪人评价")
    SHORTLIST = "shortlist", _("入围")
    ANSWER = "answer", _("答复")
    MEETING = "meeting", _("会面")
    CONTRACT = "contract", _("签约")


class Grade(models.IntegerChoices):
    UNSUITABLE = 0, _("不合适")
    SUITABLE = 1, _("值得联系")
    ACCEPTED = 2, _("已接受")
    MET = 3, _("已会面")
    CONTRACTED = 4, _("已签约")


class RunStage(models.TextChoices):
    PREPARE = "prepare", _("准备")
    SCORE = "score", _("计算")
    ASSIGN = "assign", _("分配与发布")
    TEAM = "team", _("组建联合体方案")


class PartKind(models.TextChoices):
    METRIC = "metric", _("指标")
    REQUIREMENT = "requirement", _("任务")
    DISCIPLINE = "discipline", _("学科")
    EQUIPMENT = "equipment", _("仪器设备")


class VectorKind(models.TextChoices):
    """Whose vectors."""

    RESOURCE = "resource", _("资源")
    NEED = "need", _("需求")


class Side(models.TextChoices):
    """The two sides of a pair."""

    NEED = "need", _("需求方")
    RESOURCE = "resource", _("资源方")


class ExchangeState(models.TextChoices):
    INTEREST_SENT = "interest_sent", _("待答复")
    CONSENT_PENDING = "consent_pending", _("待双方同意")
    DISCLOSED = "disclosed", _("已互换联系方式")
    NEGOTIATING = "negotiating", _("洽谈中")
    AGREED = "agreed", _("已达成合作")
    DECLINED = "declined", _("已谢绝")
    RECALLED = "recalled", _("已撤回意向")
    EXPIRED = "expired", _("逾期未答复")
    SUPERSEDED = "superseded", _("需求或资源已关闭")
    FAILED = "failed", _("未达成合作")


class ExitReason(models.TextChoices):
    """Why two sides do not go on, coded: unmet needs are reported by it."""

    CAPACITY = "capacity", _("暂无承接能力")
    CAPABILITY = "capability", _("能力或指标不符")
    PRICE = "price", _("费用未谈拢")
    TIME = "time", _("时间不合适")
    TERMS = "terms", _("知识产权或合同条款未谈拢")
    SOLVED = "solved", _("已另行解决")
    COMPETITOR = "competitor", _("存在竞争关系")
    NO_REPLY = "no_reply", _("对方长期未回应")
    OTHER = "other", _("其他")


class ContactField(models.TextChoices):
    """What a side may let the other see of a contact."""

    PERSON_NAME = "person_name", _("联系人")
    PHONE = "phone", _("电话")
    EMAIL = "email", _("邮箱")


class CooperationKind(models.TextChoices):
    PROJECT = "project", _("科研合作项目")
    JOINT_CENTRE = "joint_centre", _("联合研发中心")
    CONSORTIUM = "consortium", _("攻关联合体")
    PAIRED_PROJECT = "paired_project", _("对口合作项目")
    TALENT_EXCHANGE = "talent_exchange", _("人才交流")
    SCENARIO_ADOPTION = "scenario_adoption", _("示范场景落地")
    FINANCING = "financing", _("科技金融融资")
    ENCLAVE_LANDING = "enclave_landing", _("飞地入驻")


class CooperationSource(models.TextChoices):
    """What brought the parties together."""

    MATCH = "match", _("平台匹配对接")
    EVENT = "event", _("交流对接活动")
    CALL = "call", _("需求征集")
    DIRECT = "direct", _("自行洽谈")


class CooperationState(models.TextChoices):
    """Counted from `agreed` on; what is only proposed, refused or taken back counts nowhere."""

    PROPOSED = "proposed", _("待确认")
    REFUSED = "refused", _("未获确认")
    TAKEN_BACK = "taken_back", pgettext_lazy("cooperation", "已撤回")
    AGREED = "agreed", _("已签约")
    RUNNING = "running", _("实施中")
    DELAYED = "delayed", _("已延期")
    COMPLETED = "completed", pgettext_lazy("cooperation", "已完成")
    TERMINATED = "terminated", _("已终止")


class PartyRole(models.TextChoices):
    LEAD = "lead", _("牵头单位")
    MEMBER = "member", _("参与单位")
    INVESTOR = "investor", _("出资单位")
    OPERATOR = "operator", _("运营单位")
    HOST = "host", _("承载单位")


class AmountKind(models.TextChoices):
    """What a sum of money is; each is the whole of its kind, never an instalment."""

    CONTRACT_SUM = "contract_sum", _("合同金额")
    INVESTMENT = "investment", _("投资额")
    PAID_IN = "paid_in", _("到位资金")
    GRANT = "grant", _("财政资助")
    FINANCING = "financing", _("融资额")


class TalentRole(models.TextChoices):
    """As what people go; who they are is nobody's business."""

    EXPERT = "expert", _("专家")
    MANAGER = "manager", _("管理干部")
    ENGINEER = "engineer", _("工程技术人员")
    SKILLED = "skilled", _("技能人才")
    STUDENT = "student", _("学生")
    OTHER = "other", _("其他")


class TrialResult(models.TextChoices):
    PASSED = "passed", _("达到预期")
    PARTLY = "partly", _("部分达到预期")
    FAILED = "failed", _("未达到预期")
    STOPPED = "stopped", pgettext_lazy("trial", "中止")


class Confirmation(models.TextChoices):
    """By what an agreement came to count."""

    PARTIES = "parties", _("各方确认")
    EVIDENCE = "evidence", _("凭证确认")


class TerminationReason(models.TextChoices):
    """Why a cooperation that was signed did not come to its end."""

    FUNDING = "funding", _("资金未落实")
    TECHNOLOGY = "technology", _("技术路线不可行")
    MARKET = "market", _("市场变化")
    PARTNER = "partner", _("一方退出或违约")
    POLICY = "policy", _("政策或审批原因")
    OTHER = "other", _("其他")


class OutcomeResult(models.TextChoices):
    """How a party says a cooperation stands, a year after it was signed and later."""

    REACHED = "reached", _("已达到预期")
    ON_TRACK = "on_track", _("按计划推进")
    BEHIND = "behind", _("进度落后")
    STOPPED = "stopped", _("已停止")


class Gain(models.TextChoices):
    """What a cooperation brought, coded: reports count it."""

    PRODUCT = "product", _("新产品或新工艺")
    PATENT = "patent", _("专利或软件著作权")
    STANDARD = "standard", _("标准")
    SALES = "sales", _("新增订单或收入")
    SAVING = "saving", _("降本增效")
    TALENT = "talent", _("引进或培养人才")
    PLATFORM = "platform", _("共建平台")
    FOLLOW_UP = "follow_up", _("后续合作")


class ContractState(models.TextChoices):
    SIGNED = "signed", _("已签订")
    SUBMITTED = "submitted", _("已提交登记")
    REGISTERED = "registered", _("已登记")
    CHANGED = "changed", _("已变更登记")
    CANCELLED = "cancelled", pgettext_lazy("contract", "已注销")


class ContractEnd(models.TextChoices):
    """Why a contract is taken off the register, or never came to it."""

    DISSOLVED = "dissolved", _("合同解除")
    UNPERFORMED = "unperformed", _("未履行")
    MISTAKE = "mistake", _("登记有误")
    NOT_RECOGNIZED = "not_recognized", _("未予认定")
    OTHER = "other", _("其他")


class RegistrationKind(models.TextChoices):
    """What a version in the register is."""

    FIRST = "first", _("首次登记")
    CHANGE = "change", _("变更登记")
    CANCELLATION = "cancellation", _("注销登记")
    RESTORED = "restored", _("恢复登记")
    """The version before is void: a file brought it by mistake."""


class FileKind(models.TextChoices):
    """What two sides may send each other, as read from the content."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"
    PNG = "png", "PNG"
    JPEG = "jpg", "JPEG"


class MeetingState(models.TextChoices):
    PROPOSED = "proposed", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "已取消")


class EventKind(models.TextChoices):
    """Kinds of events as associations report them."""

    INDUSTRY = "industry", _("产业对接")
    TALENT = "talent", _("人才对接")
    FINANCE = "finance", _("金融对接")
    EXCHANGE = "exchange", _("交流活动")
    FORUM = "forum", _("论坛")
    SIGNING = "signing", _("签约活动")


class EventState(models.TextChoices):
    """Held is what has taken place and was said so: figures count these."""

    DRAFT = "draft", _("草稿")
    PUBLISHED = "published", pgettext_lazy("event", "已发布")
    RUNNING = "running", pgettext_lazy("event", "进行中")
    HELD = "held", _("已举办")
    CANCELLED = "cancelled", pgettext_lazy("event", "已取消")


class OrganizerRole(models.TextChoices):
    CO_HOST = "co_host", _("协办")
    SUPPORT = "support", pgettext_lazy("event", "支持")


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("已报名")
    WAITING = "waiting", _("候补")
    CHECKED_IN = "checked_in", _("已签到")
    CANCELLED = "cancelled", _("已取消报名")


class EventResult(models.TextChoices):
    """What came of a talk at an event."""

    INTERESTED = "interested", _("有合作意向")
    AGAIN = "again", _("约定再谈")
    COOPERATION = "cooperation", _("达成合作")
    NOTHING = "nothing", _("未达成")
