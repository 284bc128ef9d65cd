"""Judicial relief and rewards: money of its own, from a fund and never from a case (AID-COND, AID-CAP, RWD-PAY).

A grant is asked for in a case, approved by the director and the president, drawn from the fund's oldest receipts of one
source, and paid by the normal road. It reduces no debt and is no amount recovered (AID-FIELDS).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access, queries
from cases.declaring import Symbol
from cases.kinds import CLAIMING
from cases.models import Case, Decision, Participation, Party
from cases.services import deciding, issuing, recording
from funds import commands, ledger, locks
from funds.kinds import FUND_KINDS, LIVE, AccountKind, PayeeKind, PayoutState
from funds.kinds.apart import FundSource, GrantState, Hardship
from funds.models import Command, Grant, PayeeAccount, Payout, Receipt
from funds.services import funding, moving, opening, payees, paying, persons, splitting
from kernel import clock
from kernel.keys import uuid7
from kernel.money import ZERO
from kernel.refusals import BadInput, Condition, Refusal
from law import relief as law_relief
from law.reasons import Findings, Reckoning

KIND = "funds.grant"
PAPER = "funds.grant_approval"
PART = {AccountKind.RELIEF: splitting.RELIEF, AccountKind.REWARD: splitting.REWARD}


class FundTooSmall(Refusal):
    """The fund holds less of this source than is granted."""

    message = _("%(fund)s（%(source)s）可用 %(left)s 元，不足 %(amount)s 元。请减少金额或者等资金到账。")


class NotAllowedByLaw(Refusal):
    """A condition of relief or of the reward is not met."""

    message = _("不符合发放条件，未提请。请看各项条件。")


class NotAPerson(Refusal):
    """Relief goes to a person of the claiming side of the case."""

    message = _("救助对象须是本案申请一方的当事人。")


@dataclass(frozen=True)
class GrantInput:
    """What is asked for (yuan). ``wage`` is the court's region's monthly one; ``recovered`` belongs to a reward."""

    fund: AccountKind
    source: FundSource
    amount: Decimal
    why: str
    payee: Party | None = None
    payee_name: str = ""
    payee_account: str = ""
    payee_bank: str = ""
    hardship: str = ""
    again: bool = False
    wage: Decimal = ZERO
    debtor_unable: bool = False
    known_to_court: bool = False
    recovered: Decimal = ZERO
    informer_excluded: bool = False


@dataclass(frozen=True)
class Granted:
    """Facts of funds.grant_asked and funds.grant_approved: yuan, from which fund and source."""

    amount: Decimal
    payee: Symbol
    fund: AccountKind
    source: FundSource


@transaction.atomic
def ask(*, case_id: UUID, given: GrantInput, actor: Actor, at: datetime) -> Grant:
    """Ask for relief or a reward. Raises NotAllowedByLaw, NotAPerson, FundTooSmall, BadInput, NotFound."""
    case = access.locked_case_for(actor, case_id, Action.CONFIRM_PAYOUT)
    if given.fund not in FUND_KINDS or given.amount <= 0 or not given.why.strip() or actor.post_id is None:
        raise BadInput(reason=str(_("请填写大于零的金额和事由。")))
    ceiling = _ceiling(case, given, at)
    findings = conditions(given, ceiling=ceiling.total)
    if not findings.allowed:
        raise NotAllowedByLaw(
            conditions=[Condition(text=r.text, met=r.met, article=r.article) for r in findings.reasons]
        )
    grant = _grant(case, given, ceiling.total, actor, at)
    _require_money(grant)
    grant.save(force_insert=True)
    grant.decision = deciding.ask(
        case=case,
        kind=KIND,
        subject=grant.symbol,
        actor=actor,
        at=at,
        proposal={"fund": grant.fund, "source": grant.source},
        amount=grant.amount,
        why=grant.why,
    )
    grant.save(update_fields=["decision"])
    _record(grant, case, "funds.grant_asked", actor, at)
    return grant


def conditions(given: GrantInput, *, ceiling: Decimal) -> Findings:
    """Every condition of the law that was looked at: of relief, or of the reward for a tip."""
    if given.fund == AccountKind.REWARD:
        tip = law_relief.TipFacts(
            known_to_court=given.known_to_court, recovered=given.recovered, informer_excluded=given.informer_excluded
        )
        return law_relief.may_pay_bounty(facts=tip)
    facts = law_relief.ReliefFacts(
        urgent_hardship=True,
        kind_covered=given.hardship in Hardship.values,
        debtor_unable=given.debtor_unable,
        relieved_before=given.again,
        amount=given.amount,
        ceiling=ceiling,
    )
    return law_relief.may_relieve(facts=facts)


def _ceiling(case: Case, given: GrantInput, at: datetime) -> Reckoning:
    """The most relief (yuan): 36 months' wages of the region, never above what the debt still lacks."""
    day = clock.day_of(at)
    unpaid = queries.debt(case.matter, day).total
    return law_relief.relief_ceiling(
        monthly_wage=given.wage, award_unpaid=unpaid, rules=queries.rulebook(case.court, day)
    )


def _grant(case: Case, given: GrantInput, ceiling: Decimal, actor: Actor, at: datetime) -> Grant:
    relief, asker = given.fund == AccountKind.RELIEF, actor.post_id
    assert asker is not None
    key = uuid7()
    return Grant(
        id=key,
        court_id=case.court_id,
        case=case,
        number=f"{'JZ' if relief else 'XS'}{clock.day_of(at):%Y%m%d}-{key.hex[-6:].upper()}",
        fund=given.fund,
        source=given.source,
        hardship=given.hardship if relief else "",
        again=given.again,
        wage=given.wage,
        unpaid=queries.debt(case.matter, clock.day_of(at)).total,
        ceiling=ceiling if relief else ZERO,
        recovered=given.recovered,
        why=given.why.strip()[:500],
        amount=given.amount,
        asked_by_id=asker,
        asked_at=at,
        **(_person(case, given) if relief else _informer(given)),
    )


