"""What framework agreements are written with, and their steps; what they may be is said by the services."""

import base64
import binascii
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers

from api.serializers.input import InputSerializer, rows_of
from matching.agreement_choices import AgreementEnd
from matching.models import Agreement, AgreementCommitment, AgreementParty
from matching.services.agreements import AgreementParts

PARTS: Final = ("parties", "commitments")
MOST_CHARACTERS: Final = 4 * 1024 * 1024


class AgreementPartyInputSerializer(InputSerializer):
    """A zone, an association, an organization on record, or the name of another party."""

    class Meta(InputSerializer.Meta):
        model = AgreementParty
        fields = ("zone", "association", "organization", "name_zh")


class CommitmentInputSerializer(InputSerializer):
    """`party_position` is that of the party which promises, from 1."""

    class Meta(InputSerializer.Meta):
        model = AgreementCommitment
        fields = ("party_position", "what_zh", "target", "unit", "due_on")


class AgreementInputSerializer(InputSerializer):
    """A draft; its lists are written in place of those before."""

    parties = rows_of(AgreementPartyInputSerializer)
    commitments = rows_of(CommitmentInputSerializer)

    class Meta(InputSerializer.Meta):
        model = Agreement
        fields: tuple[str, ...] = (
            "zone", "association", "kind", "title_zh", "title_en", "summary_zh", "scopes", "industry_codes",
            "dimension", "signed_on", "valid_from", "valid_to", *PARTS,
        )  # fmt: skip


class AgreementStepSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = Agreement
        fields: tuple[str, ...] = ()


class DocumentInputSerializer(AgreementStepSerializer):
    """The signed document: `content` is Base64 of a PDF, DOCX, XLSX, PNG or JPEG."""

    name = serializers.CharField(max_length=200)
    content = serializers.CharField(max_length=MOST_CHARACTERS)

    def validate_content(self, text: str) -> bytes:
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError) as error:
            raise serializers.ValidationError(_("不是 Base64：请把文件内容按 Base64 编码后提交。")) from error

    class Meta(AgreementStepSerializer.Meta):
        fields = ("name", "content")


class EndInputSerializer(AgreementStepSerializer):
    ended_on = serializers.DateField()
    reason = serializers.ChoiceField(choices=AgreementEnd.choices)
    words = serializers.CharField(required=False, allow_blank=True, max_length=300)

    class Meta(AgreementStepSerializer.Meta):
        fields = ("ended_on", "reason", "words")


class RenewalInputSerializer(AgreementStepSerializer):
    """The answer is the draft of what follows."""

    valid_from = serializers.DateField()
    valid_to = serializers.DateField(required=False, allow_null=True)

    class Meta(AgreementStepSerializer.Meta):
        fields = ("valid_from", "valid_to")


class ReportInputSerializer(AgreementStepSerializer):
    """What has come of the commitment at `position`."""

    position = serializers.IntegerField(min_value=1, max_value=1000)
    actual = serializers.DecimalField(max_digits=16, decimal_places=2, min_value=0)
    reported_on = serializers.DateField()
    evidence = serializers.CharField(max_length=200)

    class Meta(AgreementStepSerializer.Meta):
        fields = ("position", "actual", "reported_on", "evidence")


STEP_INPUTS: Final[dict[str, type[Any]]] = {
    "add_document": DocumentInputSerializer,
    "end": EndInputSerializer,
    "renew": RenewalInputSerializer,
    "report": ReportInputSerializer,
}
"""`put_in_force` and `drop` take nothing."""


def with_parts(values: dict[str, Any]) -> dict[str, Any]:
    """What was sent, as the services take it: the lists apart."""
    parts = {name: values[name] for name in PARTS if name in values}
    told = {name: value for name, value in values.items() if name not in PARTS}
    return {**told, "with_parts": AgreementParts(**parts)}
