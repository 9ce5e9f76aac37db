"""Numbers, money and phrases as reports write them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from figures import periods
from figures.periods import parsed
from figures.units import ITEMS, PERCENT, SETS, YUAN, Unit, in_yuan, value_en, value_zh
from figures.wording import Phrase, growth_en, growth_zh, phrased
from zones.errors import InvalidInput

YI = Decimal(10) ** 8
DAY = date(2025, 11, 27)


@pytest.mark.parametrize(
    ("number", "unit", "yuan"),
    [
        ("843.7", "亿元", "84370000000"),
        ("12,500", "万元", "125000000"),
        ("11.7", "万亿元", "11700000000000"),
        ("3", "元", "3"),
    ],
)
def test_money_is_held_in_yuan_whatever_unit_it_came_in(number: str, unit: str, yuan: str) -> None:
    assert in_yuan(number, unit) == Decimal(yuan)


@pytest.mark.parametrize(("number", "unit"), [("8", "亿"), ("8", "美元"), ("八", "亿元"), ("NaN", "亿元"), ("", "元")])
def test_what_is_no_sum_is_refused(number: str, unit: str) -> None:
    with pytest.raises(InvalidInput):
        in_yuan(number, unit)


@pytest.mark.parametrize(
    ("value", "unit", "chinese", "english"),
    [
        ("84370000000", YUAN, "843.7亿元", "CNY 84.37 billion"),
        ("11700000000000", YUAN, "11.7万亿元", "CNY 11.7 trillion"),
        ("125000", YUAN, "12.5万元", "CNY 125,000"),
        ("9999.5", YUAN, "9999.5元", "CNY 9,999.50"),
        ("0", YUAN, "0元", "CNY 0"),
        ("99999999", YUAN, "1亿元", "CNY 100 million"),  # not 10000万元
        ("999999960000", YUAN, "1万亿元", "CNY 1 trillion"),
        ("99500000", YUAN, "9950万元", "CNY 99.5 million"),
        ("999999999", YUAN, "10亿元", "CNY 1 billion"),
        ("-999999.999", YUAN, "-100万元", "CNY -1 million"),
        ("12.25", PERCENT, "12.3%", "12.3%"),
        ("317", SETS, "317台（套）", "317 sets"),
        ("12.7037", PERCENT, "12.7%", "12.7%"),
    ],
)
def test_a_value_is_told_in_the_unit_people_use(value: str, unit: Unit, chinese: str, english: str) -> None:
    assert value_zh(Decimal(value), unit) == chinese
    assert value_en(Decimal(value), unit) == english


@pytest.mark.parametrize(
    ("value", "phrase", "told"),
    [
        (Decimal("3780.8") * YI, Phrase("over", 100 * YI), "超3700亿元"),
        (3700 * YI, Phrase("over", 100 * YI), "3700亿元"),  # what is reached exactly is not exceeded
        (Decimal("53.2") * YI, Phrase("more", 10 * YI), "50多亿元"),
        (50 * YI, Phrase("more", 10 * YI), "50亿元"),
        (Decimal("11.7") * 10000 * YI, Phrase("roughly"), "约11.7万亿元"),
        (Decimal("50000.01") * YI, Phrase("exact"), "5万亿元"),
        (3 * YI, Phrase("more", 10 * YI), "3亿元"),  # too small for the step: not 0多元
        (50 * YI, Phrase("over", 100 * YI), "50亿元"),
        (400 * YI, Phrase("roughly", 1000 * YI), "400亿元"),
        (Decimal("5.3") * YI, Phrase("more", YI), "5亿多元"),
        (Decimal("53.2") * YI, Phrase("more", YI), "53亿多元"),
        (Decimal("5.3"), Phrase("more", Decimal(1)), "超5元"),
    ],
)
def test_a_phrase_says_nothing_that_is_not_so(value: Decimal, phrase: Phrase, told: str) -> None:
    assert phrased(value, YUAN, phrase) == told


def test_a_rate_is_phrased_too() -> None:
    assert phrased(Decimal("14.53"), PERCENT, Phrase("about", Decimal(1))) == "15%左右"
    assert phrased(Decimal("25.2"), PERCENT, Phrase("over", Decimal(1))) == "超25%"
    assert phrased(Decimal("53"), ITEMS, Phrase("more", Decimal(10))) == "50多个"
    assert phrased(Decimal("0.2"), PERCENT, Phrase("over", Decimal(5))) == "0.2%"
    assert phrased(Decimal("-7"), PERCENT, Phrase("over", Decimal(5))) == "-7%"
    assert phrased(Decimal("3"), ITEMS, Phrase("more", Decimal(10))) == "3个"
    with override("en"):
        assert phrased(Decimal("25.2"), PERCENT, Phrase("over", Decimal(1))) == "over 25%"


def test_growth_falls_and_stands_still_in_words() -> None:
    assert growth_zh(Decimal("12.7")) == "同比增长12.7%"
    assert growth_zh(Decimal("-3.21")) == "同比下降3.2%"
    assert growth_zh(Decimal("0.04")) == "同比持平"
    assert growth_en(Decimal("-3.21")) == "down 3.2% year on year"


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2013..2024", date(2013, 1, 1), date(2024, 12, 31)),
        ("2025-ytd", date(2025, 1, 1), DAY),
    ],
)
def test_a_period_is_its_days(code: str, start: date, end: date) -> None:
    period = parsed(code, as_of=DAY)
    assert (period.start, period.end, period.code) == (start, end, code)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("2024 ", "2024"),
        ("２０２４", "2024"),
        ("2024年", "2024"),
        ("２０２４年５月", "2024-05"),
        ("２０１３．．２０２４", "2013..2024"),
    ],
)
def test_a_period_is_read_as_people_type_it(typed: str, code: str) -> None:
    assert parsed(typed, as_of=DAY).code == code


@pytest.mark.parametrize(
    "code",
    [
        "24",
        "24年",
        "2024-13",
        "2024年13月",
        "2024年5",
        "2024-Q5",
        "2024..2013",
        "2024..2024",
        "0001",
        "2024-ytd-x",
        "二〇二四",
    ],
)
def test_what_is_no_period_is_refused(code: str) -> None:
    with pytest.raises(InvalidInput):
        parsed(code, as_of=DAY)


def test_the_year_to_date_is_compared_with_the_same_days() -> None:
    before = parsed("2025-ytd", as_of=DAY).a_year_before()
    assert (before.start, before.end) == (date(2024, 1, 1), date(2024, 11, 27))
    leap = parsed("2024-ytd", as_of=date(2024, 2, 29)).a_year_before()
    assert leap.end == date(2023, 2, 28)


def test_the_period_before_a_first_quarter_is_the_last_of_the_year_before() -> None:
    assert parsed("2025-Q1", as_of=DAY).before() == parsed("2024-Q4", as_of=DAY)
    assert parsed("2025-01", as_of=DAY).before() == parsed("2024-12", as_of=DAY)
    with pytest.raises(InvalidInput):
        parsed("2025", as_of=DAY).before()


def test_a_period_is_named_as_a_sentence_begins() -> None:
    told = {
        code: periods.name_of(parsed(code, as_of=DAY))
        for code in ("2024", "2024-Q3", "2024-05", "2013..2024", "2025-ytd")
    }
    assert told == {
        "2024": "2024年", "2024-Q3": "2024年第三季度", "2024-05": "2024年5月", "2013..2024": "2013—2024年",
        "2025-ytd": "2025年1月1日至11月27日",
    }  # fmt: skip
