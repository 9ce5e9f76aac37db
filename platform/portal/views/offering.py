"""What a member's organizations offer: registered, changed, confirmed anew, taken off; photos added and removed."""

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.base import row_or_404
from portal.cards import freshness
from portal.forms.needs import tell_refusal
from portal.forms.resources import Lists, PhotoForm, ResourceForm, initial_of, lists_of, part_rows, parts_of
from portal.forms.sending import sent, version_in
from portal.resource_matches import matches_of_resource
from portal.sent_once import MakingPage
from portal.views.own import sentences_of
from zones.choices import ResourceKind, ResourceStatus
from zones.errors import Conflict, DomainError, InvalidInput
from zones.models import DETAIL_MODELS, Capability, Resource, ResourcePart, ResourcePhoto, SharingGrant
from zones.scoping import Principal, today
from zones.services.photos import MOST_BYTES, MOST_PHOTOS, add_photo, remove_photo
from zones.services.resources import confirm_resource, publish_resource, retire_resource, update_resource

STEPS: Final = {"confirm": gettext_lazy("核实无误"), "retire": gettext_lazy("下线")}
"""What a member does with a resource, less its photos."""


class OfferingPage(MakingPage):
    """Resources of the reader's organizations."""

    def own_resource(self, public_id: UUID) -> Resource:
        rows = Resource.objects.editable_by(self.principal).filter(organization__in=self.principal.organizations)
        found: Resource = row_or_404(rows.select_related("zone"), public_id)
        return found


