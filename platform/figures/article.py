"""The article, sentence by sentence: each of its 41 figures as a question that is asked of the rows.

Where our data say something else than the text does, the note says so.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from figures.answering import Answer, Answering
from figures.golden.agreements import INITIATIVE
from figures.golden.policies import BEIJING, OPTICS_VALLEY, XIAN
from figures.golden.series import FLOW, FLOW_SCOPE, FUTURE
from figures.questions import Question, question
from figures.sentences import value_text
from figures.units import SCALES
from figures.wording import EXACT, Phrase
from matching.models.agreements import UNSIGNED
from zones.errors import DomainError, InvalidInput
from zones.importing.tables import read_csv
from zones.scoping import SYSTEM, today

DAY: Final = date(2025, 12, 15)
"""The article speaks of the end of 2025: two years after the first alliance, of "this year" and of 2024."""
FIRST_DAY: Final = date(2013, 1, 1)
YI: Final = Decimal(10) ** 8
WORDS: Final = Phrase("words")
FILE: Final = "article_figures.csv"
DOCUMENTS: Final = {
    "agreement": ("matching.Agreement", ~Q(state__in=UNSIGNED)),
    "policy": ("zones.PolicyDocument", Q(withdrawn_on__isnull=True)),
}
"""Documents the article names by their title: where they are, and which of them stand."""
TWELVE: Final = "2013..2024"


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure of the article: what is asked, how the answer is phrased, the words the article has for it."""

    id: str
    said: str
    figure: str
    scope: str = "nation"
    period: str = ""
    milestone: str = ""
    phrase: Phrase = EXACT
    note: Any = ""

    @property
    def quote(self) -> str:
        return _published()[self.id]["quote_zh"]

    @property
    def published(self) -> Decimal | date:
        """What the article says, in the unit of the figure: money in 元."""
        row = _published()[self.id]
        if row["unit"] == "date":
            return date.fromisoformat(row["value"])
        return Decimal(row["value"]) * SCALES.get(row["unit"], Decimal(1))


@dataclass(frozen=True, slots=True)
class Compared:
    """An entry with its answer; with neither answer nor words where there is none, and the sentence that says why."""

    entry: Entry
    answer: Answer | None = None
    words: str = ""
    refusal: str = ""

    @property
    def agrees(self) -> bool:
        """Whether one would write the same words today."""
        return self.words == self.entry.said


@cache
def _published() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in read_csv(settings.REFERENCE_DIR / FILE)}


UNKNOWN: Final = gettext_lazy("成员名单没有公布：补足的成员为示例，按截止日当天在册的计。")
ENTRIES: Final[tuple[Entry, ...]] = (
    Entry(
        "F01", "178家", "zones.national",
        note=gettext_lazy("第179家国家高新区（雄安）2026年2月13日获批：此后的截止日为179家。国家级经开区不计。"),
    ),
    Entry("F02", "36家", "zones.national", "group:csj"),
    Entry(
        "F03", "63家", "catalogue.laboratories", "zone:hangzhou",
        note=gettext_lazy("同一实验室由两个部门列入的计一次；非公共的、已出目录的不计。"),
    ),
    Entry(
        "F04", "317台（套）", "catalogue.equipment", "zone:hangzhou",
        note=gettext_lazy("原文印作“317台合成套设备目录”，按317台（套）理解。一套计1，部件不计。"),
    ),
    Entry(
        "F05", "843.7亿元", "contracts.flow", FLOW_SCOPE, "2024",
        note=gettext_lazy("按登记年份计；变更的按变更后金额，注销的不计；买方在北京的不计；按成交额，不按技术交易额。"),
    ),
    Entry("F06", "同比增长12.7%", "contracts.flow:yoy", FLOW_SCOPE, "2024"),
    Entry(
        "F07", "超3700亿元", "series.value:cumulative", f"series:{FLOW}", TWELVE, phrase=Phrase("over", 100 * YI),
        note=gettext_lazy("2013—2022年各年数值没有公布，为示例；缺任何一年都不计算。"),
    ),
    Entry(
        "F08", "超25%", "series.value:cagr", f"series:{FLOW}", TWELVE, phrase=Phrase("over", Decimal(5)),
        note=gettext_lazy("12个年度是11个间隔；缺任何一年都不计算。"),
    ),
    Entry(
        "F09", "50多亿元", "pairing.investment", "association:jing-shen", "2021..2025", phrase=Phrase("more", 10 * YI),
        note=gettext_lazy("同时计入另一联盟的项目，在各自范围各计一次，合计一次。"),
    ),
    Entry("F10", "10家", "members.national", "association:net-display"),
    Entry("F11", "1家", "members.provincial", "association:net-display"),
    Entry(
        "F12", "35个", "centres.led", "zone:sip",
        note=gettext_lazy("一个中心有几个伙伴园区都计一次；已撤销的不计；只计苏州工业园区牵头的。"),
    ),
    Entry(
        "F13", "9个", "cooperations.projects", "association:net-iot", "2024", "signed",
        note=gettext_lazy("促成按签约日计。"),
    ),
    Entry(
        "F14", "20个", "cooperations.projects", "association:net-iot", "2025-ytd", "completed",
        note=gettext_lazy("完成按办结日计，自年初至截止日；2024年促成、2025年完成的两处都计。"),
    ),
    Entry("F15", "2023年11月29日", "association.founded", "association:jjj"),
    Entry(
        "F16", "9家", "members.all", "association:jjj",
        note=gettext_lazy("原文写“9家国家高新区”；据成立时的报道，是7家国家高新区和2家省级高新区（沧州、衡水）。"),
    ),
    Entry("F17", "4家", "agreement.parties", f"agreement:{INITIATIVE}", note=gettext_lazy("按原文列出的签署方计数。")),
    Entry("F18", "2023年12月15日", "association.founded", "association:dongbei"),
    Entry(
        "F19", "23场", "events.exchange", "association:dongbei", "2024",
        note=gettext_lazy("三个成员共同主办的计一次；取消的不计；按活动开始当天计入年度。"),
    ),
    Entry("F20", "123场", "events.matchmaking", "association:dongbei", "2024"),
    Entry("F21", "57个", "cooperations.projects", "association:dongbei", "2024", "signed"),
    Entry("F22", "2024年9月8日", "association.founded", "association:csj"),
    Entry("F23", "2024年10月21日", "association.founded", "association:net-ai"),
    Entry("F24", "11家", "members.all", "association:net-ai"),
    Entry("F25", "2024年10月23日", "association.founded", "association:net-nano"),
    Entry("F26", "9家", "members.all", "association:net-nano", note=UNKNOWN),
    Entry("F27", "2024年11月11日", "association.founded", "association:net-ic"),
    Entry("F28", "16家", "members.all", "association:net-ic", note=UNKNOWN),
    Entry("F29", "2024年11月12日", "association.founded", "association:net-iot"),
    Entry("F30", "12家", "members.all", "association:net-iot", note=UNKNOWN),
    Entry("F31", "2024年11月19日", "association.founded", "association:net-opto"),
    Entry("F32", "13家", "members.all", "association:net-opto", note=UNKNOWN),
    Entry("F33", "约11.7万亿元", "series.value", f"series:{FUTURE}", "2024", phrase=Phrase("roughly", 1000 * YI)),
    Entry(
        "F34", "预计达到13.4万亿元", "series.value", f"series:{FUTURE}", "2025",
        note=gettext_lazy("预计数，不是实际数。"),
    ),
    Entry(
        "F35", "预计达到15%左右", "series.value:cagr", f"series:{FUTURE}", "2024..2025",
        phrase=Phrase("about", Decimal(5)), note=gettext_lazy("由11.7万亿元到13.4万亿元，为14.5%。"),
    ),
    Entry("F36", "16条", "policy.measures", f"policy:{BEIJING}"),
    Entry("F37", "七大要素", "policy.elements", f"policy:{OPTICS_VALLEY}", phrase=WORDS),
    Entry("F38", "八大行动", "policy.actions", f"policy:{OPTICS_VALLEY}", phrase=WORDS),
    Entry("F39", "2个", "policy.planned_count", f"policy:{OPTICS_VALLEY}"),
    Entry(
        "F40", "1000亿元", "policy.planned_each", f"policy:{OPTICS_VALLEY}", note=gettext_lazy("每个集群的目标规模。")
    ),
    Entry("F41", "六大领域", "policy.fields", f"policy:{XIAN}", phrase=WORDS),
)  # fmt: skip


