"""Associations, with their members as of a day."""

from api.serializers.base import ClassifiedSerializer
from api.serializers.memberships import MembershipSerializer
from zones.models import Association


class AssociationSerializer(ClassifiedSerializer):
    members = MembershipSerializer(source="memberships", many=True, read_only=True)

    class Meta:
        model = Association
        fields = (
            "public_id", "slug", "kind", "name_zh", "name_en", "theme_zh", "founded_on", "founded_precision",
            "place_zh", "host", "members_stated", "confidence", "notes", "version", "members",
        )  # fmt: skip
