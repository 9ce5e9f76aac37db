"""The operator's file of identity providers: read whole or refused, checked, and without it nothing is shown."""

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client

from accounts.identity_providers import IdentityProvider, UnusableFile, read_providers
from tests.conftest import World


def test_nothing_of_it_is_shown_where_the_operator_named_none(world: World) -> None:
    for door in ("/account/log-in/", "/office/login/"):
        assert "用园区账号登录" not in Client(headers={"accept-language": "zh-hans"}).get(door).content.decode()


def test_the_file_of_providers_is_read_whole_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "providers.toml"
    whole = '[east]\nissuer = "https://login.example.cn"\nclient_id = "zonelink"\nclient_secret = "s3cret"\n'
    file.write_text(whole)
    assert read_providers(str(file))["east"].client_id == "zonelink"
    assert "s3cret" not in repr(read_providers(str(file)))
    assert read_providers("") == {}
    for text in (
        "[east",
        whole + "more = 1",
        whole.replace('"zonelink"', "1"),
        whole.replace("s3cret", " "),
        "east = 1",
    ):
        file.write_text(text)
        with pytest.raises(UnusableFile) as refusal:
            read_providers(str(file))
        assert "s3cret" not in str(refusal.value)
    with pytest.raises(UnusableFile, match="cannot be read"):
        read_providers(str(tmp_path / "nothing.toml"))


def test_what_cannot_work_is_named_by_the_checks(settings: Any) -> None:
    settings.IDENTITY_PROVIDERS = {"east": IdentityProvider("east", "ftp://login.example.cn", "zonelink", "s3cret")}
    settings.MFA_REQUIRED_ROLES = ["zone_manager", "manager"]
    found = {message.id: str(message) for message in run_checks()}
    assert "[east]" in found["zonelink.W002"]
    assert "s3cret" not in found["zonelink.W002"]
    assert "MFA_REQUIRED_ROLES: manager" in found["zonelink.E005"]
