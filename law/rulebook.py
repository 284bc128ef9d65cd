"""A rulebook: versioned figures with their citation and confidence, and what a court may change in them.

A computation asks for the figure in force at its date. A court's own figure is an override within the bounds that the
rule itself names; a rule without bounds cannot be overridden.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from law import citations
from law.reasons import Argument, Reason


class Confidence(StrEnum):
    """How the figure was checked: the full text read, a reprint or summary read, or recalled only."""

    VERIFIED = "VERIFIED"
    VERIFIED_2ND = "VERIFIED-2ND"
    FROM_MEMORY = "FROM MEMORY"


class Unit(StrEnum):
    """The unit of a figure; NONE for a rule of conduct without a figure."""

    HOURS = "H"
    MINUTES = "MIN"
    DAYS = "D"
    WORKING_DAYS = "WD"
    MONTHS = "M"
    YEARS = "Y"
    YUAN = "YUAN"
    RATIO = "RATIO"
    COUNT = "COUNT"
    TIERS = "TIERS"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of a progressive scale: above the previous `upto` (yuan), `rate` of the part, or a flat `fixed` sum."""

    upto: Decimal | None
    rate: Decimal = Decimal(0)
    fixed: Decimal | None = None


Figure = Decimal | tuple[Tier, ...] | None
Bounds = tuple[Decimal, Decimal]


class UnknownRule(LookupError, ValueError):
    """No rule has this id."""


class NotInForce(ValueError):
    """The rule exists but no version of it is in force on the day."""


class NoFigure(ValueError):
    """The rule states conduct, not a figure of the kind that was asked for."""


class NotOverridable(ValueError):
    """The law leaves the courts no room to change this figure."""


class OutOfBounds(ValueError):
    """The court's own figure lies outside the bounds that the rule allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of one rule: id (with `.PART` where a rule has several figures), figure, unit, source, validity."""

    id: str
    title: str
    citation: str
    confidence: Confidence
    value: Figure = None
    unit: Unit = Unit.NONE
    in_force_from: date | None = None
    in_force_to: date | None = None
    override_bounds: Bounds | None = None
    overridden: bool = False

    @property
    def family(self) -> str:
        """The id without its part: "AUC-NOTICE-1.MOVABLE" belongs to "AUC-NOTICE-1"."""
        return self.id.partition(".")[0]

    @property
    def article(self) -> str:
        """The citation in full."""
        return citations.full(self.citation)

    def in_force(self, at: date | None) -> bool:
        """Whether this version applies on the day; None asks for the version without an end."""
        if at is None:
            return self.in_force_to is None
        return (self.in_force_from or date.min) <= at <= (self.in_force_to or date.max)


@dataclass(frozen=True)
class Rulebook:
    """All rules by id, each with its versions in time; immutable."""

    versions: Mapping[str, tuple[Rule, ...]] = field(repr=False)
    name: str = "全国"

    @classmethod
    def of(cls, rules: Iterable[Rule], *, name: str = "全国") -> "Rulebook":
        """Group versions by id, oldest first."""
        grouped: dict[str, list[Rule]] = {}
        for rule in rules:
            grouped.setdefault(rule.id, []).append(rule)
        ordered = {
            key: tuple(sorted(found, key=lambda rule: rule.in_force_from or date.min)) for key, found in grouped.items()
        }
        return cls(ordered, name)

    def __iter__(self) -> Iterator[Rule]:
        return (rule for found in self.versions.values() for rule in found)

    def __contains__(self, id: str) -> bool:
        return id in self.versions

    def rule(self, id: str, *, at: date | None = None) -> Rule:
        """The version in force on the day; raises UnknownRule or NotInForce."""
        found = self.versions.get(id)
        if found is None:
            raise UnknownRule(f"没有这条规则：{id}")
        for rule in reversed(found):
            if rule.in_force(at):
                return rule
        raise NotInForce(f"规则 {id} 在 {at} 尚未施行或已经失效")

    def figure(self, id: str, *, at: date | None = None) -> Decimal:
        """The figure in force on the day, in the rule's unit: NATIONAL.figure("SAN-DETAIN") == 15 (days)."""
        value = self.rule(id, at=at).value
        if not isinstance(value, Decimal):
            raise NoFigure(f"规则 {id} 没有单一数值")
        return value

    def count(self, id: str, *, at: date | None = None) -> int:
        """A figure that counts whole days, months or times."""
        return int(self.figure(id, at=at))

    def tiers(self, id: str, *, at: date | None = None) -> tuple[Tier, ...]:
        """A progressive scale: NATIONAL.tiers("FEE-EXE")."""
        value = self.rule(id, at=at).value
        if not isinstance(value, tuple):
            raise NoFigure(f"规则 {id} 不是分段表")
        return value

    def article(self, id: str, *, at: date | None = None) -> str:
        """The full citation of a rule."""
        return self.rule(id, at=at).article

    def reason(self, id: str, template: str, *, met: bool, blocking: bool | None = None, **args: Argument) -> Reason:
        """A condition under this rule; a rule known from memory only warns unless `blocking` says otherwise."""
        rule = self.rule(id)
        hard = rule.confidence is not Confidence.FROM_MEMORY if blocking is None else blocking
        return Reason(template=template, args=args, rule=rule.family, article=rule.article, met=met, blocking=hard)

    def with_overrides(
        self, overrides: Mapping[str, Decimal | int], *, name: str = "本院", from_on: date | None = None
    ) -> "Rulebook":
        """A court's own rulebook; `from_on` keeps the national figure before that day.

        NATIONAL.with_overrides({"FUND-30D": 10}). Raises UnknownRule, NotOverridable or OutOfBounds (all ValueError).
        """
        versions = dict(self.versions)
        for id, value in overrides.items():
            versions[id] = _overridden(self.rule(id), Decimal(value), from_on, versions[id])
        return replace(self, versions=versions, name=name)


def _overridden(rule: Rule, value: Decimal, from_on: date | None, versions: tuple[Rule, ...]) -> tuple[Rule, ...]:
    if rule.override_bounds is None or not isinstance(rule.value, Decimal):
        raise NotOverridable(f"规则 {rule.id}（{rule.title}）由法律规定，本院不能另设")
    low, high = rule.override_bounds
    if not low <= value <= high:
        raise OutOfBounds(f"规则 {rule.id}（{rule.title}）只能设为 {low} 至 {high}，不能设为 {value}")
    own = replace(rule, value=value, overridden=True)
    if from_on is None:
        return tuple(own if version is rule else version for version in versions)
    earlier = tuple(version for version in versions if version is not rule)
    ended = replace(rule, in_force_to=date.fromordinal(from_on.toordinal() - 1))
    return (*earlier, ended, replace(own, in_force_from=from_on))
