"""The board of receipts, and the page of one: where it is, how it is split line by line, what became of it."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import policy
from accounts.access import allowed
from accounts.actors import Actor
from accounts.roles import Action, Scope
from cases.models import Party
from cases.views.answering import chip
from funds import queries, relays
from funds.kinds import NOT_OF_CASES, PayeeKind, ReceiptSource, ReceiptState
from funds.models import Payout, Receipt, Transfer
from funds.relays import Relay
from funds.services import bound, drafting, holding, needing, suggesting
from funds.services.splitting import part_label
from funds.views.acting import actor_of, receipt_of
from kernel import clock, paging
from kernel.money import ZERO
from kernel.templatetags.countdowns import span_text

TALLEST = 44  # pixels of the highest bar of the ageing board
SIDE = 3  # suggestions beside the board


@require_GET
@allowed(Action.SEE_FUNDS)
def receipts(request: HttpRequest) -> HttpResponse:
    """The day's equation, the ageing board, and every receipt with its relay, the oldest first."""
    actor, at = actor_of(request), clock.now()
    show = request.GET.get("show", "open")
    rows, order = _rows(actor, show)
    page = paging.page(rows.select_related("case"), order=order, token=request.GET.get("page", ""))
    found = queries.equation(actor.court_id) if _whole(actor) else None
    whole = found is not None
    context = {
        "page": page,
        "rows": [row_of(relay, at) for relay in relays.relays(list(page.rows), at=at)],
        "chips": _chips(request, show),
        "equation": found,
        "terms": terms(found) if found else [],
        "average": queries.average_days(actor.court_id, since=clock.day_of(at) - timedelta(days=30)) if whole else None,
        "columns": columns(relays.ageing(actor.court_id, at=at)) if whole else [],
        "unidentified": _oldest_unidentified(actor, at),
        "may": _rights(actor),
    }
    return render(request, "funds/receipts.html", context)


def _whole(actor: Actor) -> bool:
    """Whether the actor sees the money of the whole court."""
    return policy.scope(actor, Action.SEE_FUNDS) == Scope.COURT


def _rights(actor: Actor) -> dict[str, bool]:
    return {
        "import": policy.may(actor, Action.REGISTER_RECEIPT),
        "send": policy.may(actor, Action.SEND_PAYOUT),
        "export": policy.may(actor, Action.EXPORT),
        "claim": policy.may(actor, Action.CLAIM_MONEY),
        "confirm_claim": policy.may(actor, Action.CONFIRM_CLAIM),
        "reconcile": policy.may(actor, Action.RECONCILE),
        "books": _whole(actor),
    }


def _rows(actor: Actor, show: str) -> tuple[Any, tuple[str, str]]:
    seen = Receipt.objects.visible_to(actor)
    if show == "paid":
        return seen.owned().filter(paid_at__isnull=False), ("-received_at", "-id")
    if show == "all":
        return seen.exclude(state=ReceiptState.SUSPENSE), ("-received_at", "-id")
    rows = seen.owned().filter(paid_at__isnull=True)
    if show == "held":
        rows = rows.filter(queries.under_hold() | Q(deposited_at__isnull=False))
    if show == "late":
        rows = (
            rows.filter(deposited_at__isnull=True)
            .exclude(queries.under_hold())
            .filter(received_at__lt=clock.now() - timedelta(days=relays.LATE))
        )
    return rows, ("received_at", "id")


def _chips(request: HttpRequest, show: str) -> list[dict[str, Any]]:
    words = {
        "open": _("待发"),
        "late": _("超三日"),
        "held": _("延缓、提存"),
        "paid": _("已付清"),
        "all": _("全部"),
    }
    return [chip(request, word, show == name, show=name) for name, word in words.items()]


def terms(found: queries.Equation) -> list[dict[str, Any]]:
    """The equation for the part: bank = to pay + held + unidentified + fees."""
    rows = [
        {"sign": "", "label": _("银行余额"), "amount": found.bank, "url": reverse("funds:day")},
        {"sign": "=", "label": _("待发放 %(count)s 笔") % {"count": found.to_pay_count}, "amount": found.to_pay},
        {"sign": "+", "label": _("延缓、提存 %(count)s 笔") % {"count": found.held_count}, "amount": found.held},
        {
            "sign": "+",
            "label": _("不明款 %(count)s 笔") % {"count": found.unidentified_count},
            "amount": found.unidentified,
            "url": reverse("funds:unidentified"),
        },
        {"sign": "+", "label": _("待缴执行费"), "amount": found.fees},
    ]
    if found.apart:
        rows.append({"sign": "+", "label": _("救助金、悬赏金"), "amount": found.apart})
    return rows


def columns(board: list[relays.Column]) -> list[dict[str, Any]]:
    """The ageing board for the part; bars in proportion to the amounts."""
    highest = max((column.amount for column in board), default=ZERO) or Decimal(1)
    return [
        {
            "label": column.label,
            "count": column.count,
            "value": f"{column.amount / 10_000:,.2f}",
            "share": max(2, round(column.amount / highest * TALLEST)) if column.count else 0,
            "state": "held" if column.held else ("past" if column.late and column.count else ""),
        }
        for column in board
    ]


