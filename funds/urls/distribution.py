"""Addresses of distribution plans."""

from django.urls import path

from funds.views import objections, plan_acts, plans

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/<uuid:pk>/", plans.plan, name="plan"),
    path("plans/<uuid:pk>/sheet/", plans.plan_sheet, name="plan_sheet"),
    path("plans/<uuid:pk>/join/", plan_acts.join, name="plan_join"),
    path("plans/<uuid:pk>/leave/<uuid:case_pk>/", plan_acts.leave, name="plan_leave"),
    path("plans/<uuid:pk>/add/", plan_acts.add, name="plan_add"),
    path("plans/<uuid:pk>/ask/", plan_acts.ask, name="plan_ask"),
    path("plans/<uuid:pk>/discard/", plan_acts.discard, name="plan_discard"),
    path("plans/<uuid:pk>/object/", objections.make, name="plan_object"),
    path("plan-rows/<uuid:pk>/", plan_acts.correct, name="plan_row"),
    path("plan-rows/<uuid:pk>/drop/", plan_acts.drop, name="plan_drop"),
    path("objections/<uuid:pk>/notify/", objections.notify, name="plan_notify"),
    path("objections/<uuid:pk>/oppose/", objections.oppose, name="plan_oppose"),
    path("objections/<uuid:pk>/tell/", objections.tell, name="plan_tell"),
    path("objections/<uuid:pk>/sue/", objections.sue, name="plan_sue"),
    path("objections/<uuid:pk>/correct/", objections.correct, name="plan_correct"),
    path("objections/<uuid:pk>/decide/", objections.decide, name="plan_decide"),
    path("objections/<uuid:pk>/withdraw/", objections.withdraw, name="plan_withdraw"),
    path("receipts/<uuid:pk>/distribute/", plan_acts.distribute, name="distribute"),
]
