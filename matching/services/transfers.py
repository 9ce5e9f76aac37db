"""The kinds of records of what moved between zones, and what each asks for."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from matching.models import Conversion, TalentExchange, Trial
from zones.choices import CodeScheme, ResourceKind
from zones.errors import InvalidInput
from zones.models import Code
from zones.services.keeping import Shape

TRACKS: Final = "FUTURE2024"
"""The family of the codes of the six fields of future industry."""


def tracks() -> list[Code]:
    """The six fields, and those below them."""
    found = Code.objects.filter(scheme=CodeScheme.INDUSTRY, family=TRACKS, is_active=True)
    return list(found.order_by("code"))


def _check_trial(row: Any, lists: Mapping[str, Sequence[Any]]) -> None:
    known = Code.objects.filter(scheme=CodeScheme.INDUSTRY, family=TRACKS, is_active=True, code=row.track_code)
    if not known.exists():
        raise InvalidInput.single("track_code", _("请从未来产业六大领域的代码中选择赛道，例如 FI2。"))


CONVERSION: Final = Shape(name="conversion", model=Conversion, resources={"resource": ResourceKind.ACHIEVEMENT})
TALENT: Final = Shape(name="talent_exchange", model=TalentExchange)
TRIAL: Final = Shape(name="trial", model=Trial, resources={"testbed": ResourceKind.TESTBED}, check=_check_trial)
