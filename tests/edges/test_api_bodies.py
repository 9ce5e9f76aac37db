"""What is sent to the API and is not as it should be: told at its place, in the reader's language; rubbish is a 400."""

import json
from typing import Any

import pytest

from matching.models import Need
from tests.builders import make_need
from tests.conftest import World
from tests.edges.test_api_writing import NOWHERE, ROOT, need_body, path_of, resource_body, writer
from tests.tokens import program_of


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "open"}, {"public_id": NOWHERE}, {"version": 1}, {"colour": "red"}, {"is_classified": False},
        {"author": "eve"}, {"is_sample": True}, {"metrics": [{"position": 1, "name_zh": "x", "operator": ">="}]},
        {"": 1}, {"x" * 5000: 1},
    ],
)  # fmt: skip
def test_a_field_nobody_may_write_is_refused(world: World, fields: dict[str, Any]) -> None:
    answer = writer(world.eve).post("needs/", need_body(world, **fields))
    assert answer.status_code == 400
    assert "不能填写此字段" in json.dumps(answer.json()["errors"], ensure_ascii=False)
    assert len(answer.content) < 2000
    assert not Need.plain.exists()


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"metrics": [{"name_zh": "检测限", "operator": "<=", "high": 5, "unit": "噗"}]}, ["metrics", "0", "unit"]),
        ({"metrics": [{"name_zh": "检测限", "operator": "like"}]}, ["metrics", "0", "operator"]),
        ({"industry_codes": ["nothing"]}, ["industry_codes"]),
        ({"summary_zh": "长" * 201}, ["summary_zh"]),
        ({"budget_max": "1" * 40}, ["budget_max"]),
        ({"deadline": "soon"}, ["deadline"]),
        ({"trl_have": 9, "trl_need": 1}, ["trl_need"]),
        ({"kind": "nothing"}, ["kind"]),
        ({"title_zh": None}, ["title_zh"]),
        ({"metrics": [{}] * 201}, ["metrics"]),
        ({"keywords": ["x"] * 201}, ["keywords"]),
        ({"keywords": "x"}, ["keywords"]),
    ],
)
def test_what_is_wrong_is_told_at_its_place(world: World, fields: dict[str, Any], place: list[Any]) -> None:
    answer = writer(world.eve).post("needs/", need_body(world, **fields))
    assert answer.status_code == 400
    told = answer.json()["errors"]
    for step in place:
        told = told[step]
    assert not Need.plain.exists()


@pytest.mark.parametrize("rows", [{"metrics": [{"operator": "<="}]}, {"metrics": [{}]}])
def test_rows_of_a_change_are_whole(world: World, rows: dict[str, Any]) -> None:
    """A list is written in place of the one that was there: what a new row must have is not left out of a change."""
    need = make_need(organization=world.enterprise, state="draft")
    eve, path = writer(world.eve), path_of(need)
    answer = eve.patch(path, rows, if_match=eve.tag(path))
    assert answer.status_code == 400
    assert "name_zh" in answer.json()["errors"]["metrics"]["0"]


def test_a_constraint_of_the_database_is_a_400_with_its_sentence(world: World) -> None:
    ana = writer(world.ana)
    assert ana.post("resources/", resource_body(world)).status_code == 201
    answer = ana.post("resources/", resource_body(world))
    assert answer.status_code == 400
    assert "该单位已登记同名同类资源" in json.dumps(answer.json(), ensure_ascii=False)


DEEP = b'{"kind": ' + b"[" * 50 + b"]" * 50 + b"}"
BODIES = {
    "nothing": b"", "half": b"{", "list": b"[]", "text": b'"x"', "number": b"5", "null": b"null",
    "utf-16": "{}".encode("utf-16"),
    "nul": b'{"title_zh": "\\u0000"}', "surrogate": b'{"title_zh": "\\ud800"}',
    "named twice": b'{"kind": 1, "kind": 2}',
    "deep": DEEP, "very deep": b"[" * 100_000, "infinite": b'{"budget_max": 1e999}', "nan": b'{"budget_max": NaN}',
    "huge": b'{"budget_max": ' + b"9" * 4000 + b"}", "hugest": b'{"budget_max": ' + b"9" * 100_000 + b"}",
    "nul as name": b'{"\\u0000": 1}', "bytes": b"\xff\xfe", "true": b'{"wanted_partners": true, "metrics": true}',
}  # fmt: skip


SHAPELESS = ("nothing", "list", "text", "number", "null", "true")
"""Sound JSON that is no record; everything else is refused before it is looked at."""
NAMED = {"nul": "title_zh", "surrogate": "title_zh", "nul as name": "__all__"}
"""What no text may hold is told with the field that holds it."""


@pytest.mark.parametrize("body", BODIES)
def test_rubbish_is_a_400(world: World, body: str) -> None:
    need = make_need(organization=world.enterprise)
    eve = writer(world.eve)
    answers = [eve.post(path, BODIES[body]) for path in ("needs/", "resources/")]
    answers.append(eve.patch(path_of(need), BODIES[body], if_match=eve.tag(path_of(need))))
    for answer in answers[: 3 if body != "nothing" else 2]:
        assert answer.status_code == 400, (body, answer.content)
        assert answer["Content-Type"] == "application/problem+json"
        assert len(answer.content) < 20_000
        if body in NAMED:
            assert list(answer.json()["errors"]) == [NAMED[body]]
        elif body not in SHAPELESS:
            assert answer.json()["type"] == "urn:zonelink:parse_error"


def test_too_much_is_a_413_and_another_format_a_415(world: World, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000
    eve = writer(world.eve)
    answer = eve.post("needs/", need_body(world, background_zh="长" * 900))
    assert (answer.status_code, answer.json()["type"]) == (413, "urn:zonelink:too_large")
    answer = eve.client.post(ROOT + "needs/", "title_zh=x", content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, answer.json()["type"]) == (415, "urn:zonelink:unsupported_media_type")


def test_errors_of_writing_speak_both_languages(world: World) -> None:
    client = program_of(world.eve)
    body = json.dumps(need_body(world, colour="red"))
    english = client.post(ROOT + "needs/", body, content_type="application/json", headers={"accept-language": "en"})
    assert english.json()["errors"]["colour"] == [
        "This field cannot be written: see the API's pages for those that can."
    ]
