"""One sentence about a team, in Chinese and English."""

from collections.abc import Sequence
from typing import Final

SHOWN: Final = 3


def team_sentence(
    tongue: str, *, lead: str, members: int, zones: int, covered: int, total: int, uncovered: Sequence[str]
) -> str:
    """Say who leads, how many from how many zones, what share is covered and what is missing; a single organization
    is no consortium and is not called one."""
    return (
        _in_chinese(lead, members, zones, covered, total, uncovered)
        if tongue == "zh"
        else _in_english(lead, members, zones, covered, total, uncovered)
    )


def _in_chinese(lead: str, members: int, zones: int, covered: int, total: int, uncovered: Sequence[str]) -> str:
    team = f"建议由{lead}牵头，{members}家单位、{zones}个园区联合，覆盖{total}项分任务中的{covered}项"
    if members == 1:
        team = f"未组成联合体：{lead}一家即覆盖{total}项分任务中的{covered}项，其他单位均无补充"
    if not uncovered:
        return f"{team}，无缺项。"
    rest = f"等{len(uncovered)}项" if len(uncovered) > SHOWN else ""
    return f"{team}；暂无单位覆盖：{'、'.join(uncovered[:SHOWN])}{rest}。"


def _in_english(lead: str, members: int, zones: int, covered: int, total: int, uncovered: Sequence[str]) -> str:
    team = (
        f"{lead} leads {_count(members, 'organization')} from {_count(zones, 'zone')}; "
        f"{covered} of {_count(total, 'sub-task')} covered"
    )
    if members == 1:
        team = f"No consortium: {lead} alone covers {covered} of {_count(total, 'sub-task')}, and nobody adds to it"
    if not uncovered:
        return f"{team}, nothing missing."
    more = f" and {len(uncovered) - SHOWN} more" if len(uncovered) > SHOWN else ""
    return f"{team}. Nobody covers: {', '.join(uncovered[:SHOWN])}{more}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
