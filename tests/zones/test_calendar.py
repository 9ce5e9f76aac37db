"""Working days in China: holidays of a week, worked weekends, and who keeps the calendar."""

from datetime import date

import pytest
from django.apps import apps

from tests.conftest import World
from zones.errors import Conflict, InvalidInput, NotAllowed, NotFound
from zones.importing.reference import load_reference
from zones.models import SpecialDay
from zones.scoping import SYSTEM, scope_of
from zones.services.calendar import after_working_days, drop_special_day, set_special_day, working_days_between

pytestmark = pytest.mark.django_db
FRIDAY_BEFORE_SPRING = date(2026, 2, 13)


@pytest.fixture
def calendar(settings: "object") -> None:
    load_reference(settings.REFERENCE_DIR)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 4), 0, date(2026, 3, 4)),
        (date(2026, 3, 4), 2, date(2026, 3, 6)),
        (date(2026, 3, 4), 3, date(2026, 3, 9)),
        (FRIDAY_BEFORE_SPRING, 1, date(2026, 2, 14)),  # a Saturday that is worked
        (FRIDAY_BEFORE_SPRING, 2, date(2026, 2, 24)),  # nine days off
        (FRIDAY_BEFORE_SPRING, 6, date(2026, 2, 28)),  # again a worked Saturday
        (date(2026, 9, 30), 1, date(2026, 10, 8)),
    ],
)
def test_a_term_skips_weekends_and_holidays(calendar: None, start: date, days: int, end: date) -> None:
    assert after_working_days(start, days) == end
    assert working_days_between(start, end) == days


def test_without_a_calendar_weekdays_count() -> None:
    assert not SpecialDay.objects.exists()
    assert after_working_days(FRIDAY_BEFORE_SPRING, 1) == date(2026, 2, 16)
    assert working_days_between(date(2026, 2, 16), FRIDAY_BEFORE_SPRING) == 0


@pytest.mark.parametrize("days", [-1, 401])
def test_a_term_without_sense_is_refused(days: int) -> None:
    with pytest.raises(InvalidInput, match="400"):
        after_working_days(date(2026, 1, 1), days)


def test_the_system_sets_and_drops_a_day_and_nobody_else_does(world: World) -> None:
    day = date(2027, 1, 4)
    for person in (world.ana, world.auditor, world.secretariat):
        with pytest.raises(NotAllowed):
            set_special_day(scope_of(person), day=day, is_working=False, name_zh="元旦")
        with pytest.raises(NotAllowed):
            drop_special_day(scope_of(person), day=day)
    set_special_day(SYSTEM, day=day, is_working=False, name_zh="元旦")
    assert after_working_days(date(2027, 1, 1), 1) == date(2027, 1, 5)
    set_special_day(SYSTEM, day=day, is_working=True, name_zh="元旦", version=1)
    assert SpecialDay.objects.get().is_working
    drop_special_day(SYSTEM, day=day)
    assert after_working_days(date(2027, 1, 1), 1) == day
    assert apps.get_model("zones", "SpecialDayEvent").objects.count() == 3


def test_who_read_an_older_day_changes_nothing_and_a_day_is_entered_once() -> None:
    day = date(2027, 1, 4)
    set_special_day(SYSTEM, day=day, is_working=False, name_zh="元旦")
    assert set_special_day(SYSTEM, day=day, is_working=True, name_zh="调休", version=1).version == 2
    with pytest.raises(Conflict):
        set_special_day(SYSTEM, day=day, is_working=False, name_zh="元旦", version=1)
    with pytest.raises(Conflict):
        drop_special_day(SYSTEM, day=day, version=1)
    with pytest.raises(InvalidInput) as twice:
        set_special_day(SYSTEM, day=day, is_working=False, name_zh="元旦")
    assert "day" in twice.value.errors
    with pytest.raises(NotFound):
        drop_special_day(SYSTEM, day=date(2027, 1, 5))
    assert SpecialDay.objects.get().name_zh == "调休"


def test_what_people_changed_is_not_loaded_over(calendar: None, settings: "object", client_of: "object") -> None:
    before = SpecialDay.objects.count()
    load_reference(settings.REFERENCE_DIR)  # type: ignore[attr-defined]
    assert SpecialDay.objects.count() == before > 40
