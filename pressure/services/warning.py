"""失信预警与履行宽限期: the first rung, a local step before any penalty (LOC-XX-LADDER; 法发〔2019〕35号15)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.services import issuing, recording
from kernel import clock
from kernel.refusals import Refusal
from pressure.models import ConsumptionLimit, CreditWarning, Listing
from pressure.services import standing

SHORTEST, LONGEST = 3, 90


class GraceOutOfBounds(Refusal):
    """The grace is between three and ninety days."""

    message = _("宽限期应为 %(shortest)s 至 %(longest)s 天。")
    status = 400


class WarnedAlready(Refusal):
    """One grace at a time."""

    message = _("%(name)s 的宽限期到 %(day)s 才届满，不能重复预警。")


class AlreadyHigher(Refusal):
    """A warning comes before penalties, not after."""

    message = _("%(name)s 已被限制消费或纳入失信名单，不再适用预警。")


@dataclass(frozen=True)
class Warned:
    """Facts of pressure.warned: the last day of grace and what was owed (yuan)."""

    debtor: str
    grace_until: date
    owed: Decimal


@transaction.atomic
def warn(*, case_id: UUID, party_id: UUID, days: int, actor: Actor, at: datetime) -> CreditWarning:
    """Warn a debtor and give ``days`` of grace. Raises DebtDischarged, GraceOutOfBounds, WarnedAlready, AlreadyHigher."""
    case = access.locked_case_for(actor, case_id, Action.PROPOSE_PRESSURE)
    party = standing.debtor(case, party_id)
    left = standing.require_debt(case, at)
    day = clock.day_of(at)
    if not SHORTEST <= days <= LONGEST:
        raise GraceOutOfBounds(shortest=SHORTEST, longest=LONGEST)
    running = CreditWarning.objects.in_force(day).filter(case=case, party=party).first()
    if running:
        raise WarnedAlready(name=party.name, day=running.last_day)
    higher = (model.objects.unended().filter(case=case, party=party).exists() for model in (ConsumptionLimit, Listing))
    if any(higher):
        raise AlreadyHigher(name=party.name)
    CreditWarning.objects.unended().filter(case=case, party=party).update(ended_on=day, ended_why=str(_("宽限期届满")))
    row = CreditWarning.objects.create(
        case=case, party=party, warned_at=at, from_on=day, last_day=day + timedelta(days=days)
    )
    issuing.issue(
        case=case, kind="pressure.credit_warning", subject=row.symbol, actor=actor, at=at,
        more={"party": party, "grace_until": row.last_day, "owed": left},
    )  # fmt: skip
    recording.record(
        case=case,
        verb="pressure.warned",
        actor=actor,
        at=at,
        subject=row.symbol,
        facts=Warned(debtor=party.symbol, grace_until=row.last_day, owed=left),
    )
    return row
