"""Yuan with two places: one column type, one form field, one way to read what people type."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

FEN = Decimal("0.01")
ZERO = Decimal("0.00")


def yuan(value: Decimal | int | str) -> Decimal:
    """The value rounded half up to the fen. Floats are refused: they cannot hold a fen."""
    if isinstance(value, float):
        raise TypeError("money is never a float")
    return Decimal(value).quantize(FEN, ROUND_HALF_UP)


class Unreadable(ValueError):
    """The typed amount is not an amount; the message says why."""


def read(typed: str) -> Decimal:
    """The amount a person typed: full-width digits, commas, spaces, ￥, 元 and 万元 are accepted; three decimals are not.

    >>> read("１３１．１万元")
    Decimal('1311000.00')
    """
    text = unicodedata.normalize("NFKC", typed).translate(str.maketrans("。", ".", "，, ¥、"))
    text = re.sub(r"\s", "", text).removeprefix("人民币")
    factor = Decimal(1)
    for unit, times in (
        ("万元", 10_000),
        ("亿元", 100_000_000),
        ("万", 10_000),
        ("亿", 100_000_000),
        ("元", 1),
    ):
        if text.endswith(unit):
            text, factor = text.removesuffix(unit), Decimal(times)
            break
    text = text.replace("−", "-")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d+)?", text):
        raise Unreadable(str(_("“%(typed)s”不是金额。请填写数字，例如 1,311,000.00。") % {"typed": typed}))
    try:
        value = Decimal(text) * factor
    except InvalidOperation as error:
        raise Unreadable(str(_("金额过大。"))) from error
    if value != value.quantize(FEN):
        raise Unreadable(str(_("金额最多到分，小数不能超过两位。")))
    return value.quantize(FEN)


class MoneyField(models.DecimalField):  # type: ignore[type-arg]
    """numeric(18,2) yuan."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_digits=18, decimal_places=2)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        return name, path, args, kwargs

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, float):
            raise TypeError("money is never a float")
        return super().get_prep_value(value)

    def formfield(self, **kwargs: Any) -> Any:
        return MoneyFormField(**{"required": not self.blank, "label": self.verbose_name, **_known(kwargs)})


def _known(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in kwargs.items() if key in {"required", "label", "help_text", "initial"}}


class MoneyFormField(forms.CharField):
    """Reads what people type; ``minimum`` is inclusive (yuan), by default one fen."""

    def __init__(self, *, minimum: Decimal = FEN, maximum: Decimal | None = None, **kwargs: Any) -> None:
        self.minimum, self.maximum = minimum, maximum
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "class": "form-control num"}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if typed in self.empty_values:
            return None
        try:
            amount = read(str(typed))
        except Unreadable as error:
            raise ValidationError(str(error), code="unreadable") from error
        if amount < self.minimum:
            raise ValidationError(_("金额不能小于 %(minimum)s 元。"), code="minimum", params={"minimum": self.minimum})
        if self.maximum is not None and amount > self.maximum:
            raise ValidationError(_("金额不能大于 %(maximum)s 元。"), code="maximum", params={"maximum": self.maximum})
        return amount