def row_of(relay: Relay, at: datetime) -> dict[str, Any]:
    """One receipt of the board."""
    receipt = relay.receipt
    waited = span_text(at - relay.since) if relay.since and relay.step != "done" else ""
    return {
        "receipt": receipt,
        "url": reverse("funds:receipt", args=[receipt.pk]),
        "relay": relay,
        "waited": _("已等 %(span)s") % {"span": waited} if waited else "",
        "payer": receipt.payer_name or receipt.get_source_display(),
    }


def _oldest_unidentified(actor: Actor, at: datetime) -> dict[str, Any] | None:
    rows = Receipt.objects.visible_to(actor).filter(state=ReceiptState.SUSPENSE).order_by("received_at", "id")
    first = rows.select_related("hint").first()
    if first is None:
        return None
    return {
        "receipt": first,
        "others": list(rows[1:5]),
        "suggestions": suggesting.suggest(first, actor=actor, at=at)[:SIDE],
    }


@require_GET
@allowed(Action.SEE_FUNDS)
def receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One receipt: relay, split line by line, payouts, movements, and what may be done with it now."""
    actor, at = actor_of(request), clock.now()
    found = receipt_of(request, pk)
    relay = relays.relay(found, at=at) if found.case and found.state != ReceiptState.DIVIDED else None
    payouts = list(Payout.objects.filter(receipt=found).select_related("replaces").order_by("drafted_at", "pk"))
    context = {
        "receipt": found,
        "relay": relay,
        "row": row_of(relay, at) if relay else None,
        "lines": split_lines(found),
        "payouts": payouts,
        "claims": found.claims.select_related("case", "asked_by__user", "decided_by__user").order_by("asked_at"),
        "hold": holding.in_force(found),
        "movements": Transfer.objects.filter(subject__in=[found.symbol, *(row.symbol for row in payouts)])
        .select_related("source", "destination")
        .order_by("at", "id"),
        "acts": acts_of(found, payouts, actor),
        "plan": bound.history_of(found),
        "open_question": found.split.get("open_question", ""),
    }
    return render(request, "funds/receipt.html", context)


def split_lines(found: Receipt) -> list[dict[str, Any]]:
    """The proposal by law, one line per part: who, what, how much, under which article."""
    shares = found.split.get("shares", [])
    keys = [share["party"].partition(":")[2] for share in shares if share["party"]]
    names = {party.symbol: party.name for party in Party.objects.filter(pk__in=keys).only("id", "name")}
    lines = []
    for share in shares:
        kind = PayeeKind(share["kind"])
        who = names.get(share["party"], kind.label if kind != PayeeKind.PAYER else found.payer_name)
        for part, amount in share["parts"].items():
            lines.append(
                {"label": str(who), "note": part_label(part), "amount": Decimal(amount), "detail": share["basis"]}
            )
    if found.state == ReceiptState.DIVIDED and (left := Decimal(found.split.get("unassigned", 0))):
        lines.append({"label": _("预留"), "amount": left, "detail": _("有争议，暂时预留")})
    return lines


def acts_of(found: Receipt, payouts: list[Payout], actor: Actor) -> list[dict[str, Any]]:
    """The acts that the actor may do on the receipt now; the first is the one that carries it on."""
    acts: list[dict[str, Any]] = []
    may = policy.may
    if plan := bound.plan_of(found):
        page = reverse("funds:plan", args=[plan.pk])
        return [{"label": _("看分配方案"), "url": page, "panel": False, "kind": "seal"}]
    if found.state == ReceiptState.DIVIDED:
        return []
    drafts = any(row.state == "DRAFT" for row in payouts)
    if found.case and may(actor, Action.CONFIRM_PAYOUT) and found.paid_at is None and found.state != "REVERSED":
        if drafts:
            acts.append(_act("funds:confirm_receipt", found, _("确认发放方案"), "seal"))
        if drafting.unassigned(found):
            acts.append(_act("funds:assign", found, _("确定收款人")))
            acts.append(_act("funds:redraft", found, _("按方案重拟")))
        if needing.plan(receipt=found, case=found.case) and found.source != ReceiptSource.DIVIDED:
            acts.append(_act("funds:distribute", found, _("制作分配方案")))
        acts.append(
            _act("funds:end_hold", found, _("解除延缓"))
            if holding.in_force(found)
            else _act("funds:hold", found, _("延缓发放"))
        )
    if found.case and may(actor, Action.CONFIRM_PAYOUT) and found.payer_id is None and found.state != "REVERSED":
        acts.append(_act("funds:donor", found, _("登记代付人")))
    if may(actor, Action.CLAIM_MONEY) and found.state not in NOT_OF_CASES:
        label = _("改记到别的案件") if found.case else _("认领到案件")
        acts.append(_act("funds:claim", found, label))
    if found.case and may(actor, Action.CONFIRM_CLAIM) and found.state != "REVERSED":
        acts.append(_act("funds:reverse", found, _("冲正")))
    return acts


def _act(name: str, found: Receipt, label: str, kind: str = "") -> dict[str, Any]:
    return {"label": label, "url": reverse(name, args=[found.pk]), "panel": True, "kind": kind}
