"""Associations, with their members as of a day."""

from typing import Any

from rest_framework import serializers

from api.serializers.base import ClassifiedSerializer
from api.serializers.memberships import MembershipSerializer
from zones.models import Association
from zones.services.places import is_member_list_published


class AssociationSerializer(ClassifiedSerializer):
    builds_on = {"is_member_list_published": ("members",)}
    members = MembershipSerializer(source="memberships", many=True, read_only=True)
    is_member_list_published = serializers.SerializerMethodField(
        help_text="False where the members are those known or inferred: the full list was not published."
    )

    def get_is_member_list_published(self, association: Any) -> bool:
        return is_member_list_published(association, association.memberships.all())

    class Meta:
        model = Association
        fields = (
            "public_id", "slug", "kind", "name_zh", "name_en", "theme_zh", "founded_on", "founded_precision",
            "place_zh", "host", "members_stated", "confidence", "notes", "version",
            "is_member_list_published", "members",
        )  # fmt: skip
