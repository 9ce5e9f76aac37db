"""What a side agrees to when it consents, by version: an agreed text is never changed, a new one is a new version."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

TEXTS: Final[Mapping[int, Any]] = {
    1: _(
        "我方同意：仅在本次对接中，向对方显示所选联系人的所选内容，仅用于所写用途，至有效期止。双方都同意后才互相显示；"
        "对方每次查看都留有记录。我方可随时撤回，撤回后即不再显示。"
    ),
}
