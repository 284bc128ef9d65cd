"""Addresses of the door and of staff administration."""

from django.urls import path

from accounts.views import audit, people, posts, profile, signing, stand_ins, teams

app_name = "accounts"

urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("password/", signing.change_password, name="change_password"),
    path("post/", signing.switch_post, name="switch_post"),
    path("profile/", profile.profile, name="profile"),
    path("profile/tokens/new/", profile.create_token, name="create_token"),
    path("profile/tokens/<uuid:ref>/revoke/", profile.revoke_token, name="revoke_token"),
    path("people/", people.people, name="people"),
    path("people/new/", people.create, name="create_person"),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/edit/", people.edit, name="edit_person"),
    path("people/<uuid:pk>/reset-password/", people.reset_password, name="reset_password"),
    path("people/<uuid:pk>/deactivate/", people.deactivate, name="deactivate"),
    path("people/<uuid:pk>/reactivate/", people.reactivate, name="reactivate"),
    path("people/<uuid:pk>/appoint/", posts.appoint, name="appoint"),
    path("posts/<uuid:pk>/end/", posts.end, name="end_post"),
    path("posts/<uuid:pk>/hand-over/", posts.hand_over, name="hand_over"),
    path("teams/", teams.teams, name="teams"),
    path("teams/new/", teams.create, name="create_team"),
    path("teams/<uuid:pk>/close/", teams.close, name="close_team"),
    path("seats/<uuid:pk>/fill/", teams.fill, name="fill_seat"),
    path("seats/<uuid:pk>/vacate/", teams.vacate, name="vacate_seat"),
    path("stand-ins/", stand_ins.stand_ins, name="stand_ins"),
    path("stand-ins/new/", stand_ins.create, name="create_stand_in"),
    path("stand-ins/<uuid:pk>/end/", stand_ins.end, name="end_stand_in"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.export, name="audit_export"),
]
