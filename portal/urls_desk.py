"""Addresses of the desk for what parties write in the portal."""

from django.urls import path

from portal import desk_views

app_name = "approaches"
urlpatterns = [
    path("<uuid:pk>/", desk_views.answer, name="answer"),
    path("handed-in/<uuid:pk>/", desk_views.submission, name="submission"),
]
