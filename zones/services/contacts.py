"""Contact points: the one function that reads them."""

from zones.models import ContactPoint
from zones.scoping import Principal


def contacts_of(principal: Principal, *, organization_id: int) -> list[ContactPoint]:
    """Contacts of an organization for its own side; others get none before both sides consent
    (docs/architecture.md).
    """
    return list(ContactPoint.objects.visible_to(principal).filter(organization_id=organization_id))
