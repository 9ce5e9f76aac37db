"""What the sides of an exchange write to each other before contacts are open: no way to reach anybody, and from the
need's side not whose need it is.
"""

from typing import Final

from django.utils.translation import gettext as _

from lexicon.leaks import LeakKind, find_leaks
from matching.choices import Side
from matching.models import Exchange
from matching.services.leaks import names_of
from zones.errors import InvalidInput
from zones.services.service_steps import checked_text

TELLING: Final = frozenset({LeakKind.NAME, LeakKind.CREDIT_CODE})


def anonymous_text(exchange: Exchange, side: Side, *, field: str, text: str) -> str:
    """The text, cleaned. Raises InvalidInput where it holds a way to reach somebody, or names the need's organization
    before both have consented.
    """
    cleaned = checked_text(field, text)
    if side == Side.NEED:
        _must_not_name(exchange.need.organization_id, field, cleaned)
    return cleaned


def _must_not_name(organization_id: int, field: str, text: str) -> None:
    called = names_of([organization_id])[organization_id]
    leaks = find_leaks({field: text}, names=called.names, aliases=called.aliases)
    found = next((leak for leak in leaks if leak.kind in TELLING), None)
    if found is not None:
        place = {"start": found.start + 1, "end": found.end}
        message = _("第 %(start)d–%(end)d 字会透露需求单位：双方同意前请勿写出单位名称、品牌或信用代码。") % place
        raise InvalidInput.single(field, message)
