"""Addresses of the cases room: the desk here, papers and acts in files of their own."""

from django.urls import path

from cases.urls_acts import urlpatterns as acts
from cases.urls_papers import urlpatterns as papers
from cases.views import case, decisions, inbox, lists, rules, search

app_name = "cases"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("export/", inbox.export, name="inbox_export"),
    path("done/", inbox.done, name="done"),
    path("warnings/", inbox.warnings, name="warnings"),
    path("changes/", inbox.changed, name="changes"),
    path("search/", search.find, name="search"),
    path("decisions/", decisions.tray, name="decisions"),
    path("decisions/<uuid:key>/", decisions.decision, name="decision"),
    path("duties/<uuid:key>/opinion/", decisions.opinion, name="opinion"),
    path("rules/", rules.own_rules, name="rules"),
    path("rules/<str:rule>/", rules.own_rule, name="own_rule"),
    path("rules/<str:rule>/set/", rules.set_rule, name="set_rule"),
    path("cases/", lists.cases, name="list"),
    path("cases/export/", lists.export, name="export"),
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/parties/<uuid:key>/identity/", case.reveal, name="reveal"),
    *acts,
    *papers,
]
