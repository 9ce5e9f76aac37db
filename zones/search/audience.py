"""Who may see what, as tokens of the index: the rules of `zones.scoping` for records that are active, open or listed.

A test compares them with `visible_to` for everybody and every visibility; rows are checked again when they are fetched.
"""

from collections.abc import Iterable

from zones.choices import Visibility
from zones.scoping import Principal

PUBLIC = "public"


def scopes_of(principal: Principal) -> tuple[str, ...] | None:
    """The tokens of which a record must carry one to be seen by the principal; None where everything is."""
    if principal.is_system:
        return None
    scopes = [PUBLIC, *(["national"] if principal.is_member else [])]
    scopes += [f"own:{zone}" for zone in sorted(principal.own_zones)]
    scopes += [f"zone:{zone}" for zone in sorted(principal.zones)]
    scopes += [f"association:{association}" for association in sorted(principal.associations)]
    scopes += [f"organization:{organization}" for organization in sorted(principal.organizations)]
    return tuple(scopes)


def own_side(*, zone: int | None, organization: int) -> list[str]:
    """The tokens of those to whom a record belongs."""
    return [*([f"own:{zone}"] if zone is not None else []), f"organization:{organization}"]


def opened_by(visibility: str, *, zone: int, associations: Iterable[int] = (), zones: Iterable[int] = ()) -> list[str]:
    """The tokens of those to whom its visibility, or a grant to zones or associations, opens a record."""
    scopes = [f"zone:{granted}" for granted in zones]
    match visibility:
        case Visibility.PUBLIC | Visibility.NATIONAL:
            scopes.append(str(visibility))
        case Visibility.ZONE:
            scopes.append(f"zone:{zone}")
        case Visibility.ASSOCIATION:
            scopes += [f"association:{association}" for association in associations]
    return list(dict.fromkeys(scopes))
