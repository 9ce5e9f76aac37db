"""The commands that operators use: registry, classes, accounts."""

import ast
import io
import json
from pathlib import Path
from typing import Any, TypeGuard

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from accounts.models import User
from tests.builders import make_organization, principal_of
from tests.conftest import World
from zones.models import StaffRole

REPOSITORY = Path(__file__).resolve().parents[2]
TOLD_BY = ("no_such_zone(slug)", "no_such_zone(text)", "message", "both(said(refusal), _said_in_english(ask))")
"""What makes a sentence in both languages elsewhere."""


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_routes_lists_every_route_and_method_with_rule_filters_and_ordering(db: None) -> None:
    lines = json.loads(run("routes", "--json"))
    needs = next(line for line in lines if line["route"] == "api:needs-list" and line["method"] == "GET")
    assert needs["pattern"] == "api/v1/needs/"
    assert "visible_to" in needs["rule"]
    assert "kind" in needs["filters"]
    assert "-updated_at" in needs["ordering"]
    assert all(line["rule"] for line in lines)
    assert "api:needs-list" in run("routes")


def test_routes_prints_every_path_as_people_write_it(db: None) -> None:
    patterns = {line["pattern"] for line in json.loads(run("routes", "--json"))}
    assert "api/v1/<path:rest>/" in patterns
    assert [pattern for pattern in patterns if set(pattern) & set("^$?*+()\\")] == []


def test_fields_lists_every_field_with_its_class() -> None:
    rows = {(row["model"], row["field"]): row["class"] for row in json.loads(run("fields", "--json"))}
    assert rows["matching.need", "organization"] == "scoped"
    assert rows["zones.contactpoint", "phone"] == "pii"
    assert rows["accounts.user", "password"] == "secret"
    assert "zones.contactpoint" in run("fields")


@pytest.mark.parametrize("command", ["routes", "fields", "check_invariants", "create_user"])
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        call_command(command, "--help")
    assert stop.value.code == 0
    assert " / " in capsys.readouterr().out


def test_create_user_prints_a_generated_password_once_and_stores_its_hash(world: World) -> None:
    printed = run("create_user", "--username", "dan", "--role", "zone_staff", "--zone", "east", "--display-name", "丹")
    password = printed.strip().rpartition(": ")[2]
    user = User.objects.get(username="dan")
    assert user.check_password(password)
    assert password not in user.password
    assert user.display_name == "丹"
    assert principal_of(user).staff_zones == {world.east.pk}


def test_an_unknown_zone_is_answered_with_near_ones_and_where_all_are(world: World) -> None:
    with pytest.raises(CommandError, match=r"Did you mean west, east\?.*data/reference/zones.csv"):
        run("create_user", "--username", "dan", "--role", "zone_staff", "--zone", "esat")


def test_create_user_gives_each_role_its_place(world: World) -> None:
    code = "91350100M000100Y43"
    make_organization(zone=world.west, credit_code=code)
    run("create_user", "--username", "sec", "--role", "secretariat", "--association", "alliance")
    run("create_user", "--username", "org", "--role", "organization_member", "--organization", code)
    run(
        *("create_user", "--username", "org2", "--role", "organization_member"),
        *("--organization", str(world.enterprise.public_id)),
    )
    run("create_user", "--username", "sys", "--role", "system")
    assert principal_of(User.objects.get(username="sec")).secretariats == {world.alliance.pk}
    assert principal_of(User.objects.get(username="org")).organization_zones == {world.west.pk}
    assert principal_of(User.objects.get(username="org2")).organizations == {world.enterprise.pk}
    assert principal_of(User.objects.get(username="sys")).is_system


def test_create_user_takes_a_password_from_standard_input_and_does_not_print_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("correct-horse-battery-9\n"))
    printed = run("create_user", "--username", "dan", "--role", "system", "--password-stdin")
    assert "correct-horse" not in printed
    assert User.objects.get(username="dan").check_password("correct-horse-battery-9")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--role", "zone_staff"], "--zone"),
        (["--role", "zone_staff", "--zone", "nowhere"], "nowhere"),
        (["--role", "zone_staff", "--zone", "east", "--association", "alliance"], "--association"),
        (["--role", "zone_staff", "--zone", "ea\x00st"], "NUL"),
        (["--role", "zone_staff", "--zone", "ea\udce9st"], "zone"),
        (["--role", "secretariat", "--association", "east"], "east"),
        (["--role", "organization_member", "--organization", "not-an-id"], "not-an-id"),
        (["--role", "system", "--zone", "east"], "--zone"),
        (["--role", "king"], "king"),
        (["--role", "system", "--username", "ana"], "username"),
        (["--role", "system", "--username", "a b\x00"], "username"),
        (["--role", "system", "--username", "x" * 200], "username"),
    ],
)
def test_create_user_refuses_with_a_sentence_and_stores_nothing(
    world: World, arguments: list[str], sentence: str
) -> None:
    before = (User.objects.count(), StaffRole.plain.count())
    name = [] if "--username" in arguments else ["--username", "dan"]
    with pytest.raises(CommandError, match=sentence):
        run("create_user", *name, *arguments)
    assert (User.objects.count(), StaffRole.plain.count()) == before


@pytest.mark.parametrize(
    ("arguments", "chinese", "english"),
    [
        (("create_user", "--username", "ana", "--role", "system"), "已存在", "already"),
        (("evaluate", "/nowhere"), "找不到", "not found"),
        (("load_collection", "/nowhere"), "找不到", "not found"),
        (("activate_config", "99"), "没有", "There is no"),
    ],
)
def test_a_refusal_is_told_in_chinese_and_in_english(
    world: World, arguments: tuple[str, ...], chinese: str, english: str
) -> None:
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    before, _mark, after = str(refused.value).partition(" / ")
    assert chinese in before
    assert english in after


def test_every_command_tells_its_refusals_by_one_way_and_in_both_languages() -> None:
    files = [file for file in REPOSITORY.glob("**/management/**/*.py") if ".venv" not in file.parts]
    nodes = [(file, node) for file in files for node in ast.walk(ast.parse(file.read_text()))]
    handlers = {
        file.name for file, node in nodes if isinstance(node, ast.ExceptHandler) and "DomainError" in ast.dump(node)
    }
    refusals = [(file.name, ast.unparse(node.args[0])) for file, node in nodes if is_refusal(node)]
    assert len(files) > 15
    assert handlers == {"telling.py"}
    assert len(refusals) > 10
    assert [refusal for refusal in refusals if " / " not in refusal[1] and refusal[1] not in TOLD_BY] == []


def is_refusal(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "CommandError"


@pytest.mark.parametrize("password", ["short", "password1234", "dan", ""])
def test_create_user_refuses_a_weak_password(world: World, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    with pytest.raises(CommandError):
        run("create_user", "--username", "dan", "--role", "system", "--password-stdin")
    assert not User.objects.filter(username="dan").exists()


def test_the_checks_of_a_site_warn_while_its_feeds_are_named_after_nobody(settings: Any) -> None:
    def warned() -> bool:
        return "zonelink.W003" in {found.id for found in run_checks(include_deployment_checks=True)}

    settings.TAG_AUTHORITY = "match.example.cn"
    assert not warned()
    settings.TAG_AUTHORITY = settings.TAG_AUTHORITY_OF_NOBODY
    assert warned()
    assert "zonelink.W003" not in {found.id for found in run_checks()}
