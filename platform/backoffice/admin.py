"""Where Django looks for admin pages: importing the areas registers them."""

from backoffice import (
    calendar,
    calls,
    codes,
    configs,
    contacts,
    imports,
    invitations,
    needs,
    organizations,
    places,
    registrations,
    resources,
    review_policies,
    reviews,
    runs,
    staff,
)

__all__ = [
    "calendar",
    "calls",
    "codes",
    "configs",
    "contacts",
    "imports",
    "invitations",
    "needs",
    "organizations",
    "places",
    "registrations",
    "resources",
    "review_policies",
    "reviews",
    "runs",
    "staff",
]