def check_day(day: date) -> None:
    """Raises InvalidInput for a day on which the article cannot be computed."""
    if day > today():
        raise InvalidInput.single("as_of", _("截止日不能晚于今天：请改选日期。"))
    if day < FIRST_DAY:
        message = _("截止日不能早于 %(day)s：报道中的数据自该日起，请改选日期。")
        raise InvalidInput.single("as_of", message % {"day": FIRST_DAY.isoformat()})


def compared(*, as_of: date, samples: bool) -> list[Compared]:
    """All entries as of a day, from one reading of the rows. Raises InvalidInput for a day that is out of reach."""
    check_day(as_of)
    answering = Answering(as_of=as_of, samples=samples)
    return [_compared(entry, answering, as_of, samples=samples) for entry in ENTRIES]


def entry_of(entry_id: str) -> Entry | None:
    return next((entry for entry in ENTRIES if entry.id == entry_id), None)


def asked(entry: Entry, *, as_of: date, samples: bool) -> Question:
    """The question of an entry. Documents are found by the title the article has made public, whoever asks; of their
    rows everybody is shown what is his. Raises InvalidInput where there is none, or its period has not begun.
    """
    scope = _scope_of(entry.scope, samples=samples)
    return question(
        entry.figure, scope=scope, period=entry.period, as_of=as_of, milestone=entry.milestone, samples=samples,
        reader=SYSTEM,
    )  # fmt: skip


def _scope_of(scope: str, *, samples: bool) -> str:
    kind, _colon, title = scope.partition(":")
    if kind not in DOCUMENTS:
        return scope
    label, stands = DOCUMENTS[kind]
    model: Any = apps.get_model(label)
    rows = model.objects.visible_to(SYSTEM).filter(stands, title_zh=title)
    found = (rows if samples else rows.filter(is_sample=False)).order_by("pk").first()
    if found is None:
        message = _("尚未登记《%(title)s》：登记后自动计算。")
        raise InvalidInput.single("scope", message % {"title": title})
    return f"{kind}:{found.public_id}"


def _compared(entry: Entry, answering: Answering, as_of: date, *, samples: bool) -> Compared:
    try:
        answer = answering.answer(asked(entry, as_of=as_of, samples=samples))
    except DomainError as refusal:
        return Compared(entry, refusal=_sentence(entry, refusal))
    with override("zh-hans"):
        words = "" if answer.value is None else value_text(answer, entry.phrase)
    return Compared(entry, answer, words)


def _sentence(entry: Entry, refusal: DomainError) -> str:
    """Why there is no value."""
    if isinstance(refusal, InvalidInput):
        if "scope" in refusal.errors and not entry.scope.startswith(tuple(DOCUMENTS)):
            return _("本站没有该范围的记录：登记后自动计算。")
        return next(iter(next(iter(refusal.errors.values()))))
    return refusal.message
