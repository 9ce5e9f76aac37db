"""Exchanges as their sides read them: never a contact, and whose need it is only once both have consented."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer
from matching.choices import Side
from matching.models import (
    Consent,
    Disclosure,
    Exchange,
    ExchangeStep,
    NegotiationFile,
    NegotiationMeeting,
    NegotiationMessage,
    NextStep,
)
from matching.services.consents import are_open, told_organization
from matching.services.exchange_sides import organization_of, sides_of
from zones.scoping import as_reader
from zones.services.contacts import contacts_of


class ExchangeStepSerializer(ClassifiedSerializer):
    class Meta:
        model = ExchangeStep
        fields = ("public_id", "from_state", "to_state", "side", "at", "reason", "words_zh")


class ConsentSerializer(ClassifiedSerializer):
    class Meta:
        model = Consent
        fields = (
            "public_id", "side", "text_version", "purpose_zh", "fields", "valid_until", "given_at", "withdrawn_at",
        )  # fmt: skip


class DisclosureSerializer(ClassifiedSerializer):
    """One look: `consent` says whose contact was seen."""

    class Meta:
        model = Disclosure
        fields = ("public_id", "consent", "fields", "seen_at")


class MessageSerializer(ClassifiedSerializer):
    class Meta:
        model = NegotiationMessage
        fields = ("public_id", "side", "text", "at")


class FileSerializer(ClassifiedSerializer):
    """What was given; the file itself is in the portal."""

    class Meta:
        model = NegotiationFile
        fields = ("public_id", "side", "name", "kind", "size", "at")

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).defer("content")


class MeetingSerializer(ClassifiedSerializer):
    class Meta:
        model = NegotiationMeeting
        fields = (
            "public_id", "version", "state", "side", "topic_zh", "starts_at", "ends_at", "place_zh", "link", "sequence",
        )  # fmt: skip


class NextStepSerializer(ClassifiedSerializer):
    class Meta:
        model = NextStep
        fields = ("public_id", "side", "what_zh", "due_on", "set_at", "ended_at", "is_done")


class PartySerializer(serializers.Serializer[Any]):
    side = serializers.ChoiceField(choices=Side.choices)
    is_own = serializers.BooleanField(help_text="Whether the reader acts for it, or audits it.")
    organization = serializers.UUIDField(allow_null=True, help_text="Null as long as it is untold.")
    name_zh = serializers.CharField(allow_null=True)


class ContactChoiceSerializer(serializers.Serializer[Any]):
    side = serializers.ChoiceField(choices=Side.choices)
    contact = serializers.UUIDField()
    title = serializers.CharField()
    person_name = serializers.CharField(help_text="Masked, as phone and email are.")
    phone = serializers.CharField()
    email = serializers.CharField()


class ShownContactSerializer(serializers.Serializer[Any]):
    """What one look shows: fields the other side has not opened are empty."""

    title = serializers.CharField()
    person_name = serializers.CharField()
    phone = serializers.CharField()
    email = serializers.CharField()


class ToldSerializer(serializers.Serializer[Any]):
    """Need and resource as both sides read them when the interest was sent."""

    need = serializers.DictField(child=serializers.CharField())
    resource = serializers.DictField(child=serializers.CharField())


@extend_schema_field(ToldSerializer)
class ToldField(serializers.JSONField):
    pass


class ExchangeSerializer(ClassifiedSerializer):
    told = ToldField(read_only=True)

    class Meta:
        model = Exchange
        fields: tuple[str, ...] = (
            "public_id", "version", "need", "resource", "told", "state", "asked_by_side", "cooperation_zh",
            "unclear_zh", "offer_zh", "sent_at", "answer_due_on", "expires_on", "answered_at", "answer_zh",
            "exit_side", "exit_reason", "exit_zh", "ended_at", "is_sample", "updated_at",
        )  # fmt: skip


class ExchangeDetailSerializer(ExchangeSerializer):
    """One exchange with its course. Its contacts are seen by `POST …/look/`, which is written down."""

    parties = serializers.SerializerMethodField()
    is_contact_open = serializers.SerializerMethodField(help_text="Whether a look would show the other side's contact.")
    own_contacts = serializers.SerializerMethodField(help_text="Contacts one may name in a consent, masked.")
    steps = ExchangeStepSerializer(many=True, read_only=True)
    consents = ConsentSerializer(many=True, read_only=True)
    disclosures = DisclosureSerializer(many=True, read_only=True)
    messages = MessageSerializer(many=True, read_only=True)
    files = FileSerializer(many=True, read_only=True)
    meetings = MeetingSerializer(many=True, read_only=True)
    next_steps = NextStepSerializer(many=True, read_only=True)

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).select_related("need__organization", "resource__organization")

    @extend_schema_field(PartySerializer(many=True))
    def get_parties(self, row: Any) -> Any:
        own = sides_of(as_reader(self.reader.principal), row)
        return [PartySerializer(self._party(row, side, is_own=side in own)).data for side in Side]

    def _party(self, row: Any, side: Side, *, is_own: bool) -> dict[str, Any]:
        owner = told_organization(self.reader.principal, row, side)
        told = {"organization": owner and owner.public_id, "name_zh": owner and owner.name_zh}
        return {"side": side, "is_own": is_own} | told

    def get_is_contact_open(self, row: Any) -> bool:
        return are_open(self.reader.principal, row)

    @extend_schema_field(ContactChoiceSerializer(many=True))
    def get_own_contacts(self, row: Any) -> Any:
        principal, told = self.reader.principal, []
        for side in sorted(sides_of(principal, row)):
            rows = contacts_of(principal, organization_id=organization_of(row, side).pk)
            told += [contact._asdict() | {"contact": contact.key, "side": side} for contact in rows]
        return ContactChoiceSerializer(told, many=True).data

    class Meta:
        model = Exchange
        fields = (
            *ExchangeSerializer.Meta.fields, "parties", "is_contact_open", "own_contacts", "steps", "consents",
            "disclosures", "messages", "files", "meetings", "next_steps",
        )  # fmt: skip
