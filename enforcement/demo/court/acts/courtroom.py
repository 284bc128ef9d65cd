"""Filing, trial and preservation, as filing clerk, trial judge and the quick team do them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from assets.models import Preservation
from assets.models.preservations import Exemption, SecurityForm
from assets.services import pre_suit, preserving
from cases.kinds import ItemNature
from cases.models import Case, Party
from cases.services import filing, trial
from cases.services.filing import ClueInput
from cases.services.parties import PartyInput
from enforcement.demo.court.acts import deciding
from enforcement.demo.court.telling import Telling


def file(
    t: Telling,
    *,
    cause: str,
    claimed: str,
    by: Sequence[PartyInput] = (),
    against: Sequence[PartyInput] = (),
    clues: Sequence[ClueInput] = (),
    risks: Sequence[str] = (),
) -> Case:
    """File a civil case; without names a person claims from an organisation."""
    given = filing.Filing(
        cause=cause,
        plaintiffs=by or [t.someone()],
        defendants=against or [t.company()],
        claimed=Decimal(claimed),
        clues=clues,
        risks=risks,
    )
    t.civil = filing.file_civil(court=t.court, filing=given, actor=t.actor("lian"), at=t.at)
    return t.civil


def begin(t: Telling) -> None:
    """Hand the case to its judge."""
    trial.begin(case_id=t.civil.pk, judge=t.post(t.judge), actor=t.actor("lian"), at=t.at)


def _items(t: Telling, amount: str, due: date | None, costs: str, text: str) -> list[trial.ItemInput]:
    rows = t.civil.participations.select_related("party").order_by("ordinal")
    payers = [row.party for row in rows if row.role == "DEFENDANT"]
    payee = next(row.party for row in rows if row.role == "PLAINTIFF")
    items = [trial.ItemInput(amount=Decimal(amount), payers=payers, payee=payee, due_on=due, text=text)]
    if costs:
        fee = trial.ItemInput(
            amount=Decimal(costs), payers=payers, payee=payee, due_on=due, nature=ItemNature.COSTS, text="案件受理费"
        )
        items.append(fee)
    return items


def judge(t: Telling, amount: str, *, due: date, costs: str = "", text: str = "") -> None:
    """Enter the judgment: all defendants pay the first plaintiff by the last day for performing."""
    items = _items(t, amount, due, costs, text or f"被告于{due.year}年{due.month}月{due.day}日前给付原告{amount}元")
    day = t.day(0)
    trial.judge(case_id=t.civil.pk, items=items, judged_on=day, actor=t.actor(t.judge), at=t.at)


def take_effect(t: Telling) -> None:
    """The judgment takes effect today."""
    trial.take_effect(case_id=t.civil.pk, effective_on=t.day(0), actor=t.actor(t.judge), at=t.at)


def mediate(t: Telling, amount: str, *, due: date, text: str = "") -> None:
    """Close by mediation."""
    items = _items(t, amount, due, "", text or f"被告于{due.year}年{due.month}月{due.day}日前给付原告{amount}元")
    trial.mediate(case_id=t.civil.pk, items=items, mediated_on=t.day(0), actor=t.actor(t.judge), at=t.at)


def withdraw(t: Telling) -> None:
    """The plaintiff withdraws."""
    trial.withdraw(case_id=t.civil.pk, actor=t.actor(t.judge), at=t.at)


def apply(
    t: Telling, amount: str, *, against: Party | None = None, urgent: bool = False, bank: bool = False
) -> Preservation:
    """Apply for preservation during the suit: insured, or as a licensed bank without security."""
    given = preserving.Application(
        applicant=t.creditor,
        against=against or t.debtor,
        amount=Decimal(amount),
        urgent=urgent,
        exemption=Exemption.FINANCIAL_INSTITUTION if bank else "",
        security_form="" if bank else SecurityForm.LIABILITY_INSURANCE,
        security=Decimal(0 if bank else amount),
    )
    t.kept = preserving.apply(case_id=t.civil.pk, given=given, actor=t.actor("lian"), at=t.at)
    return t.kept


def apply_before_suit(t: Telling, *, cause: str, amount: str, by: PartyInput, against: PartyInput, clue: str) -> None:
    """Apply for preservation before the suit with full security."""
    given = pre_suit.Request(
        cause=cause,
        applicant=by,
        against=against,
        amount=Decimal(amount),
        clue=clue,
        security_form=SecurityForm.LIABILITY_INSURANCE,
        security=Decimal(amount),
    )
    t.kept = pre_suit.open_case(court=t.court, given=given, actor=t.actor("lian"), at=t.at)


def sue(t: Telling, claimed: str) -> None:
    """Bring the suit that the preservation was for."""
    t.civil = pre_suit.sue(preservation_id=t.kept.pk, claimed=Decimal(claimed), actor=t.actor("lian"), at=t.at)


def rule(t: Telling, by: str = "pei") -> None:
    """A trial judge rules; the quick team has a case of its own for carrying it out."""
    deciding.agree(t, t.kept.case, "assets.preservation", by)
    t.kept.refresh_from_db()
    t.preservation = t.kept.carried_out_in
