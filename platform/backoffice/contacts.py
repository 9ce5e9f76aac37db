"""Contacts of an organization: masked everywhere, one whole for one page view to those who say why; and who was shown
which.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from backoffice.base import ScopedModelAdmin
from backoffice.details import EMPTY, refusal_text
from backoffice.forms import RowForm
from backoffice.inlines import RowsInline
from backoffice.keys import parse_public_id
from backoffice.principals import principal_of
from backoffice.rows import is_on_own_side
from zones.errors import InvalidInput, NotFound
from zones.models import ContactAccess, ContactPoint, Organization
from zones.scoping import Principal
from zones.services.contacts import ShownContact, contacts_of, see_contact


class ContactRowForm(RowForm):
    """A contact as its mask; `key` says which stored one it is."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        return super().values() | {"key": self.cleaned_data.get("key")}


class ContactInline(RowsInline):
    """Contacts, for those who may edit the organization: nobody else gets its form."""

    model = ContactPoint
    form = ContactRowForm
    fk_name = "organization"
    fields = ("key", "title", "person_name", "phone", "email")
    verbose_name_plural = _("联系方式（双方同意对接后才向对方显示；不改动的内容保留掩码即可）")
    max_num = 20

    def stored(self, request: HttpRequest, parent: Any) -> list[dict[str, Any]]:
        contacts = contacts_of(principal_of(request), organization_id=parent.pk)
        return [contact._asdict() for contact in contacts]


def contact_table(organization: Organization, principal: Principal) -> dict[str, Any]:
    """For those who read without editing: masked for the zone's auditors, nothing for others."""
    contacts = contacts_of(principal, organization_id=organization.pk)
    return {
        "title": gettext("联系方式"),
        "headings": [gettext("岗位"), gettext("联系人"), gettext("电话"), gettext("邮箱")],
        "rows": [_cells(contact) for contact in contacts],
        "empty": gettext("联系方式在双方同意对接后显示。"),
    }


def _cells(contact: ShownContact) -> list[str]:
    return [text or EMPTY for text in contact[1:]]


class ContactPages(ScopedModelAdmin):
    """The page of an organization's contacts, for its own side."""

    def tabs(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        found = super().tabs(request, row, is_own=is_own)
        if is_own:
            url = self.url_of(row, "contacts")
            found.insert(1, {"url": url, "title": _("联系方式"), "icon": "call", "is_here": url == request.path})
        return found

    @method_decorator(never_cache)
    def contacts_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Masked; the answer to a reasoned post has one of them whole, and no other page ever has."""
        row, principal = self.row_or_404(request, object_id), principal_of(request)
        if not is_on_own_side(row, principal):
            raise Http404
        seen, fault = self._seen(request, row) if request.method == "POST" else (None, None)
        items = [
            {
                "key": str(contact.key),
                "cells": _cells(seen if seen and seen.key == contact.key else contact),
                "is_whole": bool(seen and seen.key == contact.key),
                "fault": fault[1] if fault and fault[0] == contact.key else "",
            }
            for contact in contacts_of(principal, organization_id=row.pk)
        ]
        context = {"contacts": items, "may_see": self.has_change_permission(request, row)}
        return self.page(request, "admin/backoffice/contacts.html", row, context)

    def _seen(self, request: HttpRequest, row: Organization) -> tuple[ShownContact | None, Any]:
        """The contact that was asked for, or the key of the one that was not shown with the sentence that says why."""
        key, reason = parse_public_id(request.POST.get("contact", "")), request.POST.get("reason", "")
        try:
            if key is None:
                raise NotFound("")
            return see_contact(principal_of(request), organization_id=row.pk, contact=key, reason=reason), None
        except NotFound as error:
            raise Http404 from error
        except InvalidInput as error:
            return None, (key, refusal_text(error))

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.contacts_view)
        name = self.name_of("contacts").removeprefix("admin:")
        return [path("<path:object_id>/contacts/", view, name=name), *super().get_urls()]


@admin.register(ContactAccess)
class ContactAccessAdmin(ScopedModelAdmin):
    """Who was shown which contact, when and why: for the managers and auditors of the zone; nobody changes it."""

    ordering = ("-id",)
    when_empty = _("有人查看完整联系方式后会记录在这里。")
    list_display = ("seen_at", "user", "organization", "title", "reason")
    list_select_related = ("user", "organization")
    search_fields = ("organization__name_zh", "organization__pinyin_key")
    search_help_text = _("按单位名称、拼音查找")
    actions = None
    fieldsets = ((_("查看记录"), {"fields": ("seen_at", "user", "organization", "title", "reason")}),)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return oversees_contacts(principal_of(request))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return oversees_contacts(principal_of(request)) and super().has_view_permission(request, obj)

    def may_write_here(self, principal: Principal) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def oversees_contacts(principal: Principal) -> bool:
    return principal.is_system or bool(principal.manager_zones | principal.auditor_zones)
