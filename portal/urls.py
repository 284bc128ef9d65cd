"""Addresses of the portal, under /my/."""

from django.urls import path

from portal import approach_views, plan_views, submission_views, views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("code/", views.code, name="code"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("<str:number>/", views.progress, name="progress"),
    path("<str:number>/money/", views.money, name="money"),
    path("<str:number>/plans/<uuid:pk>/", plan_views.plan, name="plan"),
    path("<str:number>/story/", views.story, name="story"),
    path("<str:number>/verify/", views.verify, name="verify"),
    path("<str:number>/approach/", approach_views.approach, name="approach"),
    path("<str:number>/hurry/", submission_views.hurry, name="hurry"),
    path("<str:number>/objection/", submission_views.objection, name="objection"),
    path("<str:number>/account/", submission_views.account, name="account"),
]
