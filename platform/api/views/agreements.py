"""Framework agreements, read by their parties and by who keeps them."""

from api.filters.agreements import AgreementFilters
from api.formats.base import LIST
from api.serializers.agreements import AgreementDetailSerializer, AgreementSerializer
from api.serializers.base import ClassifiedSerializer
from api.views.base import ReadViewSet


class AgreementViewSet(ReadViewSet):
    """Agreements of the reader's zones, associations and organizations; a draft is known to who keeps it."""

    serializer_class = AgreementSerializer
    filterset_class = AgreementFilters
    ordering_fields = ("-valid_from", "updated_at")

    @classmethod
    def serializer_of(cls, action: str) -> type[ClassifiedSerializer]:
        return AgreementSerializer if action == LIST else AgreementDetailSerializer
