"""Code tables: reading them for checks, changing them by the right role."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from zones.errors import InvalidInput
from zones.models import Code

SCHEME_OF_FIELD = {
    "industry_codes": "industry",
    "discipline_codes": "discipline",
    "equipment_codes": "equipment",
    "modes": "mode",
}


def check_codes(values: Mapping[str, object]) -> None:
    """Every code in a codes field exists and is active; the error names the field and the unknown codes."""
    errors = {}
    for field, scheme in SCHEME_OF_FIELD.items():
        codes = values.get(field)
        if isinstance(codes, Iterable) and (unknown := unknown_codes(scheme, [str(code) for code in codes])):
            errors[field] = [_("未知代码：%(codes)s。请从代码表中选择。") % {"codes": "、".join(unknown)}]
    if errors:
        raise InvalidInput(errors)


def unknown_codes(scheme: str, codes: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(codes))
    if not wanted:
        return []
    known = set(Code.objects.filter(scheme=scheme, code__in=wanted, is_active=True).values_list("code", flat=True))
    return [code for code in wanted if code not in known]
