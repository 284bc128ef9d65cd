"""Addresses of the messages to and from the outside."""

from django.urls import path

from gateways.views import channels, messages, texts

app_name = "gateways"

urlpatterns = [
    path("", messages.messages, name="messages"),
    path("messages/<uuid:message_id>/", messages.message, name="message"),
    path("messages/<uuid:message_id>/retry/", messages.retry, name="retry"),
    path("sms/", texts.texts, name="sms"),
    path("channels/", channels.channels, name="channels"),
    path("channels/<str:channel>/way/", channels.choose_way, name="choose_way"),
]
