"""Addresses of the assets room."""

from django.urls import path

from assets.views import freezes, inquiries, measures, orders, pre_suit, preservations

app_name = "assets"
urlpatterns = [
    path("preservations/", preservations.preservations, name="preservations"),
    path("preservations/new/", pre_suit.apply, name="pre_suit"),
    path("preservations/new/reckoned/", pre_suit.reckoned, name="pre_suit_reckoned"),
    path("preservations/<uuid:key>/", preservations.application, name="application"),
    path("preservations/<uuid:key>/sue/", preservations.sue, name="sue"),
    path("cases/<str:number>/preservation/", preservations.of_case, name="preservation"),
    path("cases/<str:number>/preservation/new/", preservations.preserve, name="preserve"),
    path("cases/<str:number>/preservation/new/reckoned/", preservations.preserve_reckoned, name="preserve_reckoned"),
    path("inquiries/", inquiries.inquiries, name="inquiries"),
    path("cases/<str:number>/inquiry/", inquiries.inquiry, name="inquiry"),
    path("cases/<str:number>/inquiry/nudge/", inquiries.nudge, name="nudge"),
    path("findings/<uuid:key>/", inquiries.finding, name="finding"),
    path("cases/<str:number>/freeze/", freezes.freeze, name="freeze"),
    path("cases/<str:number>/freeze/reckoned/", freezes.freeze_reckoned, name="freeze_reckoned"),
    path("freezes/<uuid:key>/", freezes.order, name="order"),
    path("freezes/<uuid:key>/renew/", orders.renew, name="renew"),
    path("freezes/<uuid:key>/release/", orders.release, name="release"),
    path("freezes/<uuid:key>/levy/", orders.levy, name="levy"),
    path("measures/<uuid:key>/move-up/", orders.move_up, name="move_up"),
    path("levies/<uuid:key>/", orders.levied, name="levied"),
    path("measures/", measures.measures, name="measures"),
    path("cases/<str:number>/clues/", measures.clues, name="clues"),
    path("cases/<str:number>/clues/<uuid:key>/", measures.check_clue, name="check_clue"),
]
