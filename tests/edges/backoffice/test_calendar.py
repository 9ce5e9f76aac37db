"""The working-day calendar in the back office: entered, changed and dropped by the system, in the version it saw."""

from typing import Any

import pytest

from tests.builders import make_special_day
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, errors_of
from zones.models import SpecialDay

pytestmark = pytest.mark.django_db
PAGE = "/office/zones/specialday/"


def form_of(answer: Any) -> dict[str, Any]:
    """What the page's form would post unchanged."""
    form = answer.context["adminform"].form
    return {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}


def test_a_day_is_changed_by_its_form(world: World, browse: Browse) -> None:
    url = f"{PAGE}{make_special_day().day.isoformat()}/change/"
    form = form_of(browse(world.ops).get(url))
    assert "day" not in form, "another day is another record"
    assert browse(world.ops).post(url, form | {"name_zh": "中秋节", "is_working": "on"}).status_code == 302
    special = SpecialDay.objects.get()
    assert (special.name_zh, special.is_working, special.version) == ("中秋节", True, 2)


def test_the_second_of_two_editors_is_told(world: World, browse: Browse) -> None:
    url = f"{PAGE}{make_special_day().day.isoformat()}/change/"
    form = form_of(browse(world.ops).get(url))
    browse(world.ops).post(url, form | {"name_zh": "中秋节"})
    answer = browse(world.ops).post(url, form | {"name_zh": "重阳节"})
    assert answer.status_code == 409
    dropped = browse(world.ops).post(url.replace("change", "steps/drop"), {"version": form["version"]}, follow=True)
    assert "已被他人修改" in dropped.content.decode()
    assert SpecialDay.objects.get().name_zh == "中秋节"


def test_a_day_is_entered_once_and_dropped(world: World, browse: Browse) -> None:
    special = make_special_day()
    again = {"day": special.day.isoformat(), "name_zh": "国庆节", "name_en": "", "source": ""}
    assert "day" in errors_of(browse(world.ops).post(f"{PAGE}add/", again))
    url = f"{PAGE}{special.day.isoformat()}/steps/drop/"
    assert browse(world.ops).post(url, {"version": "1"}).status_code == 302
    assert not SpecialDay.objects.exists()
