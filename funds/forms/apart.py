"""What people type about money that is kept apart: deposits, relief and rewards, remittances, small sales, donors."""

import re
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from cases.forms.fields import DayField, FilesField
from cases.kinds import CLAIMING, OWING
from cases.models import Case, Party
from funds.kinds import FUND_KINDS, DonorKind, ReceiptState
from funds.kinds.apart import DepositReason, FundSource, Hardship, RemittanceKind
from funds.models import Deposit, NoticeItem, Receipt
from funds.services import lapsed
from kernel import clock
from kernel.money import MoneyFormField
from kernel.sounding import Sound
from kernel.templatetags import dates
from kernel.text import narrow

LONG = {"rows": 3}
_AMOUNT = re.compile(r"\d[\d,]{0,14}(\.\d{1,2})?")
NOTHING = _("现在没有符合条件的款。")
OFFERED = 10
"""How many receipts are offered at once."""


class FindField(forms.CharField):
    """Words that narrow a choice of receipts."""

    def __init__(self) -> None:
        super().__init__(
            label=_("查找"), required=False, max_length=60, help_text=_("付款人、金额、附言或款项编号的一部分。")
        )


class ReceiptField(forms.ModelChoiceField):
    """One receipt out of the few that fit."""

    def __init__(self, *, label: Any) -> None:
        words = {"required": _("请选择一笔；没有列出的，请先查找。")}
        super().__init__(
            label=label,
            queryset=Receipt.objects.none(),
            widget=forms.RadioSelect,
            error_messages=words,
            empty_label=None,
        )


class DepositForm(forms.Form):
    """Why a payout is deposited, with the evidence."""

    reason = forms.ChoiceField(label=_("提存事由"), choices=DepositReason.choices, widget=forms.RadioSelect)
    why = forms.CharField(label=_("具体情况"), max_length=300, widget=forms.Textarea(attrs=LONG))
    evidence = forms.FileField(
        label=_("证明材料"),
        help_text=_("拒领记录、查找经过或者通知回执；PDF、Word 或照片。"),
        error_messages={"required": _("请上传证明材料。")},
    )
    articles = {"reason": _("法发〔2017〕6号第14条"), "evidence": _("法发〔2017〕6号第15条")}


