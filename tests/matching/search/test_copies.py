"""What a process searches: files of the host, what has changed since, and who makes them; and the command."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from matching.services import search_copies
from matching.services.search_copies import Copies, SearchNotReady, write_search_files
from tests.builders import make_organization, make_resource
from tests.conftest import World
from tests.matching.search.looking import follow, look, names
from zones.models import Resource


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test begins as a host without files and a process without copies."""
    monkeypatch.setattr(settings.DATA_PATHS.__class__, "index", property(lambda paths: tmp_path))
    monkeypatch.setattr(search_copies, "_copies", Copies())


def restart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_copies, "_copies", Copies())


@pytest.fixture
def market(world: World) -> World:
    for number in range(5):
        make_resource(zone=world.west, name_zh=f"激光设备{number}", description_zh="激光", visibility="public")
    make_organization(name_zh="激光研究院", zone=world.west)
    follow()
    return world


def test_files_answer_as_memory_does(market: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = look(None, "激光"), look(market.eve, sort="name")
    assert set(write_search_files()) == {"resource", "organization", "need"}
    restart(monkeypatch)
    after = look(None, "激光"), look(market.eve, sort="name")
    assert before == after
    assert before[0].total == 6


def test_what_changed_after_the_files_is_found_too(market: World, monkeypatch: pytest.MonkeyPatch) -> None:
    write_search_files()
    Resource.plain.filter(name_zh="激光设备3").update(name_zh="光纤设备3", description_zh="")
    Resource.plain.filter(name_zh="激光设备4").update(status="paused")
    follow()
    for _process in range(2):
        assert sorted(names(look(None, "激光"))) == ["激光研究院", "激光设备0", "激光设备1", "激光设备2"]
        assert names(look(None, "光纤")) == ["光纤设备3"]
        restart(monkeypatch)


def test_files_are_made_anew_when_much_has_changed_only(market: World, monkeypatch: pytest.MonkeyPatch) -> None:
    write_search_files()
    make_resource(zone=market.west, name_zh="激光新设备")
    follow()
    assert write_search_files() == []
    monkeypatch.setattr(search_copies, "LEAST_BEHIND", 0)
    assert "resource" in write_search_files()
    assert look(market.eve, "激光").total == 7
    restart(monkeypatch)
    assert look(market.eve, "激光").total == 7


def test_a_large_site_waits_for_its_files(market: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_copies, "MAX_IN_MEMORY", 3)
    with pytest.raises(SearchNotReady):
        look(None, "激光")
    write_search_files()
    assert look(None, "激光").total == 6


def test_the_command_answers_as_json_and_for_people(market: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("search", "激光", "设备", "--zone", "west", "--size", "2", "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["total"] == 5
    assert len(told["hits"]) == 2
    assert told["hits"][0]["zone"] == "west"
    assert {piece["text"] for piece in told["hits"][0]["title"] if piece["is_hit"]} == {"激光设备"}
    call_command("search", "激光", "--prepare")
    assert "【激光】研究院" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "value"), [("--zone", "wset"), ("--sort", "price"), ("--size", "0"), ("--trl", "x")]
)
def test_the_command_refuses_what_cannot_be_in_both_languages(market: World, option: str, value: str) -> None:
    with pytest.raises(CommandError, match=" / "):
        call_command("search", "激光", option, value)
