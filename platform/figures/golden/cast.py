"""Who appears in the golden data set: zones and associations of the reference, organizations made up for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from zones.choices import OrganizationKind
from zones.importing.tables import read_csv
from zones.models import Association, Organization, Zone
from zones.scoping import SYSTEM
from zones.services.batches import register_organizations

DATA: Final = Path(__file__).parent / "data"
MADE_UP: Final = "示例：按公布的总数编制，不是真实记录"
"""What every row says whose total alone was published."""
ENTERPRISE, INSTITUTE = "装备制造有限公司", "应用技术研究院"
_KINDS: Final = {ENTERPRISE: OrganizationKind.ENTERPRISE, INSTITUTE: OrganizationKind.INSTITUTE}


@dataclass
class Cast:
    """Looked up once for the whole set."""

    zones: dict[str, Zone] = field(
        default_factory=lambda: {zone.slug: zone for zone in Zone.objects.select_related("region")}
    )
    associations: dict[str, Association] = field(
        default_factory=lambda: {row.slug: row for row in Association.objects.all()}
    )
    organizations: dict[tuple[str, str], Organization] = field(default_factory=dict)

    def enter(self, slugs: Iterable[str]) -> None:
        """Register an enterprise and an institute in each zone that has none of these yet."""
        missing = [(slug, word) for slug in slugs for word in _KINDS if (slug, word) not in self.organizations]
        made = [self._organization(slug, word) for slug, word in missing]
        register_organizations(SYSTEM, made)
        self.organizations |= dict(zip(missing, made, strict=True))

    def _organization(self, slug: str, word: str) -> Organization:
        zone = self.zones[slug]
        name = f"示例{zone.short_zh}{word}"
        return Organization(
            name_zh=name, kind=_KINDS[word], zone=zone, region=zone.region, city=zone.city, is_sample=True
        )

    def enterprise(self, slug: str) -> Organization:
        return self.organizations[slug, ENTERPRISE]

    def institute(self, slug: str) -> Organization:
        return self.organizations[slug, INSTITUTE]

    def members(self, slug: str) -> list[str]:
        """Slugs of the zones of an association, in their order."""
        rows: Any = self.associations[slug].memberships.filter(left_on__isnull=True).order_by("zone__slug")
        return list(rows.values_list("zone__slug", flat=True))


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of the data set."""
    return read_csv(DATA / f"{name}.csv")
