"""Scoped querysets: `visible_to` and `editable_by` are the doors to rows; asking without a principal raises."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Generic, NoReturn, TypeVar

from django.db import models
from django.db.models.functions import Now

from zones import scoping
from zones.errors import UnscopedQuery

if TYPE_CHECKING:
    from typing import Self

Row = TypeVar("Row", bound=models.Model)
CONFIRM_AFTER_DAYS: Final = 180
ANSWER_WITHIN_DAYS: Final = 30
"""How long an owner is asked to confirm before the staff of its zone are."""


class ScopedQuerySet(models.QuerySet[Row]):
    """Rows with the two doors. Subclasses add named filters (adjectives)."""

    def visible_to(self, principal: scoping.Principal) -> "Self":
        """Rows the principal may read."""
        return self.filter(scoping.visible(self.model, principal))

    def editable_by(self, principal: scoping.Principal) -> "Self":
        """Rows the principal may change."""
        return self.filter(scoping.editable(self.model, principal))


class ScopedManager(models.Manager[Row], Generic[Row]):
    """`Model.objects` of a scoped model: refuses to give rows unless it is told for whom."""

    def get_queryset(self) -> NoReturn:
        doors = ".visible_to(principal), .editable_by(principal) or .unscoped(reason=…)"
        raise UnscopedQuery(f"{self.model.__name__}.objects needs {doors}")

    def visible_to(self, principal: scoping.Principal) -> Any:
        return self._rows().visible_to(principal)

    def editable_by(self, principal: scoping.Principal) -> Any:
        return self._rows().editable_by(principal)

    def below_visible(self, whole: type[models.Model]) -> Any:
        """Rows to prefetch below rows of `whole` that were read by its rule, which is theirs too; raises otherwise."""
        if not scoping.is_seen_with(self.model, whole):
            raise UnscopedQuery(f"{self.model.__name__} is not seen with every {whole.__name__}")
        return self._rows()

    def unscoped(self, *, reason: str) -> Any:
        """Every row; `reason` says why that is right here. Allowed in listed places only (architecture tests)."""
        if not reason:
            raise UnscopedQuery("unscoped() needs a reason")
        return self._rows()

    def _rows(self) -> Any:
        return self.model._default_manager.all()


def expired() -> models.Q:
    """Invitations whose time is over and that nobody has taken or taken back, by the database's clock."""
    return models.Q(state="open", expires_at__lte=Now())


def excluding(organization: Any) -> models.Q:
    """Exclusions that an organization stands on: by itself, by its group, by its zone."""
    group = organization.parent_id or organization.pk
    named = models.Q(organization=organization) | models.Q(organization=group) | models.Q(organization__parent=group)
    return named | models.Q(zone__isnull=False, zone=organization.zone_id)


def waiting_for_requester() -> models.Q:
    """Requests for service in which it is the turn of who asked."""
    return models.Q(state__in=("questioned", "recorded"))


def waiting_for_provider() -> models.Q:
    """Requests for service in which it is the turn of who provides: to answer, to record what was agreed for days that
    have come, to settle what is disputed.
    """
    return models.Q(state__in=("sent", "disputed")) | models.Q(state="accepted", agreed_to__lte=scoping.today())


def unconfirmed() -> models.Q:
    """Resources nobody has confirmed for half a year, or ever."""
    return _confirmed_before(CONFIRM_AFTER_DAYS)


def unanswered() -> models.Q:
    """Resources whose owner was asked for a month to confirm them and has not."""
    return _confirmed_before(CONFIRM_AFTER_DAYS + ANSWER_WITHIN_DAYS)


def _confirmed_before(days: int) -> models.Q:
    """What never was has been asked for since it was recorded."""
    never = models.Q(confirmed_on__isnull=True)
    if days > CONFIRM_AFTER_DAYS:
        never &= models.Q(created_at__lt=Now() - timedelta(days=days - CONFIRM_AFTER_DAYS))
    return never | models.Q(confirmed_on__lt=scoping.today() - timedelta(days=days))
