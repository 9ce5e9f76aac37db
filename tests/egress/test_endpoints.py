"""Which addresses may be asked, by whom."""

from ipaddress import ip_address

import pytest

from egress.endpoints import is_public, trusted, untrusted
from egress.errors import Refused

INSIDE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.100.100.200", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::a00:1",
    "64:ff9b:1::a00:1", "2002:a00:1::", "2001:0:1::",
]  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_that_is_not_public_is_known_as_such(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700:4700::1111", "::ffff:93.184.215.14"])
def test_a_public_address_is_known_as_such(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", INSIDE)
def test_a_user_s_endpoint_may_lead_to_none_of_them(address: str) -> None:
    with pytest.raises(Refused):
        untrusted("https://example.com/hook").check(ip_address(address))


@pytest.mark.parametrize("url", [
    "http://example.com/", "https://example.com:22/", "https://example.com:80/", "ftp://example.com/", "file:///etc/passwd",
    "https://user:password@example.com/", "https://", "//example.com", "", "https://[::1", "https://example.com:99999/",
])  # fmt: skip
def test_a_user_s_endpoint_is_https_on_an_allowed_port(url: str) -> None:
    with pytest.raises(Refused):
        untrusted(url)


def test_an_operator_s_endpoint_may_be_inside_by_https_and_on_this_host_by_http() -> None:
    trusted("https://embeddings.internal:9000/v1").check(ip_address("10.0.0.7"))
    trusted("http://localhost:9000/v1").check(ip_address("127.0.0.1"))
    with pytest.raises(Refused):
        trusted("http://embeddings.internal:9000/v1").check(ip_address("10.0.0.7"))


def test_a_chinese_host_name_is_asked_for_in_its_ascii_form() -> None:
    assert untrusted("https://例子.中国/路").host == "xn--fsqu00a.xn--fiqs8s"


def test_an_endpoint_shows_neither_path_nor_query() -> None:
    assert str(untrusted("https://example.com/a?token=secret")) == "https://example.com:443"
