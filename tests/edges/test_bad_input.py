"""No input makes a 5xx: every list and detail × every kind of rubbish, in parameters, paths, headers and methods."""

import json
from base64 import urlsafe_b64encode
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.builders import make_match, make_need, make_organization, make_resource
from tests.conftest import World

LISTS = ("zones", "associations", "organizations", "resources", "needs", "matches", "consortia", "runs")
WRITTEN = ("resources", "needs")
"""Of them, those that are written as well: `test_api_bodies`."""
ROOT = "/api/v1/"
MEGABYTE = "a" * 1_000_000


def cursor(*parts: object) -> str:
    return urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


ID = "0b8e7a52-0f0b-4f6e-9c55-0d3c5a1b2c3d"
RUBBISH = {
    "nul": "%00",
    "nul in a word": "a%00b",
    "lone surrogate": "%ED%A0%80",
    "cut utf-8": "%E4%B8",
    "overlong": "%C0%AF",
    "four-byte": "%F0%A0%AE%B7",
    "percent": "%",
    "quote": "%27%3B--",
    "bad uuid": "1234-not-a-uuid",
    "number": "99999999999999999999999999",
    "negative": "-1",
    "not a number": "NaN",
    "infinite": "1e9999",
    "bad day": "2026-02-30",
    "far day": "99999-01-01",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "markup": "%3Cscript%3E",
    "braces": "%7B0.__class__%7D",
    "megabyte": MEGABYTE,
}
CURSORS = {
    "no base64": "%%%",
    "one letter": "A",
    "no json": urlsafe_b64encode(b"\xff\xfe").decode(),
    "an object": urlsafe_b64encode(b"{}").decode(),
    "deep": urlsafe_b64encode(b"[" * 700).decode(),
    "very deep": urlsafe_b64encode(b"[" * 50_000).decode(),
    "short": cursor("slug"),
    "no direction": cursor("-updated_at", "x", "2026-01-01T00:00:00+00:00", ID),
    "other order": cursor("deadline", "n", "2026-01-01", ID),
    "bad value": cursor("-updated_at", "n", "never", ID),
    "nul": cursor("-updated_at", "n", "\x00", ID),
    "surrogate": cursor("-updated_at", "n", "\ud800", ID),
    "nul as text": cursor("pinyin_key", "n", "\x00", ID),
    "surrogate as text": cursor("pinyin_key", "n", "\ud800", ID),
    "slug with nul": cursor("slug", "n", "\x00", ID),
    "huge day": cursor("-updated_at", "n", "99999-01-01", ID),
    "a list": cursor("-updated_at", "n", ["x"], ID),
    "bad id": cursor("-updated_at", "n", "2026-01-01T00:00:00+00:00", "x"),
    "number id": cursor("-updated_at", "n", "2026-01-01T00:00:00+00:00", 5),
    "not a number": cursor("-told_score", "n", "nan", ID),
    "infinite": cursor("-told_score", "n", "inf", ID),
    "word": cursor("-told_score", "n", "many", ID),
}


@pytest.fixture
def ana_s_browser(world: World) -> Client:
    make_match(make_need(organization=world.enterprise), make_resource(organization=world.laboratory))
    client = Client(raise_request_exception=True)
    client.force_login(world.ana)
    return client


def known_parameters(client: Client, name: str) -> list[str]:
    """What the 400 of an unknown parameter lists."""
    text = client.get(f"{ROOT}{name}/?colour=1").json()["errors"]["colour"][0]
    return [word.strip(" 。.") for word in text.split("：")[-1].split("、")]


@pytest.mark.parametrize("name", LISTS)
def test_rubbish_in_any_parameter_is_answered_below_500(ana_s_browser: Client, name: str) -> None:
    for parameter, rubbish in product(known_parameters(ana_s_browser, name), RUBBISH):
        response = ana_s_browser.get(f"{ROOT}{name}/?{parameter}={RUBBISH[rubbish]}")
        assert response.status_code < 500, (parameter, rubbish, response.content[:200])
        assert response["Content-Type"] in ("application/json", "application/problem+json")
        assert len(response.content) < 100_000, (parameter, rubbish)


@pytest.mark.parametrize("name", LISTS)
def test_rubbish_in_a_path_is_the_same_404(ana_s_browser: Client, name: str) -> None:
    absent = ana_s_browser.get(f"{ROOT}{name}/{ID}/")
    assert absent.json()["type"] == "urn:zonelink:not_found"
    for rubbish in RUBBISH.values():
        response = ana_s_browser.get(f"{ROOT}{name}/{rubbish}/")
        assert (response.status_code, response.content) == (404, absent.content), rubbish[:50]


