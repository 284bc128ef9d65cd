"""Addresses of the books' registers and of money that is kept apart."""

from django.urls import path

from funds.views import deposits, grants, months, register_sheets, remittances, sales

urlpatterns = [
    path("registers/<str:name>/sheet/", register_sheets.sheet, name="register_sheet"),
    path("day/balances/", months.balances, name="balances"),
    path("day/balances/choose/", months.choose_balances, name="choose_balances"),
    path("day/months/", months.months, name="months"),
    path("day/months/<uuid:pk>/", months.month, name="month"),
    path("day/months/<uuid:pk>/prepare/", months.prepare, name="prepare_month"),
    path("day/deposits/", deposits.deposits, name="deposits"),
    path("day/deposits/suspense/", deposits.ask_suspense, name="deposit_suspense"),
    path("day/deposits/<uuid:pk>/claim/", deposits.claim, name="claim_deposit"),
    path("payouts/<uuid:pk>/deposit/", deposits.ask, name="deposit"),
    path("payouts/<uuid:pk>/treasury/", remittances.payout_number, name="treasury_number"),
    path("receipts/<uuid:pk>/donor/", sales.donor, name="donor"),
    path("day/grants/", grants.grants, name="grants"),
    path("day/grants/intake/", grants.intake, name="intake"),
    path("day/grants/intake/<uuid:pk>/", grants.confirm_intake, name="confirm_intake"),
    path("day/remittances/", remittances.remittances, name="remittances"),
    path("day/remittances/fees/", remittances.fees, name="remit_fees"),
    path("day/remittances/unclaimed/", remittances.unclaimed, name="remit_unclaimed"),
    path("day/remittances/deposits/", remittances.lapsed_deposits, name="remit_deposits"),
    path("day/remittances/outlets/", remittances.outlets, name="outlets"),
    path("day/remittances/<uuid:pk>/", remittances.remittance, name="remittance"),
    path("day/remittances/<uuid:pk>/approve/", remittances.approve, name="approve_remittance"),
    path("day/remittances/<uuid:pk>/send/", remittances.send, name="send_remittance"),
    path("day/remittances/<uuid:pk>/void/", remittances.void, name="void_remittance"),
    path("day/remittances/<uuid:pk>/number/", remittances.number, name="remittance_number"),
    path("sales/<uuid:pk>/", sales.sell, name="sell"),
    path("cases/<str:number>/relief/", grants.relief, name="relief"),
    path("cases/<str:number>/reward/", grants.reward, name="reward"),
    path("cases/<str:number>/sale/", sales.agree, name="sale"),
]
