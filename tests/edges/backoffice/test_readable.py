"""What stands on a page is words: no codes, no JSON, one thing in the singular."""

from dataclasses import fields

import pytest
from django.test import Client

from backoffice.configs import SETTINGS
from matching.engine.config import ScoringConfig as EngineConfig
from matching.services.configs import active_config
from tests.builders import make_code
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse


def read(client: Client, url: str, language: str) -> str:
    return client.get(url, headers={"accept-language": language}).content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ["<td>主题相近</td><td>0.3</td>", "每条需求检索的候选数"]),
        ("en", ["<td>topic</td><td>0.3</td>", "Largest gap"]),
    ],
)
def test_a_scoring_configuration_is_read_as_tables(
    world: World, browse: Browse, language: str, words: list[str]
) -> None:
    page = read(browse(world.ops), f"/office/matching/scoringconfig/{active_config().number}/change/", language)
    for word in words:
        assert word in page
    assert "freshness_half_life_days" not in page


def test_every_setting_has_a_name() -> None:
    assert list(SETTINGS) == [field.name for field in fields(EngineConfig) if field.name != "weights"]


def test_cooperation_modes_are_offered_by_name_and_classes_by_number_too(world: World, browse: Browse) -> None:
    make_code("mode", "joint_work", name_zh="联合开发", name_en="Joint development")
    make_code("industry", "T1", name_zh="新材料", name_en="New materials")
    page = read(browse(world.ana), "/office/matching/need/add/?kind=joint_development", "en")
    assert ">Joint development</option>" in page
    assert "joint_work Joint" not in page
    assert "T1 New materials" in page


def test_one_more_row_is_one(world: World, browse: Browse) -> None:
    page = read(browse(world.ana), "/office/matching/need/add/?kind=joint_development", "en")
    assert "&quot;addText&quot;: &quot;Add another Exclusion&quot;" in page
    assert "Add another Exclusions" not in page
