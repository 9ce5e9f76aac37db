"""The initiative of the G2 corridor with its four parties, and the agreement of two of them."""

from datetime import date
from typing import Any, Final

from figures.golden.cast import Cast
from matching.agreement_choices import AgreementKind, AgreementScope
from matching.importing.demo_agreements import SIGNED_PAGE
from matching.services.agreements import AgreementParts, add_document, draft_agreement, put_in_force
from zones.scoping import SYSTEM

INITIATIVE: Final = "京津冀G2产业创新走廊合作倡议"
PARTIES: Final = ("beijing-etown", "tianjin-binhai", "yanjiao", "cangzhou")
DAY: Final = date(2024, 6, 20)
"""Made up: the article names no day."""


def load(cast: Cast) -> int:
    """Both, and before them a draft of the initiative with one party more, which nobody has signed."""
    initiative = {"kind": AgreementKind.INITIATIVE, "scopes": [AgreementScope.INDUSTRY, AgreementScope.RESEARCH]}
    _drafted(cast, INITIATIVE, (*PARTIES, "baoding"), initiative)
    row = _drafted(cast, INITIATIVE, PARTIES, initiative)
    other = _drafted(
        cast, "天津滨海高新区与沧州高新区协同发展合作协议", ("tianjin-binhai", "cangzhou"),
        {"kind": AgreementKind.FRAMEWORK,
         "scopes": [AgreementScope.TRANSFER, AgreementScope.ENCLAVE, AgreementScope.TALENT]},
    )  # fmt: skip
    for agreement in (row, other):
        add_document(SYSTEM, agreement_id=agreement.pk, version=None, name="签署文件（示例）.pdf", content=SIGNED_PAGE)
        put_in_force(SYSTEM, agreement_id=agreement.pk, version=None)
    return 3


def _drafted(cast: Cast, title: str, parties: tuple[str, ...], values: dict[str, Any]) -> Any:
    return draft_agreement(
        SYSTEM, is_sample=True, zone=cast.zones["tianjin-binhai"], title_zh=title, signed_on=DAY, valid_from=DAY,
        summary_zh="示例：签署方与主题见公开报道，签署日期与文件为示例。",
        with_parts=AgreementParts(parties=[{"zone": cast.zones[slug]} for slug in parties]), **values,
    )  # fmt: skip
