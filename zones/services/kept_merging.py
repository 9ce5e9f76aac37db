"""Records of the mechanisms that name a resource or an organization go on with the one that was kept in a merge."""

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _

from zones.errors import Conflict, InvalidInput
from zones.models import ChainPlace, Enclave, EnclaveTenant, Fund, FundCommitment
from zones.services.base import constraint_errors, save_next_version, tell

WHY: Final = "both records were checked"


class Naming(NamedTuple):
    """A column that names one, and by which column its row names the record it is a part of, if it is one."""

    model: type[Any]
    column: str
    whole: str = ""


NAMING_RESOURCES: Final = (Naming(Enclave, "resource"),)
NAMING_ORGANIZATIONS: Final = (
    Naming(Fund, "manager"),
    Naming(FundCommitment, "organization", "fund"),
    Naming(ChainPlace, "organization", "node"),
    Naming(Enclave, "operator"),
    Naming(EnclaveTenant, "organization", "enclave"),
)


def move_named(columns: Iterable[Naming], kept: Any, merged: Any) -> None:
    """Within the transaction of a merge. Raises Conflict where both stand in one list at the same time: a person must
    say first which of the two rows is right.
    """
    for model, column, whole in columns:
        rows = model.objects.unscoped(reason=WHY).filter(**{column: merged})
        wholes = model._meta.get_field(whole).related_model if whole else model
        named = list(rows.values_list(whole or "pk", flat=True))
        records = wholes.objects.unscoped(reason=WHY).filter(pk__in=named)
        touched = list(records.order_by("pk").select_for_update(of=("self",)))
        try:
            with constraint_errors(model):
                rows.update(**{column: kept})
        except InvalidInput as error:
            message = _("两家单位同时列在“%(title)s”中：请先在该记录中核对，只留一行，再合并。")
            raise Conflict(message % {"title": touched[0].title_zh}) from error
        for record in touched:
            record.refresh_from_db()
            tell(save_next_version(record), f"{record._meta.model_name}.moved")
