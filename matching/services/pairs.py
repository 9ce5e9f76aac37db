"""Pairs of a need and a resource that people decide about: found and locked, and the label each decision leaves."""

from typing import TypedDict, TypeVar

from django.utils.translation import gettext as _

from matching.choices import LabelSource
from matching.models import Dismissal, Need, Shortlisting
from zones.errors import Conflict, NotFound
from zones.models import Resource
from zones.scoping import Principal

Pair = TypeVar("Pair", Dismissal, Shortlisting)


class LabelKey(TypedDict):
    """Of which pair a label is, and by which kind of decision."""

    need_id: int
    resource_id: int
    source: str


def locked_resource(principal: Principal, *, pk: int) -> Resource:
    """The resource a decision is about, locked as a merge locks it, and before the need: what is decided meanwhile
    would stay behind with a record that is no more. Raises NotFound; Conflict for one that was merged into another.
    """
    rows = Resource.objects.visible_to(principal).filter(pk=pk)
    found: Resource | None = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    if found.merged_into_id is not None:
        raise Conflict(_("该资源已并入另一条记录：请刷新页面，对保留的记录操作。"))
    return found


def locked_pair(model: type[Pair], principal: Principal, *, pk: int) -> Pair:
    """The pair, locked after its resource and its need: every decision takes them in this order, so that no two wait
    for each other. Raises NotFound.
    """
    rows = model.objects.editable_by(principal).filter(pk=pk)
    resources = Resource.objects.visible_to(principal).select_for_update(of=("self",), no_key=True)
    resources.filter(pk__in=rows.values("resource_id")).first()
    needs = Need.objects.editable_by(principal).select_for_update(of=("self",))
    needs.filter(pk__in=rows.values("need_id")).first()
    locked = rows.select_for_update(of=("self",)).select_related("need", "resource")
    found: Pair | None = locked.first()
    if found is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    return found


def label_of(pair: Dismissal | Shortlisting) -> LabelKey:
    """The key of the label that the decision leaves."""
    source = LabelSource.DISMISSAL if isinstance(pair, Dismissal) else LabelSource.SHORTLIST
    return {"need_id": pair.need_id, "resource_id": pair.resource_id, "source": source}
