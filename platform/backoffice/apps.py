"""Application configuration of the back office and of the admin site it replaces."""

from django.apps import AppConfig
from django.conf import settings
from django.contrib import admin
from django.contrib.admin import sites
from django.contrib.admin.apps import AdminConfig
from django.utils.module_loading import import_string

from backoffice.theme import UNFOLD


class BackOfficeConfig(AppConfig):
    name = "backoffice"
    verbose_name = "工作台"

    def ready(self) -> None:
        """Our theme, unless the deployment's settings bring their own."""
        if not hasattr(settings, "UNFOLD"):
            settings.UNFOLD = UNFOLD


class AdminSiteConfig(AdminConfig):
    default_site = "backoffice.site.BackOffice"

    def ready(self) -> None:
        """Unfold's own configuration puts its site, with Django's rights, in place of the default; ours replaces it."""
        admin.site = sites.site = import_string(self.default_site)()
        super().ready()
