"""Addresses of the books' registers and of money that is kept apart."""

from django.urls import path

from funds.views import deposits, grants, months, register_sheets, remittances, sales

urlpatterns = [
    path("registers/<str:name>/sheet/", register_sheets.sheet, name="register_sheet"),
    path("balances/", months.balances, name="balances"),
    path("balances/choose/", months.choose_balances, name="choose_balances"),
    path("months/", months.months, name="months"),
    path("months/<uuid:pk>/", months.month, name="month"),
    path("months/<uuid:pk>/prepare/", months.prepare, name="prepare_month"),
    path("deposits/", deposits.deposits, name="deposits"),
    path("deposits/suspense/", deposits.ask_suspense, name="deposit_suspense"),
    path("deposits/<uuid:pk>/claim/", deposits.claim, name="claim_deposit"),
    path("payouts/<uuid:pk>/deposit/", deposits.ask, name="deposit"),
    path("payouts/<uuid:pk>/treasury/", remittances.payout_number, name="treasury_number"),
    path("receipts/<uuid:pk>/donor/", sales.donor, name="donor"),
    path("grants/", grants.grants, name="grants"),
    path("grants/intake/", grants.intake, name="intake"),
    path("grants/intake/<uuid:pk>/", grants.confirm_intake, name="confirm_intake"),
    path("remittances/", remittances.remittances, name="remittances"),
    path("remittances/fees/", remittances.fees, name="remit_fees"),
    path("remittances/unclaimed/", remittances.unclaimed, name="remit_unclaimed"),
    path("remittances/outlets/", remittances.outlets, name="outlets"),
    path("remittances/<uuid:pk>/", remittances.remittance, name="remittance"),
    path("remittances/<uuid:pk>/approve/", remittances.approve, name="approve_remittance"),
    path("remittances/<uuid:pk>/send/", remittances.send, name="send_remittance"),
    path("remittances/<uuid:pk>/void/", remittances.void, name="void_remittance"),
    path("remittances/<uuid:pk>/number/", remittances.number, name="remittance_number"),
    path("sales/<uuid:pk>/", sales.sell, name="sell"),
    path("cases/<str:number>/relief/", grants.relief, name="relief"),
    path("cases/<str:number>/reward/", grants.reward, name="reward"),
    path("cases/<str:number>/sale/", sales.agree, name="sale"),
]
