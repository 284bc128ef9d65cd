"""Addresses without a sign-in: the payer's page behind a QR code, and the public notices."""

from django.urls import path

from portal import open_views

app_name = "open"
urlpatterns = [
    path("pay/<str:token>/", open_views.pay, name="pay"),
    path("pay/<str:token>/paid/", open_views.paid, name="paid"),
    path("pay/<str:token>/told/", open_views.told, name="told"),
    path("notices/", open_views.notices, name="notices"),
    path("notices/<uuid:pk>/", open_views.notice, name="notice"),
    path("notices/deposits/<uuid:pk>/", open_views.deposit, name="deposit"),
]
