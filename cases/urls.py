"""Addresses of the cases room."""

from cases.urls_papers import urlpatterns as papers

app_name = "cases"
urlpatterns = [*papers]
