"""Addresses of the managers' pages."""

from django.urls import path

from insight.views import indicators, invariants, leader, supervisions, unpaid, wall

app_name = "insight"

urlpatterns = [
    path("", leader.leader, name="leader"),
    path("baseline/", indicators.baseline, name="baseline"),
    path("indicators/<slug:key>/", indicators.indicator, name="indicator"),
    path("indicators/<slug:key>/export/", indicators.indicator_export, name="indicator_export"),
    path("indicators/<slug:key>/target/", indicators.target, name="target"),
    path("lists/<slug:key>/", indicators.rows, name="rows"),
    path("lists/<slug:key>/export/", indicators.rows_export, name="rows_export"),
    path("unpaid/", unpaid.unpaid, name="unpaid"),
    path("unpaid/export/", unpaid.unpaid_export, name="unpaid_export"),
    path("invariants/", invariants.invariants, name="invariants"),
    path("supervisions/", supervisions.supervisions, name="supervisions"),
    path("supervisions/<uuid:supervision_id>/reply/", supervisions.reply, name="reply"),
    path("cases/<str:number>/supervise/", supervisions.supervise, name="supervise"),
    path("wall/", wall.wall, name="wall"),
]
