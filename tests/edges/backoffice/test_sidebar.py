"""The navigation is made by ourselves, as Unfold would make it, for a third of the price."""

from typing import Any

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import set_script_prefix

from backoffice.framework import UnfoldAdminSite
from backoffice.sidebar import sidebar
from tests.conftest import World

PAGES = ("/office/", "/office/matching/need/", "/office/matching/need/add/", "/office/accounts/user/", "/inbox/")
TOLD = ("title", "icon", "link", "active", "has_permission")


def told(groups: list[dict[str, Any]]) -> list[list[tuple[str, ...]]]:
    return [[tuple(str(item[name]) for name in TOLD) for item in group["items"]] for group in groups]


@pytest.mark.parametrize("person", ["ana", "auditor", "secretariat", "ops", "eve"])
def test_it_is_as_unfold_would_make_it(world: World, person: str) -> None:
    for path in PAGES:
        request = RequestFactory().get(path)
        request.user = world.people()[person]
        ours = told(sidebar(request))
        assert ours == told(UnfoldAdminSite.get_sidebar_list(admin.site, request))  # type: ignore[attr-defined]
        assert [item[3] for group in ours for item in group if item[3] == "True"] == ["True"]


def test_its_addresses_follow_the_prefix_of_the_site(world: World) -> None:
    request = RequestFactory().get("/")
    request.user = world.ana
    try:
        set_script_prefix("/chain/")
        assert sidebar(request)[0]["items"][0]["link"] == "/chain/office/"
    finally:
        set_script_prefix("/")


def test_a_deployment_s_own_navigation_is_unfold_s(world: World, settings: Any) -> None:
    settings.UNFOLD = {"SIDEBAR": {"navigation": [{"items": [{"title": "甲", "link": lambda request: "/own/"}]}]}}
    request = RequestFactory().get("/office/")
    request.user = world.ana
    (group,) = admin.site.get_sidebar_list(request)  # type: ignore[attr-defined]
    assert group["items"][0]["link_callback"] == "/own/"
