"""Addresses of the pressure room."""

from django.urls import path

from pressure.views import acts, ladders, rows

app_name = "pressure"
urlpatterns = [
    path("", ladders.board, name="board"),
    path("cases/<str:number>/", ladders.ladder, name="ladder"),
    path("cases/<str:number>/<uuid:key>/warn/", acts.warn, name="warn"),
    path("cases/<str:number>/<uuid:key>/limit/", acts.limit, name="limit"),
    path("cases/<str:number>/<uuid:key>/list/", acts.list_, name="list"),
    path("cases/<str:number>/<uuid:key>/sanction/", acts.sanction_new, name="sanction_new"),
    path("graces/<uuid:key>/extend/", rows.extend, name="extend"),
    path("graces/<uuid:key>/end/", rows.end_grace, name="end_grace"),
    path("limits/<uuid:key>/lift/", rows.lift, name="lift"),
    path("limits/<uuid:key>/propose-lift/", rows.propose_lift, name="propose_lift"),
    path("listings/<uuid:key>/publish/", rows.publish, name="publish"),
    path("listings/<uuid:key>/remove/", rows.remove, name="remove"),
    path("listings/<uuid:key>/early-removal/", rows.early_removal, name="early_removal"),
    path("sanctions/<uuid:key>/", ladders.sanction, name="sanction"),
    path("sanctions/<uuid:key>/detain/", rows.detain, name="detain"),
    path("sanctions/<uuid:key>/family/", rows.tell_family, name="tell_family"),
    path("sanctions/<uuid:key>/release/", rows.release, name="release"),
    path("sanctions/<uuid:key>/conclude/", rows.conclude, name="conclude"),
]
