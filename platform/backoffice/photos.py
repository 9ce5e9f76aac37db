"""Photos of a resource: shown to whoever sees it, added and removed by its own side."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backoffice.base import ScopedModelAdmin
from backoffice.details import refusal_text
from backoffice.keys import parse_public_id
from backoffice.principals import principal_of
from zones.errors import DomainError, NotFound
from zones.models import ResourcePhoto
from zones.services.photos import MOST_BYTES, MOST_PHOTOS, add_photo, remove_photo

A_DAY = 86_400


class PhotoPages(ScopedModelAdmin):
    """The picture itself, and two posts on the page of a resource."""

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        photos = ResourcePhoto.objects.visible_to(principal_of(request)).filter(resource=row).defer("content")
        shown = [{"photo": photo, "url": self.url_of(row, "photo", str(photo.public_id))} for photo in photos]
        may_change = self.has_change_permission(request, row)
        return super().record_context(request, row) | {
            "photos": shown,
            "photo_url": self.url_of(row, "photos") if may_change and len(shown) < MOST_PHOTOS else "",
            "may_remove_photos": may_change,
        }

    def photo_view(self, request: HttpRequest, object_id: str, photo_id: str) -> HttpResponse:
        """One picture, kept by the reader's own browser only; a post takes it away."""
        row = self.row_or_404(request, object_id)
        key = parse_public_id(photo_id)
        rows = ResourcePhoto.objects.visible_to(principal_of(request)).filter(resource=row)
        photo = rows.filter(public_id=key).first() if key else None
        if photo is None:
            raise Http404
        if request.method == "POST":
            return self._answered(request, row, lambda: remove_photo(principal_of(request), photo_id=photo.pk))
        answer = HttpResponse(bytes(photo.content), content_type="image/jpeg")
        answer["Cache-Control"] = f"private, max-age={A_DAY}"
        answer["X-Content-Type-Options"] = "nosniff"
        return answer

    @method_decorator(require_POST)
    def photos_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row, upload = self.row_or_404(request, object_id), request.FILES.get("photo")
        content = upload.read(MOST_BYTES + 1) if upload is not None else b""
        caption = request.POST.get("caption", "")
        return self._answered(
            request,
            row,
            lambda: add_photo(principal_of(request), resource_id=row.pk, content=content, caption=caption),
        )

    def _answered(self, request: HttpRequest, row: Any, act: Any) -> HttpResponse:
        try:
            act()
        except NotFound as error:
            raise Http404 from error
        except DomainError as error:
            messages.error(request, refusal_text(error))
        else:
            messages.success(request, _("照片已更新"))
        return HttpResponseRedirect(self.url_of(row))

    def get_urls(self) -> list[Any]:
        view, name = self.admin_site.admin_view, self.name_of("{}").removeprefix("admin:")
        return [
            path("<path:object_id>/photos/<str:photo_id>/", view(self.photo_view), name=name.format("photo")),
            path("<path:object_id>/photos/", view(self.photos_view), name=name.format("photos")),
            *super().get_urls(),
        ]
