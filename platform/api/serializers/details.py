"""What only one kind of resource has. A new kind is a copy of its neighbor and a line in DETAIL_SERIALIZERS."""

from api.serializers.base import ClassifiedSerializer
from zones.choices import ResourceKind
from zones.models import (
    AchievementDetail,
    EnclaveSpaceDetail,
    EquipmentDetail,
    ExpertTeamDetail,
    FinanceProductDetail,
    LaboratoryDetail,
    PilotLineDetail,
    ServiceDetail,
    TestbedDetail,
)


class LaboratorySerializer(ClassifiedSerializer):
    class Meta:
        model = LaboratoryDetail
        fields = ("is_public", "level_zh")


class EquipmentSerializer(ClassifiedSerializer):
    class Meta:
        model = EquipmentDetail
        fields = (
            "manufacturer", "model", "quantity", "unit", "counts_as", "original_value", "commissioned_on", "laboratory",
        )  # fmt: skip


class AchievementSerializer(ClassifiedSerializer):
    class Meta:
        model = AchievementDetail
        fields = ("ip_status_zh", "conversion_zh")


class ExpertTeamSerializer(ClassifiedSerializer):
    class Meta:
        model = ExpertTeamDetail
        fields = ("headcount", "focus_zh")


class TestbedSerializer(ClassifiedSerializer):
    class Meta:
        model = TestbedDetail
        fields = ("track_zh",)


class PilotLineSerializer(ClassifiedSerializer):
    class Meta:
        model = PilotLineDetail
        fields = ("quantity", "unit")


class FinanceProductSerializer(ClassifiedSerializer):
    class Meta:
        model = FinanceProductDetail
        fields = ("instrument_zh", "amount_min", "amount_max")


class EnclaveSpaceSerializer(ClassifiedSerializer):
    class Meta:
        model = EnclaveSpaceDetail
        fields = ("area_m2", "sharing_terms_zh")


class ServiceSerializer(ClassifiedSerializer):
    class Meta:
        model = ServiceDetail
        fields = ("standards_zh",)


DETAIL_SERIALIZERS: dict[str, type[ClassifiedSerializer]] = {
    ResourceKind.LABORATORY: LaboratorySerializer,
    ResourceKind.EQUIPMENT: EquipmentSerializer,
    ResourceKind.ACHIEVEMENT: AchievementSerializer,
    ResourceKind.EXPERT_TEAM: ExpertTeamSerializer,
    ResourceKind.TESTBED: TestbedSerializer,
    ResourceKind.PILOT_LINE: PilotLineSerializer,
    ResourceKind.FINANCE_PRODUCT: FinanceProductSerializer,
    ResourceKind.ENCLAVE_SPACE: EnclaveSpaceSerializer,
    ResourceKind.SERVICE: ServiceSerializer,
}
