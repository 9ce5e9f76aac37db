"""What a guest agrees to when it registers, by version: an agreed text is never changed, a new one is a new version."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

TEXTS: Final[Mapping[int, Any]] = {
    1: _(
        "报名后，主办方与协办方可以看到本单位名称、人数和参会人；勾选“列入参会名单”的，其他报名单位可以看到本单位名称和希望洽谈的"
        "内容。想见谁只用于编排洽谈，不告知对方；双方都想见的优先安排。不提供电话和邮箱。可随时取消报名。"
    ),
}
NEWEST: Final = max(TEXTS)
