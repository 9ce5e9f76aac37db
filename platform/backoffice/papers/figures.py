"""The report of a period as a paper, as a secretary sends it: what was reported when it was made, in the reader's
language. Its workbook is beside it.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils.translation import gettext as _

from backoffice.details import EMPTY
from backoffice.papers.blocks import Block, Chart, Heading, Paper, Signature, Table, Text
from figures.models import FigureReport
from figures.sentences import day_text
from figures.units import SCALES, is_english, plain, rounded, scale_of
from zones.errors import listed
from zones.models.base import in_language

Content = dict[str, Any]


def paper_of(report: FigureReport) -> Paper:
    """For printing: the text with its tables and charts, and annexes with all figures and what they count."""
    content = report.content
    who = _in(content.get("who", content["name"]))
    return Paper(
        title=_("%(who)s%(when)s统计报告") % {"who": who, "when": _in(content["when"])},
        subject=_span(content),
        facts=_facts(report),
        blocks=(*_body(report), *_annexes(report)),
        footer=_("本报告由平台按记录计算，每个数字可查依据 · %(id)s") % {"id": str(report.public_id)[:8]}
        + (_(" · 含演示数据") if report.samples else ""),
        has_cover=False,
        is_chinese=not is_english(),
    )  # fmt: skip


def _span(content: Content) -> str:
    first, last = content.get("days", ("", ""))
    if not first:
        return _in(content["when"])
    return _("（%(first)s至%(last)s）") % {"first": _day(first), "last": _day(last)}


def _facts(report: FigureReport) -> tuple[tuple[str, str], ...]:
    notice = ((_("提示"), _("本报告含演示数据，不得作为正式统计使用。")),) if report.samples else ()
    return (
        *notice,
        (_("报告单位"), _reporter(report)),
        (_("数据截至"), day_text(report.as_of)),
        (_("版次与编号"), _("第%(number)d版，%(id)s") % {"number": report.number, "id": str(report.public_id)[:8]}),
    )


def _reporter(report: FigureReport) -> str:
    """A zone or an association reports of itself; of the nation the platform does, as far as it can say."""
    if report.zone_id is None and report.association_id is None:
        return _("平台汇总")
    return _in(report.content["name"])


def _day(text: str) -> str:
    return day_text(date.fromisoformat(text))


class _Numbers:
    """Of tables and charts, counted through the paper."""

    def __init__(self) -> None:
        self._tables, self._charts = count(1), count(1)

    def table(self, title: str) -> str:
        return _("表%(number)d　%(title)s") % {"number": next(self._tables), "title": title}

    def chart(self, title: str) -> str:
        return _("图%(number)d　%(title)s") % {"number": next(self._charts), "title": title}


def _body(report: FigureReport) -> Iterator[Block]:
    content, numbers = report.content, _Numbers()
    if "opening" in content:
        yield Text(_in(content["opening"]))
        yield from _overview(content, numbers)
    yield from _sections(content, numbers)
    yield from _movement(content, numbers)
    yield from _zones(content, numbers)
    if "problems" in content:
        today = report.as_of if _is_over(report) else None
        yield from _problems(content, numbers, today)
        yield from _steps(content, numbers, today)
    yield Text(_("附件：1. 全部指标　2. 指标口径与数据来源"))
    yield Signature((_reporter(report), day_text(report.as_of)))


def _overview(content: Content, numbers: _Numbers) -> Iterator[Block]:
    yield Heading(1, _("总体情况"))
    yield Heading(2, _("主要指标"))
    yield _figures_table(_somethings(content), numbers.table(_("主要指标完成情况")))
    yield Heading(2, _("与上年同期相比"))
    yield from map(Text, map(_in, content["changes"]))
    if content["highlights"]:
        yield Heading(2, _("工作亮点"))
        yield from map(Text, map(_in, content["highlights"]))


def _somethings(content: Content) -> list[Content]:
    return [row for section in content["sections"] for row in section["rows"] if _is_something(row)]


def _is_something(row: Content) -> bool:
    return row["number"] is not None and Decimal(row["number"]) != 0


def _figures_table(rows: list[Content], caption: str) -> Table:
    told = tuple(
        (_in(row["name"]), _in(row["value"]), _before(row), _change(row), str(row["evidence"])) for row in rows
    )
    if not told:
        return Table((), ((_("主要指标"), _("本期没有记录。")),))
    return Table((_("指标"), _("本期"), _("上年同期"), _("变化"), _("依据（条）")), told, caption)


def _before(row: Content) -> str:
    return _in(row["before"]) if row.get("before") else EMPTY


def _change(row: Content) -> str:
    if "change" in row:
        return _in(row["change"]) or EMPTY
    return EMPTY if row["growth"] is None else f"{row['growth']}%"


def _sections(content: Content, numbers: _Numbers) -> Iterator[Block]:
    """Those with facts; the others in one sentence."""
    empty = []
    for section in content["sections"]:
        if any(map(_is_something, section["rows"])):
            yield Heading(1, _in(section["title"]))
            yield Text(_in(section["text"]))
            zeros = [_in(row["name"]) for row in section["rows"] if not _is_something(row)]
            if zeros:
                yield Text(_("本期没有记录的有：%(names)s。") % {"names": listed(zeros)})
            yield from _charts_of(section, content, numbers)
        else:
            empty.append(_in(section["title"]))
    if empty:
        told = _("%(names)s：本期没有计入统计的记录，不再分述，各指标列入附件1。") % {"names": listed(empty)}
        yield Text(told, is_quiet=True)


def _charts_of(section: Content, content: Content, numbers: _Numbers) -> Iterator[Block]:
    """A chart stands in the first section whose figures it draws."""
    figures = {row["figure"] for row in section["rows"]}
    firsts = {id(chart): chart["series"][0]["figure"] for chart in content.get("charts", [])}
    for chart in content.get("charts", []):
        if firsts[id(chart)] in figures:
            yield _trend(chart, numbers)


def _trend(chart: Content, numbers: _Numbers) -> Chart:
    values = [[Decimal(value) for value in one["values"]] for one in chart["series"]]
    size, unit = _scale(max(map(max, values))) if chart["is_money"] else (Decimal(1), "")
    names, labels = [_in(one["name"]) for one in chart["series"]], tuple(map(_in, chart["labels"]))
    series = tuple((name, _scaled(one, size)) for name, one in zip(names, values, strict=True))
    words = {"names": listed(names), "unit": unit}
    title = (_("近年%(names)s") if chart["by"] == "year" else _("逐月%(names)s")) % words
    title += _("（单位：%(unit)s）") % words if unit else ""
    axes = _("年份") if chart["by"] == "year" else _("月份"), unit or _("数量")
    return Chart(numbers.chart(title), _alt(series, labels, unit), labels, series, unit, axes=axes)


def _scaled(values: list[Decimal], size: Decimal) -> tuple[float, ...]:
    return tuple(float(rounded(value / size)) for value in values)


def _scale(most: Decimal) -> tuple[Decimal, str]:
    """One unit of money for a whole chart or matrix."""
    if is_english():
        return Decimal(10) ** 6, "CNY million"
    return scale_of(most) if most else (SCALES["万元"], "万元")


def _alt(series: tuple[tuple[str, tuple[float, ...]], ...], labels: tuple[str, ...], unit: str) -> str:
    """What is to be seen, in words: every bar with its number."""
    told = [
        f"{name}{_('：')}" + listed(f"{label} {value:g}{unit}" for label, value in zip(labels, values, strict=True))
        for name, values in series
    ]
    return _("柱形图。") + _("；").join(told)


def _movement(content: Content, numbers: _Numbers) -> Iterator[Block]:
    """From the need to the cooperation, and from where to where."""
    steps = content.get("funnel") or []
    if steps:
        yield Heading(1, _("从需求到合作"))
        names = tuple(_in(one["name"]) for one in steps)
        values = tuple(float(Decimal(one["number"])) for one in steps)
        axes = _("步骤"), _("数量")
        series = ((_("数量"), values),)
        title = numbers.chart(_("需求、匹配、意向、促成、完成"))
        yield Text(_("；").join(f"{_in(one['name'])}{_in(one['value'])}" for one in steps) + _("。"))
        yield Chart(title, _alt(series, names, ""), names, series, is_lying=True, axes=axes)
        yield Text(_("各环节按各自发生之日计入，不是同一批需求的转化率。"), is_quiet=True)
    if content.get("flow"):
        yield Heading(1, _("技术合同流向"))
        yield _flow(content["flow"], numbers)
        yield Text(_("行为卖方所在地，列为买方所在地；颜色越深，成交额越大。"), is_quiet=True)


def _flow(flow: Content, numbers: _Numbers) -> Table:
    cells = [[Decimal(cell) for cell in row] for row in flow["cells"]]
    most = max(max(row) for row in cells)
    size, unit = _scale(most)
    names = [_in(place) for place in flow["places"]]
    rows = tuple(
        (name, *(plain(rounded(cell / size)) if cell else EMPTY for cell in row))
        for name, row in zip(names, cells, strict=True)
    )
    shades = tuple((0.0, *(float(cell / most) for cell in row)) for row in cells)
    caption = numbers.table(_("技术合同成交额流向（单位：%(unit)s）") % {"unit": unit})
    return Table((_("卖方＼买方"), *names), rows, caption, shades)


def _zones(content: Content, numbers: _Numbers) -> Iterator[Block]:
    zones = content["zones"]
    if not zones:
        return
    rows = [(_in(row["name"]), *map(_in, row["values"])) for row in zones["rows"]]
    total = (_("合计（去重）"), *map(_in, zones["total"]))
    yield Heading(1, _("各园区情况"))
    yield Table((_("高新区"), *map(_in, zones["columns"])), (*rows, total), numbers.table(_("各园区主要指标")))
    note = _("各园区按全数统计；几个园区共同参与的在每个园区各计一次，合计只计一次，因此各园区之和可大于合计。")
    yield Text(note, is_quiet=True)


def _is_over(report: FigureReport) -> bool:
    """Whether the period ended before the report was made: gaps are then not those of its end."""
    _first, last = report.content.get("days", ("", ""))
    return bool(last) and date.fromisoformat(last) < report.as_of


def _problems(content: Content, numbers: _Numbers, today: date | None) -> Iterator[Block]:
    """`today` is when gaps are of, where that is after the period."""
    yield Heading(1, _("存在问题与未满足需求"))
    yield from map(Text, map(_in, content["problems"]))
    if not content["problems"]:
        yield Text(_("本期没有需要说明的问题。"))
    if content["gaps"]:
        rows = tuple(
            (_in(row["name"]), str(row["open"]), str(row["offered"]), str(row["unmet"]), _in(row["zones"]) or EMPTY)
            for row in content["gaps"]
        )
        headings = (_("领域"), _("开放需求"), _("可用资源"), _("未满足"), _("资源不足的园区"))
        caption = _("供需缺口（单位：项），供招引、立项研究")
        if today is not None:
            caption = _("当前供需缺口（截至%(day)s，单位：项），供招引、立项研究") % {"day": day_text(today)}
            told = _("供需缺口按%(day)s的需求与资源计算，是当前情况，不是统计期内的情况。") % {"day": day_text(today)}
            yield Text(told, is_quiet=True)
        yield Table(headings, rows, numbers.table(caption))


def _steps(content: Content, numbers: _Numbers, today: date | None) -> Iterator[Block]:
    yield Heading(1, _("下一步工作建议"))
    if not content["steps"]:
        yield Text(_("本期数据没有提示需要专门办理的事项。"))
        return
    if today is not None:
        yield Text(_("关于领域的建议按%(day)s的供需情况提出。") % {"day": day_text(today)}, is_quiet=True)
    rows = tuple((str(place), *(_in(part) for part in step)) for place, step in enumerate(content["steps"], start=1))
    headings = (_("序号"), _("事项"), _("数据情况"), _("建议"))
    yield Table(headings, rows, numbers.table(_("下一步工作建议")))


def _annexes(report: FigureReport) -> Iterator[Block]:
    content = report.content
    yield Heading(1, _("附件1　全部指标"), is_annex=True)
    rows = [row for section in content["sections"] for row in section["rows"]]
    yield Text(_("依据编号由计入该指标的全部记录算出，记录不变则编号不变；逐条依据可在平台查询。"), is_quiet=True)
    yield _all_figures(rows)
    yield Heading(1, _("附件2　指标口径与数据来源"), is_annex=True)
    yield Table((_("指标"), _("口径")), _rules(rows))
    for sentence in _sources(report):
        yield Text(sentence)


def _all_figures(rows: list[Content]) -> Table:
    """Each with its number; what was published has a column where anything was."""
    has_published = any(row.get("published") for row in rows)
    headings: tuple[str, ...] = (
        _("编号"),
        _("指标"),
        _("本期"),
        _("上年同期"),
        _("变化"),
        _("依据（条）"),
        _("依据编号"),
    )
    told: list[tuple[str, ...]] = [(str(place), *_full(row)) for place, row in enumerate(rows, start=1)]
    if has_published:
        headings = (*headings, _("已发布"))
        told = [(*line, _published(row)) for line, row in zip(told, rows, strict=True)]
    return Table(headings, tuple(told))


def _full(row: Content) -> tuple[str, ...]:
    proof = row.get("proof") or EMPTY
    return (_in(row["name"]), _in(row["value"]), _before(row), _change(row), str(row["evidence"]), proof)


def _published(row: Content) -> str:
    """The version that is told; what the rows say today beside it where that is something else."""
    published = row.get("published")
    if not published:
        return EMPTY
    words = {"version": published["version"], "counted": _in(published["counted"])}
    if published["differs"]:
        return _("第%(version)d版；现有记录%(counted)s") % words
    return _("第%(version)d版") % words


def _rules(rows: list[Content]) -> tuple[tuple[str, str], ...]:
    """Figures of one rule in one line."""
    names: dict[str, list[str]] = {}
    for row in rows:
        names.setdefault(_in(row["rule"]), []).append(_in(row["name"]))
    return tuple((listed(dict.fromkeys(named)), rule) for rule, named in names.items())


def _sources(report: FigureReport) -> Iterator[str]:
    yield _("数据来源：各高新区与联盟（网络）在平台登记的记录，截至%(day)s。") % {"day": day_text(report.as_of)}
    yield _("“上年同期”为上一年同期；时点指标为上年同日。上年同期为零的，不计算增长率。")
    yield _("已发布的统计以发布的版本为准；现有记录与之不同的，两者并列，更正须重述并写明原因。")
    if report.samples:
        yield _("本报告含演示数据，不得作为正式统计使用。")


def _in(words: dict[str, str]) -> str:
    return in_language(words["zh"], words["en"])
