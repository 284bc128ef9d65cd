"""Results that explain themselves: a sum with its lines, a permission with its reasons.

A `Line` or `Reason` keeps a Chinese template and the arguments that fill it, so that a page can translate the template
and fill it again; `.text` is the Chinese sentence and `.as_dict()` is plain data for JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

Argument = Decimal | int | str | date | datetime
Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a reckoning: base (yuan) × rate × days = amount (yuan), under `basis` (article) and `rule` (id).

    `rate` is a plain factor (0.000175, 0.015); `since` and `until` bound the days: since < day <= until.
    Example: Line(template="{label}", label="执行申请费", amount=Decimal("50.00"), basis="费办14").text
    """

    template: str
    label: str
    amount: Decimal
    basis: str
    args: Mapping[str, Argument] = field(default_factory=dict)
    base: Decimal | None = None
    rate: Decimal | None = None
    days: int | None = None
    rule: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def values(self) -> dict[str, Argument]:
        """Everything that the template may name: the line's own fields and its further arguments."""
        own: dict[str, Argument | None] = {
            "label": self.label,
            "amount": self.amount,
            "base": self.base,
            "rate": self.rate,
            "days": self.days,
            "since": self.since,
            "until": self.until,
        }
        return {name: value for name, value in own.items() if value is not None} | dict(self.args)

    @property
    def text(self) -> str:
        """The line as a Chinese sentence."""
        return self.template.format(**self.values)

    def as_dict(self) -> dict[str, Plain]:
        """The line as plain data; amounts and rates as strings, dates in ISO form."""
        return {
            "template": self.template,
            "args": {name: plain(value) for name, value in self.values.items()},
            "text": self.text,
            "label": self.label,
            "base": plain(self.base),
            "rate": plain(self.rate),
            "days": self.days,
            "amount": plain(self.amount),
            "basis": self.basis,
            "rule": self.rule,
            "since": plain(self.since),
            "until": plain(self.until),
        }


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A sum in yuan and the lines that add up to it; total is always the sum of the lines' amounts."""

    total: Decimal
    lines: tuple[Line, ...] = ()

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Reckoning":
        """Add up the lines: Reckoning.of([]) has total 0.00."""
        kept = tuple(lines)
        return cls(sum((line.amount for line in kept), Decimal("0.00")), kept)

    @property
    def text(self) -> str:
        """Every line and the total, one a row."""
        return "\n".join([*(line.text for line in self.lines), f"合计{self.total:,.2f}元"])

    def as_dict(self) -> dict[str, Plain]:
        """The sum as plain data."""
        return {"total": plain(self.total), "lines": [line.as_dict() for line in self.lines]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One condition: the sentence, the rule id, the article, and whether it is met.

    `blocking` is False where the source is from memory only or the law leaves discretion: such a reason warns and never
    forbids.
    """

    template: str
    rule: str
    article: str
    met: bool
    args: Mapping[str, Argument] = field(default_factory=dict)
    blocking: bool = True

    @property
    def text(self) -> str:
        """The condition as a Chinese sentence."""
        return self.template.format(**self.args)

    @property
    def refuses(self) -> bool:
        """True when the condition is not met and is one that forbids."""
        return self.blocking and not self.met

    def as_dict(self) -> dict[str, Plain]:
        """The condition as plain data."""
        return {
            "template": self.template,
            "args": {name: plain(value) for name, value in self.args.items()},
            "text": self.text,
            "rule": self.rule,
            "article": self.article,
            "met": self.met,
            "blocking": self.blocking,
        }


@dataclass(frozen=True, slots=True)
class Findings:
    """Whether an act is allowed and every condition that was looked at, met or not."""

    allowed: bool
    reasons: tuple[Reason, ...] = ()

    @classmethod
    def of(cls, reasons: Iterable[Reason]) -> "Findings":
        """Allowed when no blocking condition fails: Findings.of([]).allowed is True."""
        kept = tuple(reasons)
        return cls(not any(reason.refuses for reason in kept), kept)

    @property
    def obstacles(self) -> tuple[Reason, ...]:
        """The conditions that forbid."""
        return tuple(reason for reason in self.reasons if reason.refuses)

    @property
    def warnings(self) -> tuple[Reason, ...]:
        """The conditions that are not met and only warn."""
        return tuple(reason for reason in self.reasons if not reason.met and not reason.blocking)

    @property
    def text(self) -> str:
        """Every condition, one a row, with its article."""
        return "\n".join(f"{'√' if r.met else '×'} {r.text}（{r.article}）" for r in self.reasons)

    def as_dict(self) -> dict[str, Plain]:
        """The findings as plain data."""
        return {"allowed": self.allowed, "reasons": [reason.as_dict() for reason in self.reasons]}


def plain(value: Argument | None) -> Plain:
    """A value that JSON can carry: Decimal as string, dates in ISO form, the rest as it is.

    plain(Decimal("1.50")) == "1.50".
    """
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return value
