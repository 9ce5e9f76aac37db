"""The URL table. Each name must have a rule in `config.routes`."""

from django.contrib import admin
from django.urls import include, path

from backoffice.joining import invitation, invitation_link
from config.health import health

handler400 = "api.errors.bad_request_page"
handler404 = "api.errors.not_found_page"
urlpatterns = [
    path("health/", health, name="health"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("office/", admin.site.urls),
    path("invitation/", invitation, name="invitation"),
    path("invitation/<str:token>/", invitation_link, name="invitation_link"),
    path("api/v1/", include("api.urls")),
    path("", include("portal.urls")),
]
