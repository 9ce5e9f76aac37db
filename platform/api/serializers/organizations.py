"""Organizations; contacts are not among their fields."""

from api.serializers.base import ClassifiedSerializer
from api.serializers.input import InputSerializer
from zones.models import Organization, OrganizationAlias


class AliasSerializer(ClassifiedSerializer):
    class Meta:
        model = OrganizationAlias
        fields = ("name",)


class OrganizationSerializer(ClassifiedSerializer):
    aliases = AliasSerializer(many=True, read_only=True)

    class Meta:
        model = Organization
        fields = (
            "public_id", "name_zh", "name_en", "kind", "credit_code", "zone", "region", "city", "parent",
            "industry_codes", "discipline_codes", "website", "is_listed", "is_sample", "version", "aliases",
        )  # fmt: skip


class OrganizationChangeSerializer(InputSerializer):
    """What an organization says of itself."""

    class Meta(InputSerializer.Meta):
        model = Organization
        fields = ("name_en", "city", "website", "industry_codes", "discipline_codes")
