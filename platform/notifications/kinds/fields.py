"""Fields of industry as something that can be followed: codes have no public id, so one is made of scheme and code."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final
from uuid import UUID, uuid5

from ledger.events import FACTS
from zones.choices import CodeScheme
from zones.models import Code

SCHEME: Final = CodeScheme.INDUSTRY
LABEL: Final = "zones.code"


def field_id(code: str) -> UUID:
    """The same for a code always."""
    return uuid5(FACTS, f"{LABEL}:{SCHEME}:{code}")


def fields_of(ids: Iterable[UUID]) -> dict[UUID, Any]:
    """id → the code it was made of; those in use."""
    wanted = set(ids)
    rows = Code.objects.filter(scheme=SCHEME, is_active=True) if wanted else Code.objects.none()
    return {key: row for row in rows if (key := field_id(row.code)) in wanted}


def codes_below(row: Code) -> list[str]:
    """A code with all that stand below it."""
    below: dict[str, list[str]] = defaultdict(list)
    for code, parent in Code.objects.filter(scheme=row.scheme).values_list("code", "parent_code"):
        below[parent].append(code)
    found = [row.code]
    for code in found:  # grows as it is read
        found += [one for one in below[code] if one not in found]
    return found
