"""API of the vault over the same services: receipts and payouts.

What moves money asks for an ``Idempotency-Key`` header: the same key with the same body gives the first answer again.
"""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import Actor
from cases.api import actor_of
from funds.kinds import PayoutState, ReceiptState
from funds.models import Payout, Receipt
from funds.services import paying
from kernel import clock
from kernel.refusals import BadInput
from kernel.text import mask_tail

KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="1 to 100 characters, made by the caller",
)


class ReceiptSerializer(serializers.ModelSerializer[Receipt]):
    """Money that came (yuan as text): whose it is, or why it is not known; the split by law as it was proposed."""

    case = serializers.CharField(source="case.number", read_only=True, default=None)

    class Meta:
        model = Receipt
        fields = [
            "id", "number", "case", "source", "amount", "payer_name", "on_behalf", "remark", "received_on",
            "received_at", "state", "reason", "split", "paid_at", "version",
        ]  # fmt: skip


class PayoutSerializer(serializers.ModelSerializer[Payout]):
    """Money to one payee (yuan as text); the account number but for its last four is hidden."""

    case = serializers.CharField(source="case.number", read_only=True)
    payee_name = serializers.CharField(source="shown_name", read_only=True)
    payee_account = serializers.SerializerMethodField()

    class Meta:
        model = Payout
        fields = [
            "id", "receipt", "case", "payee_kind", "payee_name", "payee_account", "payee_bank", "amount", "parts", "state",
            "instruction_key", "replaces", "decision", "drafted_at", "confirmed_at", "approved_at", "sent_at",
            "settled_at", "bank_reference", "reason", "version",
        ]  # fmt: skip

    def get_payee_account(self, payout: Payout) -> str:
        return mask_tail(payout.payee_account)


class PayoutIdsSerializer(serializers.Serializer[Any]):
    """Which payouts an act is about, all or none."""

    payouts = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=paying.MOST)


@extend_schema_view(
    list=extend_schema(parameters=[OpenApiParameter("state", str, description="MATCHED, SUSPENSE, CLAIMED, REVERSED")])
)
class ReceiptViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Receipt]):
    """Receipts that the actor may see, the latest first."""

    serializer_class = ReceiptSerializer
    order = ("-received_at", "-id")
    queryset = Receipt.objects.none()

    def get_queryset(self) -> Any:
        rows = Receipt.objects.visible_to(actor_of(self.request)).select_related("case")
        state = self.request.query_params.get("state", "")
        return rows.filter(state=state) if state in ReceiptState.values else rows


@extend_schema_view(
    list=extend_schema(parameters=[OpenApiParameter("state", str, description="DRAFT, CONFIRMED, APPROVED, SENT …")])
)
class PayoutViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Payout]):
    """Payouts that the actor may see, the latest first."""

    serializer_class = PayoutSerializer
    order = ("-drafted_at", "-id")
    queryset = Payout.objects.none()

    def get_queryset(self) -> Any:
        rows = Payout.objects.visible_to(actor_of(self.request)).select_related("case")
        state = self.request.query_params.get("state", "")
        return rows.filter(state=state) if state in PayoutState.values else rows

    @extend_schema(parameters=[KEY], request=PayoutIdsSerializer, responses=PayoutSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None)
    def confirm(self, request: Request) -> Response:
        """Confirm drafts and ask for approval, all or none; 409 with every reason when one cannot be."""
        rows = paying.confirm(payout_ids=_ids(request), **_by(request))
        return Response(PayoutSerializer(rows, many=True).data)

    @extend_schema(parameters=[KEY], request=PayoutIdsSerializer, responses=PayoutSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None)
    def send(self, request: Request) -> Response:
        """Send approved payouts to the bank, all or none."""
        rows = paying.send(payout_ids=_ids(request), **_by(request))
        return Response(PayoutSerializer(rows, many=True).data)


def _ids(request: Request) -> list[UUID]:
    form = PayoutIdsSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    return list(form.validated_data["payouts"])


def _by(request: Request) -> dict[str, Any]:
    actor: Actor = actor_of(request)
    key = request.headers.get("Idempotency-Key", "").strip()
    if not 0 < len(key) <= 100:
        raise BadInput(reason="Idempotency-Key")
    return {"actor": actor, "at": clock.now(), "key": f"api:{key}"}