@pytest.mark.parametrize("name", LISTS)
def test_a_forged_cursor_is_a_400_or_a_page(ana_s_browser: Client, name: str) -> None:
    for rubbish, forged in CURSORS.items():
        response = ana_s_browser.get(f"{ROOT}{name}/", {"cursor": forged})
        assert response.status_code in (200, 400), rubbish
        if response.status_code == 400:
            assert list(response.json()["errors"]) == ["cursor"]


@pytest.mark.parametrize(
    "query",
    [
        f"{quote('名称')}=1",
        f"{MEGABYTE}=1",
        "&".join(f"a{n}=1" for n in range(2000)),
        "=",
        "&&&",
        "%00=1",
        "%ED%A0%80=1",
    ],
    ids=["chinese name", "megabyte name", "two thousand", "empty name", "ampersands", "nul name", "surrogate name"],
)
def test_rubbish_as_a_parameter_s_name_is_a_problem_document(ana_s_browser: Client, query: str) -> None:
    response = ana_s_browser.get(f"{ROOT}needs/?{query}")
    assert response.status_code in (200, 400)
    assert len(response.content) < 300_000
    if response.status_code == 400:
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["status"] == 400


@pytest.mark.parametrize("body", [b"null", b"[]", b"7", b'"text"'])
def test_a_body_that_is_no_object_is_told_as_the_document_says(ana_s_browser: Client, body: bytes) -> None:
    for name in WRITTEN:
        answer = ana_s_browser.post(f"{ROOT}{name}/", body, content_type="application/json")
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["__all__"])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_only_reads_refuses_to_write(ana_s_browser: Client, method: str) -> None:
    bodies = (b"", b"{", b"\x00", b"[" * 10_000, b'{"a": "\\ud800"}')
    read_only = [f"{name}/" for name in LISTS if name not in WRITTEN]
    for name, body in product(("", "schema/", *read_only), bodies):
        answer = getattr(ana_s_browser, method)(f"{ROOT}{name}", body, content_type="application/json")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["type"] == "urn:zonelink:method_not_allowed"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_writing_to_a_record_tells_no_more_than_reading_it(world: World, method: str) -> None:
    shown = world.east
    hidden = make_organization(zone=world.east, is_listed=False)
    client = Client()
    client.force_login(world.cy)

    def write(path: str) -> Any:
        return getattr(client, method)(f"{ROOT}{path}", b"{}", content_type="application/json")

    answer, absent = write(f"zones/{shown.public_id}/"), write(f"organizations/{ID}/")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    for path in (f"organizations/{hidden.public_id}/", "organizations/nonsense/", "nothing/", "nothing/at/all/"):
        answer = write(path)
        assert (answer.status_code, answer.content) == (404, absent.content), path


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_browser_s_write_without_a_token_is_told_that_nothing_is_written_here(world: World, method: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.ana)
    answer = getattr(browser, method)(f"{ROOT}zones/{world.east.public_id}/", b"{}", content_type="application/json")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")


HEADERS = [
    {"accept": "text/html"},
    {"accept": "\x00"},
    {"accept": "a" * 10_000},
    {"accept": "application/xml;q=nan"},
    {"accept-language": "xx-YY;q=9, \x00"},
    {"accept-language": "a" * 10_000},
    {"authorization": "Basic !!!"},
    {"cookie": "sessionid=\x00; csrftoken=" + "x" * 5000},
    {"if-none-match": "*"},
    {"range": "bytes=0-"},
]


def test_rubbish_in_headers_is_answered_below_500(world: World) -> None:
    for path, headers in product(("", "needs/", "zones/", "schema/", "docs/"), HEADERS):
        assert Client().get(ROOT + path, headers=headers).status_code < 500, (path, headers)


def test_errors_speak_the_language_of_the_request(ana_s_browser: Client) -> None:
    bad = f"{ROOT}needs/?zone=x"
    chinese = ana_s_browser.get(bad, headers={"accept-language": "zh-hans"})
    english = ana_s_browser.get(bad, headers={"accept-language": "en"})
    assert chinese["Content-Language"] == "zh-hans"
    assert english["Content-Language"] == "en"
    assert chinese.json()["errors"]["zone"] != english.json()["errors"]["zone"]
    assert "public id" in english.json()["errors"]["zone"][0]