class ResourceEditor(OfferingPage):
    """The form with its rows, stored whole or not at all."""

    template = "portal/my/offering.html"

    def store(self, form: ResourceForm, lists: Lists, row: Resource | None) -> Resource:
        if row is None:
            owner, parts = form.owner(), parts_of(form, lists)
            new = {"kind": form.kind, "organization": owner, "zone": owner.zone, "confirmed_on": today()}
            made: Resource = self.made_once(
                lambda: publish_resource(self.principal, with_parts=parts, **new, **form.values()),
                find=self.own_resource,
            )
            return made
        parts = parts_of(form, lists, _grants(self.principal, row))
        version = version_in(self.request.POST)
        return update_resource(self.principal, resource_id=row.pk, version=version, with_parts=parts, **form.values())

    def answered(self, form: ResourceForm, lists: Lists, row: Resource | None = None) -> HttpResponse:
        """The stored resource, or the form with what is wrong."""
        newer = False
        if form.is_valid() & lists.are_valid():
            try:
                stored = self.store(form, lists, row)
                return HttpResponseRedirect(reverse("portal:own_resource", args=[stored.public_id]))
            except InvalidInput as error:
                tell_refusal(form, error.errors)
            except Conflict:
                newer = True
            except DomainError as error:
                tell_refusal(form, {"": sentences_of(error)})
        status = HTTPStatus.CONFLICT if newer else HTTPStatus.BAD_REQUEST
        return self.shown(form, lists, row, is_stale=newer, status=status)

    def shown(
        self,
        form: ResourceForm,
        lists: Lists,
        row: Resource | None = None,
        *,
        is_stale: bool = False,
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        """After a conflict the form carries the version of now: whoever sends it again has been told."""
        typed = "" if is_stale else self.request.POST.get("version", "")
        version = typed or (row.version if row else "")
        kind = ResourceKind(form.kind).label
        context = {"form": form, "lists": lists, "row": row, "version": version, "kind": kind, "is_stale": is_stale}
        context["form_name"] = self.form_name
        return self.page(context, status=status)


class NewResource(ResourceEditor):
    """First the kind, then its form."""

    parameters = ("kind",)

    def get(self, request: HttpRequest) -> HttpResponse:
        kind = self._kind()
        if not kind:
            return self.page({"kinds": ResourceKind.choices}, template="portal/my/kinds.html")
        return self.shown(ResourceForm(self.principal, kind, is_new=True), lists_of(kind))

    def post(self, request: HttpRequest) -> HttpResponse:
        kind = self._kind()
        if not kind:
            raise Http404
        form = ResourceForm(self.principal, kind, request.POST, is_new=True)
        return self.answered(form, lists_of(kind, request.POST))

    def _kind(self) -> str:
        kind = self.request.GET.get("kind", "")
        if kind and kind not in ResourceKind.values:
            raise InvalidInput.single("kind", _("没有这种资源：请从列表中选择类型。"))
        return kind


class ChangeResource(ResourceEditor):
    """A resource that is stored; what others have changed meanwhile is not lost, nor is what was typed."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        row = self.own_resource(public_id)
        return self.shown(*self._forms(row, None), row)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        row = self.own_resource(public_id)
        return self.answered(*self._forms(row, request.POST), row)

    def _forms(self, row: Resource, data: Any) -> tuple[ResourceForm, Lists]:
        detail = DETAIL_MODELS[row.kind].objects.visible_to(self.principal).filter(resource=row).first()
        capabilities = Capability.objects.visible_to(self.principal).filter(resource=row)
        columns, rows = initial_of(row, detail, capabilities, _grants(self.principal, row))
        parts = part_rows(ResourcePart.objects.visible_to(self.principal).filter(resource=row))
        form = ResourceForm(self.principal, row.kind, data, initial=columns)
        return form, lists_of(row.kind, data, capabilities=rows, parts=parts)


class OwnResource(OfferingPage):
    """One resource as its own side keeps it: how it stands, confirming it anew, taking it off, its photos."""

    template = "portal/my/resource.html"

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._shown(self.own_resource(public_id))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        row, step, form = self.own_resource(public_id), request.POST.get("step", ""), PhotoForm()
        try:
            if step == "photo":
                form = PhotoForm(request.POST, request.FILES)
                if not sent(form, lambda: self._add(row, form)):
                    return self._shown(row, form=form, status=HTTPStatus.BAD_REQUEST)
            else:
                self._take(row, step)
        except DomainError as error:
            row.refresh_from_db()
            return self._shown(row, refused=sentences_of(error), status=HTTPStatus.CONFLICT)
        return HttpResponseRedirect(reverse("portal:own_resource", args=[public_id]))

    def _take(self, row: Resource, step: str) -> None:
        known: dict[str, Any] = {"resource_id": row.pk, "version": version_in(self.request.POST)}
        if step == "confirm":
            confirm_resource(self.principal, confirmed_on=today(), **known)
        elif step == "retire":
            retire_resource(self.principal, **known)
        elif step == "remove":
            remove_photo(self.principal, photo_id=self._photo(row))
        else:
            raise Http404

    def _add(self, row: Resource, form: PhotoForm) -> None:
        content = form.cleaned_data["photo"].read(MOST_BYTES + 1)
        add_photo(self.principal, resource_id=row.pk, content=content, caption=form.cleaned_data["caption"])

    def _photo(self, row: Resource) -> int:
        photos = ResourcePhoto.objects.editable_by(self.principal).filter(resource=row).defer("content")
        try:
            public_id = UUID(self.request.POST.get("photo", ""))
        except ValueError as error:
            raise Http404 from error
        found: int = row_or_404(photos, public_id).pk
        return found

    def _shown(
        self,
        row: Resource,
        *,
        form: PhotoForm | None = None,
        refused: list[str] | None = None,
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        photos = list(ResourcePhoto.objects.visible_to(self.principal).filter(resource=row).defer("content"))
        context = {
            "row": row,
            "freshness": freshness(row.confirmed_on),
            "refused": refused or [],
            "steps": [] if row.status == ResourceStatus.RETIRED else STEPS.items(),
            "photos": photos,
            "form": (form or PhotoForm()) if len(photos) < MOST_PHOTOS else None,
            "matches": matches_of_resource(self.principal, row),
        }
        return self.page(context, status=status)


def _grants(principal: Principal, row: Resource) -> list[SharingGrant]:
    rows = SharingGrant.objects.visible_to(principal).filter(resource=row).select_related("association", "zone")
    return list(rows.order_by("pk"))
