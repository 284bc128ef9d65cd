"""API of the vault's registers, to be read: payment batches, distribution plans, deposits. Acts are done on the pages."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets

from cases.api import actor_of
from funds.kinds.apart import DepositState
from funds.kinds.batches import BatchState
from funds.kinds.distribution import PlanStage
from funds.models import BatchItem, Deposit, DistributionPlan, PaymentBatch, PlanClaim


class BatchItemSerializer(serializers.ModelSerializer[BatchItem]):
    """One payout of a batch (yuan as text), what the bank said of it, and whether the payee signed."""

    case = serializers.CharField(source="payout.case.number", read_only=True)
    payee_name = serializers.CharField(source="payout.shown_name", read_only=True)
    amount = serializers.DecimalField(source="payout.amount", max_digits=18, decimal_places=2, read_only=True)
    state = serializers.CharField(source="payout.state", read_only=True)

    class Meta:
        model = BatchItem
        fields = ["ordinal", "payout", "case", "payee_name", "amount", "state", "out_at", "bank_word", "handed_at"]


class BatchSerializer(serializers.ModelSerializer[PaymentBatch]):
    """A batch with what it pays (yuan as text)."""

    items = BatchItemSerializer(many=True, read_only=True)

    class Meta:
        model = PaymentBatch
        fields = [
            "id", "number", "title", "state", "way", "count", "total", "made_at", "released_at", "sent_at",
            "cancelled_at", "why", "ceremony_on", "items", "version",
        ]  # fmt: skip


class PlanClaimSerializer(serializers.ModelSerializer[PlanClaim]):
    """One row of a plan: whose claim of which case, its class and its amounts (yuan as text)."""

    case = serializers.CharField(source="case.number", read_only=True)

    class Meta:
        model = PlanClaim
        fields = ["ordinal", "case", "label", "rank", "amount", "doubled", "basis", "ground", "dropped_at"]


class PlanSerializer(serializers.ModelSerializer[DistributionPlan]):
    """A distribution plan: the money to divide (yuan as text), the day to which claims are reckoned, its rows."""

    case = serializers.CharField(source="case.number", read_only=True)
    debtor = serializers.CharField(source="debtor.name", read_only=True)
    claims = PlanClaimSerializer(many=True, read_only=True)

    class Meta:
        model = DistributionPlan
        fields = [
            "id", "case", "ordinal", "debtor", "debtor_kind", "pool", "cutoff", "stage", "drawn_at", "issued_at",
            "ended_at", "why_ended", "claims", "version",
        ]  # fmt: skip


class DepositSerializer(serializers.ModelSerializer[Deposit]):
    """Money in deposit (yuan as text): why, since when, until when it can be claimed."""

    case = serializers.CharField(source="case.number", read_only=True)
    payee_name = serializers.CharField(source="payout.payee_name", read_only=True, default="")

    class Meta:
        model = Deposit
        fields = [
            "id", "number", "case", "receipt", "payout", "payee_name", "reason", "why", "amount", "fee", "state",
            "asked_at", "from_at", "claim_by", "lapsed_at", "ended_at", "version",
        ]  # fmt: skip


class Register(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """Rows of a model that the actor may see, narrowed by ``narrows`` (field and query parameter)."""

    narrows = "state"
    values: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    fetched: tuple[str, ...] = ()

    def get_queryset(self) -> Any:
        rows = self.queryset.model.objects.visible_to(actor_of(self.request))
        rows = rows.select_related(*self.joined) if self.joined else rows
        wanted = self.request.query_params.get(self.narrows, "")
        rows = rows.filter(**{self.narrows: wanted}) if wanted in self.values else rows
        return rows.prefetch_related(*self.fetched)


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("state", str, enum=BatchState.values)]))
class BatchViewSet(Register):
    """Payment batches, the latest first; for those who see the money of the whole court."""

    serializer_class = BatchSerializer
    queryset = PaymentBatch.objects.none()
    order = ("-made_at", "-id")
    values = tuple(BatchState.values)
    fetched = ("items__payout__case",)


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("stage", str, enum=PlanStage.values)]))
class PlanViewSet(Register):
    """Distribution plans, the latest first."""

    serializer_class = PlanSerializer
    queryset = DistributionPlan.objects.none()
    order = ("-drawn_at", "-id")
    narrows, values = "stage", tuple(PlanStage.values)
    joined, fetched = ("case", "debtor"), ("claims__case",)


@extend_schema_view(list=extend_schema(parameters=[OpenApiParameter("state", str, enum=DepositState.values)]))
class DepositViewSet(Register):
    """Deposits, the latest first."""

    serializer_class = DepositSerializer
    queryset = Deposit.objects.none()
    order = ("-asked_at", "-id")
    values = tuple(DepositState.values)
    joined = ("case", "payout")
