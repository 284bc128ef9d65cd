"""Addresses of the vault."""

from django.urls import path

from funds.views import books, importing, payees, payouts, receipts, splits, unidentified

app_name = "funds"
urlpatterns = [
    path("", receipts.receipts, name="receipts"),
    path("receipts/<uuid:pk>/", receipts.receipt, name="receipt"),
    path("receipts/<uuid:pk>/confirm/", splits.confirm_receipt, name="confirm_receipt"),
    path("receipts/<uuid:pk>/assign/", splits.assign, name="assign"),
    path("receipts/<uuid:pk>/redraft/", splits.redraft, name="redraft"),
    path("receipts/<uuid:pk>/hold/", splits.hold, name="hold"),
    path("receipts/<uuid:pk>/end-hold/", splits.end_hold, name="end_hold"),
    path("receipts/<uuid:pk>/claim/", unidentified.claim, name="claim"),
    path("receipts/<uuid:pk>/reverse/", unidentified.reverse_receipt, name="reverse"),
    path("unidentified/", unidentified.unidentified, name="unidentified"),
    path("claims/<uuid:pk>/confirm/", unidentified.confirm_claim, name="confirm_claim"),
    path("claims/<uuid:pk>/refuse/", unidentified.refuse_claim, name="refuse_claim"),
    path("payouts/", payouts.payouts, name="payouts"),
    path("payouts/confirm/", payouts.confirm_batch, name="confirm_batch"),
    path("payouts/send/", payouts.send_batch, name="send_batch"),
    path("payouts/<uuid:pk>/", payouts.payout, name="payout"),
    path("payouts/<uuid:pk>/confirm/", payouts.confirm, name="confirm"),
    path("payouts/<uuid:pk>/send/", payouts.send, name="send"),
    path("payouts/<uuid:pk>/void/", payouts.void, name="void"),
    path("payouts/<uuid:pk>/replace/", payouts.replace, name="replace"),
    path("payouts/<uuid:pk>/resubmit/", payouts.resubmit, name="resubmit"),
    path("payouts/<uuid:pk>/readdress/", payouts.readdress, name="readdress"),
    path("imports/", importing.imports, name="import"),
    path("imports/new/", importing.upload, name="upload"),
    path("imports/<uuid:pk>/", importing.imported, name="imported"),
    path("day/", books.day, name="day"),
    path("day/choose/", books.choose_day, name="choose_day"),
    path("day/sheet/", books.day_sheet, name="day_sheet"),
    path("day/reconcile/", books.reconcile, name="reconcile"),
    path("cases/<str:number>/", books.case, name="case"),
    path("cases/<str:number>/sheet/", books.case_sheet, name="case_sheet"),
    path("cases/<str:number>/cash/", payees.cash, name="cash"),
    path("cases/<str:number>/payees/", payees.payees, name="payees"),
    path("cases/<str:number>/payees/new/", payees.enter, name="payee_enter"),
    path("payees/<uuid:pk>/confirm/", payees.confirm, name="payee_confirm"),
]
