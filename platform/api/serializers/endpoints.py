"""Robots and webhooks: never an address, and a secret in the answer that makes it and nowhere else."""

from rest_framework import serializers

from api.serializers.base import ClassifiedSerializer
from api.serializers.input import InputSerializer
from notifications.channels.base import Result
from notifications.channels.reasons import explained
from notifications.models import Endpoint

LONGEST = 2_000


class EndpointSerializer(ClassifiedSerializer):
    """`reason`: why it is off, or why the last message was not taken. `secret` is null but in the answer that made it,
    and is not given again under the same `Idempotency-Key`.
    """

    reason = serializers.SerializerMethodField()
    secret = serializers.SerializerMethodField()

    def get_reason(self, row: Endpoint) -> str:
        return explained(row.off_reason or row.seen_reason)

    def get_secret(self, row: Endpoint) -> str | None:
        return None

    class Meta:
        model = Endpoint
        fields = (
            "public_id", "version", "kind", "name", "zone", "association", "organization", "language", "shown_address",
            "is_enabled", "former_until", "seen_at", "seen_result", "reason", "secret", "created_at", "updated_at",
        )  # fmt: skip


class EndpointChangeSerializer(InputSerializer):
    """What is left out stays. `secret` is that of a robot whose group asks for signatures; a webhook has its own."""

    address = serializers.CharField(max_length=LONGEST, required=False, write_only=True)
    secret = serializers.CharField(max_length=LONGEST, required=False, write_only=True)

    class Meta(InputSerializer.Meta):
        model = Endpoint
        fields: tuple[str, ...] = ("name", "language", "address", "secret")


class EndpointInputSerializer(EndpointChangeSerializer):
    """One owner: a `zone`, an `association` or an `organization` that the writer keeps robots and webhooks for."""

    address = serializers.CharField(max_length=LONGEST, write_only=True)

    class Meta(EndpointChangeSerializer.Meta):
        fields = ("kind", "zone", "association", "organization", *EndpointChangeSerializer.Meta.fields)


class OutcomeSerializer(serializers.Serializer[object]):
    """What became of a test message, in a word and, where it was not taken, in a sentence."""

    result = serializers.ChoiceField(choices=[one.value for one in Result])
    reason = serializers.CharField(allow_blank=True)
