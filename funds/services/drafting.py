"""Drafts: a proposal becomes payouts that wait for the executor. A draft reserves nothing and can be drawn up again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases.declaring import Symbol
from cases.models import Case, Party
from cases.services import recording
from cases.services.recording import Happening
from funds.kinds import LIVE, PayeeKind, PayoutState
from funds.models import MainAccount, PayeeAccount, Payout, Receipt
from funds.services import finding, splitting
from funds.services.splitting import Proposal, Share
from kernel import canonical, reading, writing
from kernel.keys import uuid7
from kernel.money import ZERO
from kernel.reading import Columns
from kernel.refusals import BadInput, Refusal

FEE_HOLDER = _("本院诉讼费用")
_USABLE = Columns(PayeeAccount, "usable", "party", "holder", "account", "bank")
_ACCOUNTS = f"""
    SELECT {_USABLE}
      FROM funds_payeeaccount AS usable
     WHERE party_id = ANY(%s) AND confirmed_at IS NOT NULL AND ended_at IS NULL
"""


class NothingLeft(Refusal):
    """Every fen of the receipt is in a payout already."""

    message = _("这笔来款已全部安排发放，没有可再拟发放的金额。")


class TooMuch(Refusal):
    """More than what is left of the receipt."""

    message = _("金额 %(amount)s 元超过这笔来款尚未安排的 %(left)s 元。")


@dataclass(frozen=True)
class Drafted:
    """Facts of funds.payout_drafted: yuan, to whom, of which receipt, and whether it takes the whole of it."""

    amount: Decimal
    payee_kind: PayeeKind
    payee: Symbol
    receipt: Symbol
    whole: bool = False


@dataclass(frozen=True)
class SplitNeeded:
    """Facts of funds.split_needed: what of the receipt has no payee yet (yuan)."""

    amount: Decimal


def draft(*, receipt: Receipt, case: Case, proposal: Proposal, actor: Actor, at: datetime) -> list[Payout]:
    """Keep the proposal with the receipt and draft a payout for every share; say so when a part has no payee."""
    receipt.case, receipt.split = case, canonical.plain(proposal.as_dict())
    receipt.save(update_fields=["split"])
    payouts, happenings = draft_all([(receipt, proposal)], at=at)
    writing.insert(payouts)
    recording.record_all(happenings, actor=actor, at=at)
    return payouts


def draft_all(proposals: Sequence[tuple[Receipt, Proposal]], *, at: datetime) -> tuple[list[Payout], list[Happening]]:
    """A payout for every share of receipts, which the caller writes; and what is to be recorded, in the receipts' order.

    A part that has no payee is said.
    """
    shares = [(receipt, share) for receipt, proposal in proposals for share in _fee_last(proposal)]
    payees = Payees(share.party for _receipt, share in shares)
    payouts = [_payout(receipt, share, payees, at) for receipt, share in shares]
    return payouts, [
        *(drafted(payout) for payout in payouts),
        *(
            Happening(
                case=case_of(receipt),
                verb="funds.split_needed",
                subject=receipt.symbol,
                facts=SplitNeeded(amount=proposal.unassigned),
            )
            for receipt, proposal in proposals
            if proposal.unassigned
        ),
    ]


def case_of(receipt: Receipt) -> Case:
    """The case of a receipt that has one."""
    assert receipt.case is not None
    return receipt.case


def _fee_last(proposal: Proposal) -> list[Share]:
    return sorted(proposal.shares, key=lambda share: share.kind == PayeeKind.COURT)


@transaction.atomic
def assign(*, receipt_id: UUID, party: Party, amount: Decimal, why: str, actor: Actor, at: datetime) -> Payout:
    """Draft a payout by hand where the law gave no payee, or again after one was voided. Raises TooMuch, BadInput.

    Only a party of the case can be named; the amount (yuan) is at most what no other payout of the receipt takes.
    """
    receipt, case = finding.receipt_for(actor, receipt_id, Action.CONFIRM_PAYOUT)
    if not case.participations.filter(party=party).exists():
        raise BadInput(reason=str(_("收款人必须是本案当事人。")))
    if not why.strip():
        raise BadInput(reason=str(_("请写明这样安排的依据。")))
    left = unassigned(receipt)
    if not 0 < amount <= left:
        raise TooMuch(amount=f"{amount:,.2f}", left=f"{left:,.2f}")
    share = Share(PayeeKind.PARTY, amount, {splitting.BY_HAND: amount}, why.strip(), party)
    return _draft(receipt, case, share, actor, at)


@transaction.atomic
def redraft(*, receipt_id: UUID, actor: Actor, at: datetime) -> list[Payout]:
    """Draw the payouts up again from the kept proposal for whatever is not in a payout. Raises NothingLeft."""
    receipt, case = finding.receipt_for(actor, receipt_id, Action.CONFIRM_PAYOUT)
    left = unassigned(receipt)
    if not left:
        raise NothingLeft()
    payouts = []
    for share in _kept_shares(receipt):
        taken = _taken(receipt, share)
        if (rest := min(share.amount - taken, left)) > 0:
            parts = share.parts if rest == share.amount else {splitting.BY_HAND: rest}
            again = Share(share.kind, rest, parts, share.basis, share.party)
            payouts.append(_draft(receipt, case, again, actor, at))
            left -= rest
    if not payouts:
        raise NothingLeft()
    return payouts


def unassigned(receipt: Receipt) -> Decimal:
    """What of a receipt is in no live payout (yuan)."""
    taken = Payout.objects.filter(receipt=receipt, state__in=LIVE).values_list("amount", flat=True)
    total: Decimal = receipt.amount - sum(taken, ZERO)
    return total


def _kept_shares(receipt: Receipt) -> list[Share]:
    rows = receipt.split.get("shares", [])
    keys = [row["party"].partition(":")[2] for row in rows if row["party"]]
    parties = {party.symbol: party for party in Party.objects.filter(pk__in=keys)}
    return [
        Share(
            PayeeKind(row["kind"]),
            Decimal(row["amount"]),
            {part: Decimal(amount) for part, amount in row["parts"].items()},
            row["basis"],
            parties.get(row["party"]),
        )
        for row in rows
    ]


def _taken(receipt: Receipt, share: Share) -> Decimal:
    rows = Payout.objects.filter(receipt=receipt, payee_kind=share.kind, payee=share.party, state__in=LIVE)
    return sum(rows.values_list("amount", flat=True), ZERO)


def _draft(receipt: Receipt, case: Case, share: Share, actor: Actor, at: datetime) -> Payout:
    payout = _payout(receipt, share, Payees([share.party]), at)
    payout.save(force_insert=True)
    announce(payout, case=case, actor=actor, at=at)
    return payout


def _payout(receipt: Receipt, share: Share, payees: "Payees", at: datetime) -> Payout:
    key = uuid7()
    return Payout(
        id=key,
        court_id=receipt.court_id,
        receipt=receipt,
        case=receipt.case,
        payee_kind=share.kind,
        payee=share.party,
        amount=share.amount,
        parts=canonical.plain(share.parts),
        state=PayoutState.DRAFT,
        instruction_key=f"payout:{key}",
        drafted_at=at,
        **payees.of(receipt, share),
    )


def announce(payout: Payout, *, case: Case, actor: Actor, at: datetime) -> None:
    """Record that a payout waits for the executor."""
    row = drafted(payout)
    recording.record(case=case, verb=row.verb, actor=actor, at=at, subject=row.subject, facts=row.facts)


def drafted(payout: Payout) -> Happening:
    """The event of a payout that waits for the executor."""
    facts = Drafted(
        amount=payout.amount,
        payee_kind=PayeeKind(payout.payee_kind),
        payee=Symbol(payout.payee.symbol if payout.payee else ""),
        receipt=Symbol(payout.receipt.symbol),
        whole=payout.amount == payout.receipt.amount,
    )
    return Happening(case=payout.case, verb="funds.payout_drafted", subject=payout.symbol, facts=facts)


def payee_of(receipt: Receipt, case: Case, share: Share) -> dict[str, str]:
    """Name, account and bank of a payee as they are known now; an empty account must be filled before confirmation."""
    return Payees([share.party]).of(receipt, share)


class Payees:
    """The accounts of payees as they are known now, read once for all of them."""

    def __init__(self, parties: Iterable[Party | None]) -> None:
        wanted = {party.pk for party in parties if party}
        rows = map(_USABLE.row, reading.answers(_ACCOUNTS, list(wanted))) if wanted else ()
        self._known = {row.party_id: row for row in rows}

    def of(self, receipt: Receipt, share: Share) -> dict[str, str]:
        """Name, account and bank of a payee; an empty account must be filled before confirmation."""
        if share.kind == PayeeKind.COURT:
            return _payee(str(FEE_HOLDER), "", "")
        if share.kind == PayeeKind.PAYER:
            return _payee(receipt.payer_name, receipt.payer_account, receipt.payer_bank)
        if share.kind == PayeeKind.TREASURY:
            return _treasury(receipt.court_id)
        assert share.party is not None
        known = self._known.get(share.party.pk)
        return _payee(known.holder, known.account, known.bank) if known else _payee(share.party.name, "", "")


def _treasury(court_id: UUID) -> dict[str, str]:
    main = MainAccount.objects.filter(court_id=court_id).first()
    return _payee(main.treasury_holder, main.treasury_number, main.treasury_bank) if main else _payee("", "", "")


def _payee(name: str, account: str, bank: str) -> dict[str, str]:
    return {"payee_name": name, "payee_account": account, "payee_bank": bank}