class SuspenseDepositForm(forms.Form):
    """Unidentified money whose notice ended is deposited."""

    find = FindField()
    receipt = ReceiptField(label=_("不明款"))
    why = forms.CharField(label=_("具体情况"), max_length=300, widget=forms.Textarea(attrs=LONG))
    evidence = forms.FileField(label=_("证明材料"), error_messages={"required": _("请上传证明材料。")})

    def __init__(self, *args: Any, court_id: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_suspense(self, court_id, noticed=True)


class IntakeForm(forms.Form):
    """Money in suspense that belongs to a fund."""

    find = FindField()
    receipt = ReceiptField(label=_("来款"))
    fund = forms.ChoiceField(
        label=_("专项资金"), choices=[(kind.value, kind.label) for kind in FUND_KINDS], widget=forms.RadioSelect
    )
    source = forms.ChoiceField(label=_("来源"), choices=FundSource.choices)
    why = forms.CharField(label=_("依据"), max_length=300, widget=forms.Textarea(attrs=LONG))

    def __init__(self, *args: Any, court_id: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_suspense(self, court_id)


def _offer_suspense(form: forms.Form, court_id: Any, *, noticed: bool = False) -> None:
    """Offer the latest receipts that fit what was typed into ``find``; any other of the court's stays valid."""
    rows = _suspense(court_id, noticed=noticed)
    field: Any = form.fields["receipt"]
    field.queryset = rows
    typed = form.data if form.is_bound else form.initial
    found = _fitting(rows, str(typed.get("find", "")))
    shown = list(found.order_by("-received_at", "-id")[:OFFERED])
    if (chosen := str(typed.get("receipt", ""))) and chosen not in {str(row.pk) for row in shown}:
        shown += _one(rows, chosen)
    field.choices = [(str(row.pk), _receipt_label(row)) for row in shown]
    said = {"count": found.count(), "shown": len(shown)}
    field.help_text = _("符合的 %(count)s 笔，列出最近 %(shown)s 笔。") % said if shown else NOTHING


def _suspense(court_id: Any, *, noticed: bool) -> "QuerySet[Receipt]":
    rows = Receipt.objects.filter(court_id=court_id, state=ReceiptState.SUSPENSE)
    if noticed:
        told = NoticeItem.objects.filter(notice__state="PUBLISHED", notice__until_on__lt=clock.today())
        rows = rows.filter(pk__in=told.values("receipt_id"))
    return rows


def _fitting(rows: "QuerySet[Receipt]", typed: str) -> "QuerySet[Receipt]":
    """Receipts whose payer, remark, number or amount (yuan) is what was typed."""
    words = narrow(typed)
    if not words:
        return rows
    fits = Q(payer_name__icontains=words) | Q(remark__icontains=words) | Q(number__icontains=words)
    if _AMOUNT.fullmatch(words):
        fits |= Q(amount=Decimal(words.replace(",", "")))
    return rows.filter(fits)


def _one(rows: "QuerySet[Receipt]", key: str) -> list[Receipt]:
    try:
        return list(rows.filter(pk=UUID(key)))
    except ValueError:
        return []


def _receipt_label(receipt: Receipt) -> str:
    day = dates.full_day_text(receipt.received_on)
    return f"{day}　{receipt.amount:,.2f}　{receipt.payer_name or '—'}　{receipt.remark[:20]}"


class ReliefForm(forms.Form):
    """Relief for a person of the claiming side."""

    payee = forms.ModelChoiceField(label=_("救助对象"), queryset=Party.objects.none())
    hardship = forms.ChoiceField(label=_("救助类型"), choices=Hardship.choices)
    why = forms.CharField(label=_("困难情况"), max_length=500, widget=forms.Textarea(attrs=LONG))
    wage = MoneyFormField(label=_("上一年度职工月平均工资"), help_text=_("案件管辖地的数字，每年更新。"))
    amount = MoneyFormField(label=_("救助金额"))
    source = forms.ChoiceField(label=_("资金来源"), choices=FundSource.choices)
    debtor_unable = forms.BooleanField(label=_("被执行人没有履行能力"), required=False)
    again = forms.BooleanField(label=_("此前已获得救助"), required=False)
    articles = {"hardship": _("法发〔2016〕16号"), "amount": _("中政委〔2014〕3号：不超过三十六个月工资")}

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_sides(self.fields["payee"], case, CLAIMING)


class RewardForm(forms.Form):
    """A reward for a tip; the informer is confidential."""

    payee_name = forms.CharField(label=_("举报人户名"), max_length=120)
    payee_account = forms.CharField(
        label=_("账号"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    payee_bank = forms.CharField(label=_("开户行"), max_length=80)
    recovered = MoneyFormField(label=_("因线索到位金额"))
    amount = MoneyFormField(label=_("悬赏金额"))
    source = forms.ChoiceField(label=_("资金来源"), choices=FundSource.choices, initial=FundSource.APPLICANT)
    why = forms.CharField(label=_("线索和效果"), max_length=500, widget=forms.Textarea(attrs=LONG))
    known_to_court = forms.BooleanField(label=_("线索此前法院已掌握"), required=False)
    informer_excluded = forms.BooleanField(label=_("举报人是代理人或者有法定提供义务"), required=False)
    articles = {"recovered": _("法释〔2017〕8号第24条"), "payee_name": _("法释〔2017〕8号第23条：保密")}


class RemitForm(forms.Form):
    """Fees taken until a day are handed over."""

    until = DayField(label=_("截至日"), future=False)
    why = forms.CharField(label=_("说明"), max_length=300, required=False, widget=forms.Textarea(attrs=LONG))


class RemitUnclaimedForm(forms.Form):
    """Unidentified money whose notice ended goes to the treasury."""

    receipts = forms.ModelMultipleChoiceField(
        label=_("公告期满无人认领的款"), queryset=Receipt.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(label=_("依据"), max_length=300, widget=forms.Textarea(attrs=LONG))

    def __init__(self, *args: Any, court_id: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["receipts"]
        field.queryset = _suspense(court_id, noticed=True).order_by("-received_at", "-id")
        field.label_from_instance = _receipt_label
        field.help_text = "" if field.queryset.exists() else NOTHING


class RemitDepositsForm(forms.Form):
    """Deposits that nobody claimed in time go to the treasury."""

    deposits = forms.ModelMultipleChoiceField(
        label=_("领取期限已满的提存款"), queryset=Deposit.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(
        label=_("再次查找的经过"),
        max_length=300,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("期限届满前后怎样查找、通知收款人。"),
    )
    articles = {"deposits": _("《民法典》第574条第2款")}

    def __init__(self, *args: Any, court_id: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["deposits"]
        field.queryset = lapsed.waiting(court_id).select_related("case", "payout").order_by("claim_by", "pk")
        field.label_from_instance = _deposit_label
        field.help_text = "" if field.queryset.exists() else NOTHING


def _deposit_label(row: Deposit) -> str:
    payee = row.payout.payee_name if row.payout else _("权利人不明")
    return f"{row.number}　{row.case.number}　{payee}　{row.amount:,.2f}"


class NumberForm(forms.Form):
    """The treasury's receipt."""

    number = forms.CharField(label=_("缴款票据号"), max_length=60)
    on = DayField(label=_("缴款日"), future=False)


class OutletForm(forms.Form):
    """Where collected money goes."""

    kind = forms.ChoiceField(
        label=_("用途"),
        choices=[
            (RemittanceKind.FEES, _("诉讼费用缴入财政")),
            (RemittanceKind.UNCLAIMED, _("罚金、没收和无主款缴入国库")),
        ],
        widget=forms.RadioSelect,
    )
    holder = forms.CharField(label=_("户名"), max_length=80)
    number = forms.CharField(label=_("账号"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    bank = forms.CharField(label=_("开户行"), max_length=60)


class DonorForm(forms.Form):
    """Who paid for the debtor."""

    kind = forms.ChoiceField(label=_("代付人"), choices=DonorKind.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("廉政审批"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs=LONG),
        help_text=_("干警自愿补足必填：审批人、日期和文号。"),
    )


class SaleForm(forms.Form):
    """Things that the debtor hands over to be sold."""

    owner = forms.ModelChoiceField(label=_("物主"), queryset=Party.objects.none())
    consent_on = DayField(label=_("同意日"), future=False)
    consent = forms.CharField(label=_("同意内容"), max_length=300, widget=forms.Textarea(attrs=LONG))
    items = forms.CharField(
        label=_("物品清单"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一种：名称 数量 单价估值，例如 手工葫芦 16 20"),
    )
    photos = FilesField(label=_("照片"))

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_sides(self.fields["owner"], case, OWING)

    def clean_items(self) -> list[tuple[str, int, Decimal]]:
        """Each line: a name, how many, the estimate of one (yuan)."""
        found = []
        for line in self.cleaned_data["items"].splitlines():
            if not line.strip():
                continue
            try:
                name, count, estimate = line.split()
                found.append((name, int(count), Decimal(estimate)))
            except (ValueError, ArithmeticError) as error:
                words = _("“%(line)s”看不懂。每行写：名称 数量 单价估值。") % {"line": line.strip()}
                raise forms.ValidationError(words) from error
        return found


class SellForm(forms.Form):
    """The sale on the spot; cash is taken by two officers."""

    buyer = forms.CharField(label=_("买受人"), max_length=120)
    amount = MoneyFormField(label=_("价款"))
    second = forms.ModelChoiceField(label=_("共同收款人"), queryset=Post.objects.none())
    record = forms.CharField(label=_("变卖经过"), max_length=500, widget=forms.Textarea(attrs=LONG))
    articles = {"second": _("法发〔2017〕6号第8条")}

    def __init__(self, *args: Any, case: Case, user_id: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        here = Post.objects.in_force(clock.today()).filter(court=case.court_id, user__is_active=True)
        field: Any = self.fields["second"]
        field.queryset = here.exclude(user_id=user_id).select_related("user").order_by(Sound("user__name"))
        field.label_from_instance = lambda post: f"{post.user.name}（{post.get_role_display()}）"


def _offer_sides(field: Any, case: Case, roles: Any) -> None:
    field.queryset = Party.objects.filter(participations__case=case, participations__role__in=roles).distinct()
    field.label_from_instance = lambda party: party.name
    first = list(field.queryset[:2])
    if len(first) == 1:
        field.initial = first[0].pk
