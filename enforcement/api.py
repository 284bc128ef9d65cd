"""/api/v1/: every room's views over the same services, and the schema."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from cases import api as cases_api
from funds import api as funds_api
from funds import api_registers

router = SimpleRouter()
router.register("cases", cases_api.CaseViewSet, "case")
router.register("duties", cases_api.DutyViewSet, "duty")
router.register("decisions", cases_api.DecisionViewSet, "decision")
router.register("receipts", funds_api.ReceiptViewSet, "receipt")
router.register("payouts", funds_api.PayoutViewSet, "payout")
router.register("batches", api_registers.BatchViewSet, "batch")
router.register("plans", api_registers.PlanViewSet, "plan")
router.register("deposits", api_registers.DepositViewSet, "deposit")

app_name = "api"
urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("", include(router.urls)),
]
