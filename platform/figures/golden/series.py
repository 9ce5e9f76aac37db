"""G4, G11: official series. Published are the values of 2023 and 2024 and the two of future industries; the years from
2013 to 2022 are made up so that their sum and their growth are those the article tells.
"""

from datetime import date
from typing import Final

from figures.golden.cast import MADE_UP, table
from figures.models import Observation, Series
from figures.services.observations import add_series, record_observation
from zones.scoping import SYSTEM

FLOW: Final = "beijing-jinji-flow"
FUTURE: Final = "future-industry-output"
FLOW_SCOPE: Final = "flow:region:110000>region:120000+region:130000"
SERIES: Final = {
    FLOW: {
        "name_zh": "北京流向津冀技术合同成交额", "name_en": "Technology contracts from Beijing to Tianjin and Hebei",
        "unit": "yuan", "figure": "contracts.flow", "scope": FLOW_SCOPE,
        "source_zh": "《国家高新区一体化高质量发展提速》；2013—2022年各年数值为示例",
    },
    FUTURE: {
        "name_zh": "我国未来产业产值规模", "name_en": "Output of future industries in China", "unit": "yuan",
        "source_zh": "《中国未来产业发展研究（2025）》，中国工业互联网研究院",
    },
}  # fmt: skip


def is_loaded() -> bool:
    """Whether the set is there: it is written whole or not at all."""
    return bool(Series.objects.visible_to(SYSTEM).filter(code=FLOW, is_sample=True).exists())


def load() -> int:
    """Both series. Returns how many values they have."""
    made = {code: add_series(SYSTEM, code=code, is_sample=True, **values) for code, values in SERIES.items()}
    for row in table("series"):
        record_observation(
            SYSTEM, series_id=made[row["series"]].pk, period=row["period"], value=row["value"], unit=row["unit"],
            published_on=date.fromisoformat(row["published_on"]), is_forecast=row["forecast"] == "1",
            source=row["source"] or MADE_UP,
        )  # fmt: skip
    count: int = Observation.objects.visible_to(SYSTEM).filter(series__in=made.values()).count()
    return count
