"""What a guest agrees to when it registers, by version: an agreed text is never changed, a new one is a new version."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from matching.services.retention import GUESTS

TEXTS: Final[Mapping[int, Any]] = {
    1: _(
        "报名后，主办方与协办方可以看到本单位名称、人数和参会人；勾选“列入参会名单”的，其他报名单位可以看到本单位名称和希望洽谈的"
        "内容。想见谁只用于编排洽谈，不告知对方；双方都想见的优先安排。不提供电话和邮箱。可随时取消报名。"
    ),
    2: _(
        "报名后，主办方与协办方可以看到本单位名称、人数和参会人；勾选“列入参会名单”的，其他报名单位可以看到本单位名称和希望洽谈的"
        "内容。想见谁只用于编排洽谈，不告知对方；双方都想见的优先安排。不提供电话和邮箱。参会人姓名在活动结束后只保留“参会人”一栏"
        "所写的天数，期满即从平台删除；人数、签到与成果继续保留。可随时取消报名。"
    ),
}
NEWEST: Final = max(TEXTS)


def names_note() -> str:
    """Beside the names of guests: who reads them, and how long they are kept on this site."""
    told = gettext("姓名；只有主办方与协办方可以看到，活动结束 %(days)d 天后删除")
    return told % {"days": GUESTS.period.days}
