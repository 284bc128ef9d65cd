"""API of the cases room over the same services: cases, events, duties, decisions."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import Actor
from cases import access, queries, sentences
from cases.kinds import CaseKind
from cases.models import Case, Decision, Duty, Event
from cases.services import deciding
from kernel import clock

NUMBER = OpenApiParameter("number", str, OpenApiParameter.PATH, description="Case number, any shape: 2026晋1031执1号")


def actor_of(request: Request) -> Actor:
    """The actor that the permission put on the request."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


class CaseSerializer(serializers.ModelSerializer[Case]):
    """A case without its parties' identity: numbers, amounts (yuan as text), stage and dates."""

    url_name = serializers.CharField(source="slug", read_only=True)
    officer = serializers.SerializerMethodField()
    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    parties = serializers.SerializerMethodField()

    class Meta:
        model = Case
        fields = [
            "id", "number", "url_name", "kind", "kind_label", "stage", "lane", "cause", "claimed", "fee", "officer",
            "parties", "filed_at", "effective_on", "closed_at", "closed_how", "version",
        ]  # fmt: skip

    def get_officer(self, case: Case) -> str:
        return case.officer.user.name if case.officer else ""

    def get_parties(self, case: Case) -> list[dict[str, str]]:
        return [{"name": row.party.name, "role": row.role} for row in case.participations.all()]


class EventSerializer(serializers.ModelSerializer[Event]):
    """One event with its facts and the digests that chain it."""

    sentence = serializers.SerializerMethodField()

    class Meta:
        model = Event
        fields = [
            "id", "seq", "verb", "subject", "happened_at", "recorded_at", "actor", "facts", "facts_digest", "digest",
            "sentence",
        ]  # fmt: skip

    def get_sentence(self, event: Event) -> str:
        return str(self.context.get("sentences", {}).get(event.pk, ""))


class DutySerializer(serializers.ModelSerializer[Duty]):
    """What must happen next, by whom, by when."""

    case = serializers.CharField(source="case.number", read_only=True)
    holder = serializers.SerializerMethodField()

    class Meta:
        model = Duty
        fields = [
            "id",
            "case",
            "kind",
            "subject",
            "opened_at",
            "due_at",
            "due_on",
            "holder",
            "holder_role",
            "closed_at",
        ]

    def get_holder(self, duty: Duty) -> str:
        return duty.holder.user.name if duty.holder else ""


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """A question for the person with authority."""

    case = serializers.CharField(source="case.number", read_only=True)
    asked_by = serializers.CharField(source="asked_by.user.name", read_only=True)

    class Meta:
        model = Decision
        fields = [
            "id", "case", "kind", "subject", "amount", "why", "asked_by", "asked_at", "tier_role", "state", "decided_at",
        ]  # fmt: skip


class OpinionSerializer(serializers.Serializer[Any]):
    """An opinion; required for a return."""

    opinion = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class DebtSerializer(serializers.Serializer[Any]):
    """The account of the debt at the end of today (yuan)."""

    at = serializers.DateField()
    total = serializers.DecimalField(18, 2)
    daily_growth = serializers.DecimalField(18, 2)
    lines = serializers.ListField(child=serializers.DictField())


@extend_schema_view(list=extend_schema(operation_id="cases_list"))
class CaseViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Case]):
    """Cases that the actor may see, newest first."""

    serializer_class = CaseSerializer
    order = ("-filed_at", "-id")
    lookup_field = "number"
    lookup_value_regex = "[^/]+"
    queryset = Case.objects.none()

    def get_queryset(self) -> Any:
        rows = Case.objects.visible_to(actor_of(self.request)).select_related("officer__user")
        kind = self.request.query_params.get("kind", "")
        rows = rows.prefetch_related("participations__party")
        return rows.filter(kind=kind) if kind in CaseKind.values else rows

    @extend_schema(parameters=[NUMBER])
    def retrieve(self, request: Request, number: str) -> Response:
        """One case by its number."""
        return Response(CaseSerializer(access.case_for(actor_of(request), number)).data)

    @extend_schema(parameters=[NUMBER], responses=EventSerializer(many=True))
    @action(detail=True)
    def events(self, request: Request, number: str) -> Response:
        """The chain of a case, newest first, in pages."""
        case = access.case_for(actor_of(request), number)
        self.order = ("-seq",)  # type: ignore[assignment]
        rows = self.paginate_queryset(Event.objects.filter(case=case))
        words = {entry.event.pk: entry.sentence for entry in sentences.describe(rows or [])}
        return self.get_paginated_response(EventSerializer(rows, many=True, context={"sentences": words}).data)

    @extend_schema(parameters=[NUMBER], responses=DebtSerializer)
    @action(detail=True)
    def debt(self, request: Request, number: str) -> Response:
        """What is owed today, line by line."""
        case = access.case_for(actor_of(request), number)
        return Response(queries.debt(case.matter, clock.today()).as_dict())


class DutyViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Duty]):
    """Open duties in the actor's own tray, those that run out first coming first."""

    serializer_class = DutySerializer
    order = ("id",)
    queryset = Duty.objects.none()

    def get_queryset(self) -> Any:
        actor = actor_of(self.request)
        return Duty.objects.visible_to(actor).held_by(actor).open().select_related("case", "holder__user")


class DecisionViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Decision]):
    """Decisions that the actor asked, may decide or may see."""

    serializer_class = DecisionSerializer
    order = ("-asked_at", "-id")
    queryset = Decision.objects.none()

    def get_queryset(self) -> Any:
        return Decision.objects.visible_to(actor_of(self.request)).select_related("case", "asked_by__user")

    @extend_schema(request=OpinionSerializer, responses=DecisionSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Approve at the actor's tier; 409 with the reason when it cannot be."""
        opinion = _opinion(request)
        row = deciding.approve(decision_id=UUID(pk), actor=actor_of(request), at=clock.now(), opinion=opinion)
        return Response(DecisionSerializer(row).data)

    @extend_schema(request=OpinionSerializer, responses=DecisionSerializer)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        """Return with an opinion."""
        opinion = _opinion(request)
        row = deciding.send_back(decision_id=UUID(pk), actor=actor_of(request), at=clock.now(), opinion=opinion)
        return Response(DecisionSerializer(row).data)


def _opinion(request: Request) -> str:
    form = OpinionSerializer(data=request.data)
    form.is_valid(raise_exception=True)
    return str(form.validated_data.get("opinion", ""))
