"""Addresses of the acts of a case, included by the addresses of the cases room."""

from django.urls import path

from cases.views import acts, filed, filing, notes, objections, parties, transferring, trial

urlpatterns = [
    path("filing/", filing.file, name="file"),
    path("filing/check/", filing.check, name="file_check"),
    path("filing/criminal/", transferring.file, name="file_criminal"),
    path("cases/<str:number>/acts/filed/", filed.filed, name="filed"),
    path("cases/<str:number>/acts/execute/", filed.execute, name="execute"),
    path("cases/<str:number>/acts/assign/", acts.assign, name="assign"),
    path("cases/<str:number>/acts/trial/", trial.begin, name="trial"),
    path("cases/<str:number>/acts/judgment/", trial.judgment, name="judgment"),
    path("cases/<str:number>/acts/judgment/check/", trial.judgment_check, name="judgment_check"),
    path("cases/<str:number>/acts/effect/", trial.effect, name="effect"),
    path("cases/<str:number>/acts/withdraw/", trial.withdraw, name="withdraw"),
    path("cases/<str:number>/acts/notify/", acts.notify, name="notify"),
    path("cases/<str:number>/acts/hand-over/", acts.hand_over, name="hand_over"),
    path("cases/<str:number>/acts/call-on/", acts.call_on, name="call_on"),
    path("cases/<str:number>/acts/object/", objections.file, name="object"),
    path("cases/<str:number>/acts/review-objection/", objections.review, name="review_objection"),
    path("cases/<str:number>/acts/rule-objection/", objections.rule, name="rule_objection"),
    path("objections/<uuid:key>/follow/", objections.follow, name="follow_objection"),
    path("cases/<str:number>/acts/close/", acts.close, name="close"),
    path("cases/<str:number>/acts/follow/", acts.follow, name="follow"),
    path("cases/<str:number>/acts/note/", notes.note, name="note"),
    path("cases/<str:number>/acts/contact/", notes.contact, name="contact"),
    path("cases/<str:number>/acts/attach/", notes.attach, name="attach"),
    path("cases/<str:number>/acts/agent/", parties.agent, name="agent"),
    path("cases/<str:number>/acts/clue/", parties.clue, name="clue"),
    path("cases/<str:number>/attachments/<uuid:key>/", notes.attachment, name="attachment"),
    path("events/<uuid:key>/correct/", notes.correct, name="correct"),
    path("parties/<uuid:key>/", parties.party, name="party"),
]
