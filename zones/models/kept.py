"""What the records of the mechanisms share: who keeps one, who may read it, its source, its end."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from zones.choices import Dimension, Visibility
from zones.models.base import Recorded, in_language
from zones.models.columns import reference, user_key
from zones.models.places import Association, Zone

KEPT = (
    "id public_id version is_sample zone association title_zh title_en visibility dimension source_zh source_url "
    "withdrawn_on withdrawn_because_zh created_at updated_at"
)
"""The public columns of `Kept`, for `classified`."""


class Kept(Recorded):
    """A fact a zone or an association keeps record of. `begins` and `ends` name its days: what was there on a day is
    answered from rows. One that should never have been is withdrawn: its own side still reads it, and nobody counts it.
    """

    begins: ClassVar[str]
    ends: ClassVar[str] = ""
    is_inclusive: ClassVar[bool] = False
    """Whether `ends` is the last day itself; elsewhere it is the first day without."""

    zone = reference(Zone, _("登记的高新区"))
    association = reference(Association, _("登记的联盟或网络"))
    title_zh = models.CharField(_("名称"), max_length=120)
    title_en = models.CharField(_("英文名称"), max_length=200, blank=True)
    visibility = models.CharField(_("可见范围"), max_length=12, choices=Visibility.choices, default=Visibility.NATIONAL)
    dimension = models.CharField(_("协同维度"), max_length=12, choices=Dimension.choices, blank=True)
    source_zh = models.CharField(
        _("依据"), max_length=200, blank=True, help_text=_("文件、报道或台账的名称与编号，供核对")
    )
    source_url = models.URLField(_("依据网址"), blank=True)
    withdrawn_on = models.DateField(_("撤销日"), null=True, editable=False)
    withdrawn_because_zh = models.CharField(_("撤销原因"), max_length=300, blank=True, editable=False)
    author = user_key(_("填报人"))

    class Meta(Recorded.Meta):
        abstract = True
        constraints: ClassVar[Any] = (
            models.CheckConstraint(
                name="%(class)s_kept_by_one",
                condition=Q(zone__isnull=False, association__isnull=True)
                | Q(zone__isnull=True, association__isnull=False),
                violation_error_message=_("请选择由哪个高新区或哪个联盟登记，两者选一。"),
            ),
            models.CheckConstraint(
                name="%(class)s_of_an_association_is_not_of_a_zone",
                condition=Q(zone__isnull=False) | ~Q(visibility=Visibility.ZONE),
                violation_error_message=_("联盟（网络）登记的记录不能只对一个园区可见：请另选可见范围。"),
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_with_reason",
                condition=Q(withdrawn_on__isnull=True, withdrawn_because_zh="")
                | (Q(withdrawn_on__isnull=False) & ~Q(withdrawn_because_zh="")),
            ),
        )

    def __str__(self) -> str:
        return in_language(self.title_zh, self.title_en)

    @classmethod
    def there_on(cls, day: date) -> Q:
        """Rows of what was there on a day; of what has no end, all that had happened by then."""
        begun = Q(**{f"{cls.begins}__lte": day})
        if not cls.ends:
            return begun
        later = "gte" if cls.is_inclusive else "gt"
        return begun & (Q(**{f"{cls.ends}__isnull": True}) | Q(**{f"{cls.ends}__{later}": day}))


def one_named(name: str, *columns: str) -> models.CheckConstraint:
    """A row names exactly one: a row of another table in one of the columns, or an outside party in `name_zh`."""
    empty = {f"{column}__isnull": True for column in columns}
    ways = [Q(**(empty | {f"{column}__isnull": False}), name_zh="") for column in columns]
    condition = Q(**empty) & ~Q(name_zh="")
    for way in ways:
        condition |= way
    return models.CheckConstraint(
        name=name, condition=condition, violation_error_message=_("每行只填一项：平台上的记录，或平台外的名称。")
    )


def in_order(name: str, begins: str, ends: str, *, is_inclusive: bool = False) -> models.CheckConstraint:
    """A day that ends comes after the one that begins; where it is the last day itself, it may be the same."""
    compared = Q(**{f"{ends}__{'gte' if is_inclusive else 'gt'}": F(begins)})
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{ends}__isnull": True}) | compared,
        violation_error_message=_("结束的日期须晚于开始的日期。"),
    )


def one_of_two(name: str, first: str, second: str, message: Any) -> models.CheckConstraint:
    """Exactly one of two references is given."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{first}__isnull": False, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": True, f"{second}__isnull": False}),
        violation_error_message=message,
    )
