"""How search and matching work, who sees what, and under which licence: a page of words."""

from django.http import HttpRequest, HttpResponse

from portal.base import PortalPage


class AboutPage(PortalPage):
    template = "portal/about.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page({})
