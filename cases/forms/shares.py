"""How several payers of one item answer, as a judge types it: shares in yuan, per cent or parts, and who answers after."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.kinds import Liability
from cases.models import Party
from kernel import money
from law.splitting import split

Share = Fraction | Decimal


def read_share(typed: str) -> Share:
    """A part of the whole (30%, 1/3) as a Fraction, a sum (300,000) as yuan. Raises ValueError when it is neither.

    >>> read_share("１/３")
    Fraction(1, 3)
    """
    text = unicodedata.normalize("NFKC", typed).replace(" ", "").replace("⁄", "/")
    if text.endswith("%"):
        return Fraction(text.removesuffix("%")) / 100
    return Fraction(text) if "/" in text else money.read(text)


class ShareField(forms.CharField):
    """One payer's share or limit; empty is none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, max_length=20, **options)
        self.widget.attrs |= {"class": "num", "placeholder": _("例如 30% 或 300,000")}

    def clean(self, value: Any) -> Any:
        """A Fraction, yuan, or None."""
        typed = super().clean(value)
        if not typed:
            return None
        try:
            share = read_share(typed)
        except (ValueError, ZeroDivisionError) as error:
            words = _("“%(typed)s”不是份额。请填百分比、分数或金额，例如 30%%、1/3、300,000。")
            raise ValidationError(words, "share", {"typed": typed}) from error
        if share <= 0:
            raise ValidationError(_("份额须大于零。"), "share")
        return share


def yuan_of(
    *, liability: str, shares: Sequence[Share | None], sharing: Sequence[Party], amount: Decimal
) -> list[Decimal]:
    """The shares or limits in yuan, in the order of those who bear them. Raises ValidationError."""
    typed = [share for share in shares if share is not None]
    if not typed and liability != Liability.SEVERAL:
        return []
    if len(typed) != len(shares):
        missing = "、".join(party.name for party, share in zip(sharing, shares, strict=True) if share is None)
        raise ValidationError(_("请填写%(names)s的份额或限额。"), "missing", {"names": missing})
    parts = [share for share in typed if isinstance(share, Fraction)]
    if parts and len(parts) != len(typed):
        raise ValidationError(_("各人份额请都填比例，或者都填金额。"), "mixed")
    if liability == Liability.SEVERAL:
        return _whole(typed, parts, amount)
    found = [_part_of(amount, share) if isinstance(share, Fraction) else share for share in typed]
    if any(limit > amount for limit in found):
        raise ValidationError(_("补充责任的限额不能超过本项金额。"), "limit")
    return found


def _whole(typed: Sequence[Share], parts: Sequence[Fraction], amount: Decimal) -> list[Decimal]:
    """The shares of a several debt: they are the whole amount, no more and no less."""
    if parts:
        if sum(parts) != 1:
            raise ValidationError(_("各人份额之和应为 100%。"), "sum")
        return list(split(amount, [part.numerator * _common(parts) // part.denominator for part in parts]))
    yuan = [Decimal(str(share)) for share in typed]
    if sum(yuan) != amount:
        words = _("各人份额之和 %(sum)s 元，与金额 %(amount)s 元不符。")
        raise ValidationError(words, "sum", {"sum": f"{sum(yuan):,.2f}", "amount": f"{amount:,.2f}"})
    return yuan


def _common(parts: Sequence[Fraction]) -> int:
    common = 1
    for part in parts:
        common *= part.denominator
    return common


def _part_of(amount: Decimal, share: Fraction) -> Decimal:
    return money.yuan(amount * share.numerator / share.denominator)
