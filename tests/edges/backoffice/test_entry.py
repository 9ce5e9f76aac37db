"""Who gets in, and what the site refuses to be."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, reverse

from backoffice.site import BackOffice
from tests.builders import make_organization
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, address, pages

OURS = {
    "accounts.user",
    "figures.figurereport",
    "figures.lockedfigure",
    "figures.series",
    "matching.agreement",
    "matching.cooperation",
    "matching.event",
    "matching.exchange",
    "matching.matchrun",
    "matching.need",
    "matching.needcall",
    "matching.needreview",
    "matching.reviewpolicy",
    "matching.scoringconfig",
    "notifications.delivery",
    "notifications.endpoint",
    "matching.techcontract",
    "zones.association",
    "zones.code",
    "zones.importjob",
    "zones.contactaccess",
    "zones.invitation",
    "zones.organization",
    "zones.registration",
    "zones.resource",
    "zones.servicerequest",
    "zones.specialday",
    "zones.catalogue",
    "zones.chainnode",
    "zones.enclave",
    "zones.fund",
    "zones.policydocument",
    "matching.conversion",
    "matching.talentexchange",
    "matching.trial",
    "zones.zone",
}
INSIDERS = ("ana", "bo", "cy", "ops", "auditor", "secretariat")


def test_the_site_in_use_is_ours_and_knows_our_pages_only() -> None:
    """Unfold's application puts its own site, with Django's rights, in place of the default."""
    assert isinstance(admin.site, BackOffice)
    assert {page.opts.label_lower for page in pages()} == OURS
    assert all(page.is_scoped_page for page in pages())


def test_a_page_without_scoping_does_not_get_in() -> None:
    site = BackOffice()
    site.register(next(pages()).model, admin.ModelAdmin)
    assert site._registry == {}


def test_the_page_that_finds_rows_by_integer_key_is_gone() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("admin:view_on_site", args=[1, 1])


@pytest.mark.parametrize("person", INSIDERS)
def test_those_with_a_role_enter(world: World, browse: Browse, person: str) -> None:
    assert browse(getattr(world, person)).get("/office/").status_code == 200


@pytest.mark.parametrize("person", ["eve", "lin", None])
def test_members_of_organizations_and_visitors_are_sent_to_the_log_in(
    world: World, browse: Browse, person: str | None
) -> None:
    client = browse(getattr(world, person) if person else None)
    for page in pages():
        for url in (address(page, "changelist"), address(page, "add")):
            response = client.get(url)
            assert response.status_code == 302
            assert response["Location"].startswith("/office/login/")
    assert client.get("/office/autocomplete/").status_code == 302


def test_an_account_without_a_role_here_is_led_to_the_portal(world: World) -> None:
    world.eve.set_password("correct horse battery")
    world.eve.save()
    client = Client(headers={"accept-language": "zh-hans"})
    values = {"username": "eve", "password": "correct horse battery", "next": "/office/"}
    assert client.post("/office/login/", values, follow=True).redirect_chain[-1][0] == "/account/"
    assert client.get("/office/", follow=True).redirect_chain[-1][0] == "/account/"


@pytest.mark.parametrize("person", INSIDERS)
@pytest.mark.parametrize("query", ["", "?p=abc", "?p=99999", "?q=%00", "?q=%F0%9F", "?o=99.-x", "?all=", "?_popup=1"])
def test_no_list_breaks_whatever_it_is_asked(world: World, browse: Browse, person: str, query: str) -> None:
    make_organization(zone=world.east)
    client = browse(getattr(world, person))
    for page in pages():
        assert client.get(address(page, "changelist") + query).status_code < 500, page


@pytest.mark.parametrize(
    "query",
    [
        "organization__name_zh__startswith=东",
        "budget_max__gt=1",
        "zone__id__exact=1",
        "organization=1",
        "state=nothing",
        "id__gt=0",
        "author__username__startswith=a",
        "contact_points__phone__startswith=138",
        "password__startswith=a",
    ],
)
def test_a_parameter_that_is_no_filter_of_the_page_is_a_bad_request(world: World, browse: Browse, query: str) -> None:
    client = browse(world.ops)
    for page in pages():
        assert client.get(f"{address(page, 'changelist')}?{query}").status_code == 400, page


def test_rights_for_nobody_to_delete(world: World, browse: Browse) -> None:
    need = world.enterprise
    client = browse(world.ops)
    assert client.get(f"/office/zones/organization/{need.public_id}/delete/").status_code == 404
    assert client.post(f"/office/zones/organization/{need.public_id}/delete/", {"post": "yes"}).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_language_can_be_switched(world: World, browse: Browse, language: str) -> None:
    client = browse(world.ana)
    client.post("/i18n/setlang/", {"language": language, "next": "/office/"})
    text = client.get("/office/").content.decode()
    assert f'lang="{language}"' in text
    assert ('value="en"' if language == "zh-hans" else 'value="zh-hans"') in text