def _person(case: Case, given: GrantInput) -> dict[str, Any]:
    """The person relieved, with the account that two persons confirmed. Raises NotAPerson, PayeeAccountMissing."""
    if (
        given.payee is None
        or not Participation.objects.filter(case=case, party=given.payee, role__in=CLAIMING).exists()
    ):
        raise NotAPerson()
    known = PayeeAccount.objects.usable().filter(party=given.payee).first()
    if known is None:
        raise paying.PayeeAccountMissing(name=given.payee.name)
    return {
        "payee": given.payee,
        "payee_name": known.holder,
        "payee_account": known.account,
        "payee_bank": known.bank,
    }


def _informer(given: GrantInput) -> dict[str, Any]:
    """Who told, as it is typed: no party of the case, and confidential (财调23②). Raises BadInput."""
    if not given.payee_name.strip() or not given.payee_bank.strip():
        raise BadInput(reason=str(_("请填写举报人的户名、账号和开户行。")))
    return {
        "payee_name": given.payee_name.strip(),
        "payee_account": payees.account_number(given.payee_account),
        "payee_bank": given.payee_bank.strip(),
    }


def _require_money(grant: Grant) -> None:
    left = funding.available(grant.court_id, grant.fund, grant.source)
    if left < grant.amount:
        raise FundTooSmall(
            fund=grant.get_fund_display(),
            source=grant.get_source_display(),
            left=f"{left:,.2f}",
            amount=f"{grant.amount:,.2f}",
        )


def approve(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """Carry the last approval out: the money leaves the fund and waits for the payer. Raises FundTooSmall, SamePerson."""
    rows = Grant.objects.select_for_update(no_key=True, of=("self",)).select_related("asked_by__user", "payee")
    grant = rows.get(pk=decision.subject.partition(":")[2])
    grant.case = case
    opening.court_accounts(case.court)
    commands.run(
        court_id=case.court_id,
        key=f"grant:{grant.pk}",
        verb="funds.grant",
        inputs={"grant": grant.pk},
        at=at,
        act=lambda command: {"payouts": [one.pk for one in _draw(grant, decision, command, actor, at)]},
    )
    grant.state, grant.approved_at = GrantState.APPROVED, at
    grant.save(update_fields=["state", "approved_at"])
    _record(grant, case, "funds.grant_approved", actor, at)
    issuing.issue(case=case, kind=PAPER, subject=grant.symbol, actor=actor, at=at, decision=decision, signer=actor.name)


def _draw(grant: Grant, decision: Decision, command: Command, actor: Actor, at: datetime) -> list[Payout]:
    """One payout for each receipt of the fund that the grant takes from, the oldest first."""
    fund, reserve = (ledger.key_of(kind, grant.court_id) for kind in (AccountKind(grant.fund), AccountKind.GRANTS))
    locks.lock(fund, reserve)
    _require_money(grant)
    left, payouts = grant.amount, []
    for receipt, free in _free(grant):
        if left:
            amount = min(left, free)
            payouts.append(_payout(grant, receipt, amount, decision, command, actor, at))
            left -= amount
    return payouts


def _free(grant: Grant) -> Iterable[tuple[Receipt, Decimal]]:
    rows = funding.money_of(grant.court_id, grant.fund, grant.source).select_related("receipt__registered_by__user")
    for row in rows.order_by("receipt__received_at", "receipt_id"):
        taken = Payout.objects.filter(receipt=row.receipt, state__in=LIVE).aggregate(total=Sum("amount"))["total"]
        if free := row.receipt.amount - (taken or ZERO):
            yield row.receipt, free


def _payout(
    grant: Grant, receipt: Receipt, amount: Decimal, decision: Decision, command: Command, actor: Actor, at: datetime
) -> Payout:
    """Approved by the grant's own decision: asked, approved and paid by three persons like every payout."""
    persons.not_registrar(receipt, actor, str(_("审批发放")))
    key = uuid7()
    payout = Payout(
        id=key,
        court_id=grant.court_id,
        receipt=receipt,
        case=grant.case,
        payee_kind=PayeeKind(grant.fund),
        payee=grant.payee,
        payee_name=grant.payee_name,
        payee_account=grant.payee_account,
        payee_bank=grant.payee_bank,
        drawn_from=grant.fund,
        grant=grant,
        amount=amount,
        parts={PART[AccountKind(grant.fund)]: str(amount)},
        state=PayoutState.APPROVED,
        instruction_key=f"payout:{key}",
        decision=decision,
        drafted_at=at,
        confirmed_by=grant.asked_by,
        confirmed_at=grant.asked_at,
        approved_by_id=actor.post_id,
        approved_at=at,
    )
    payout.save(force_insert=True)
    moving.set_aside(payout, command, at)
    paying.record(payout, grant.case, "funds.payout_approved", actor, at)
    return payout


def _record(grant: Grant, case: Case, verb: str, actor: Actor, at: datetime) -> None:
    facts = Granted(
        amount=grant.amount,
        payee=Symbol(grant.payee.symbol if grant.payee else ""),
        fund=AccountKind(grant.fund),
        source=FundSource(grant.source),
    )
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=grant.symbol, facts=facts)
