"""What the phone shows of one case: where it stands, what comes next, what the reader can do, the money."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import facts, queries, sentences
from cases.declaring import DUTIES
from cases.kinds import EXECUTION_KINDS, Audience, CaseKind
from cases.models import Case, Duty, Participation, Party, Performance
from cases.queries import disclosing, liable
from cases.sentences import Entry
from cases.stages import spine_of
from funds import relays
from funds.kinds import RESERVED, PayoutState
from funds.models import Payout
from kernel import clock
from kernel.templatetags import dates
from kernel.templatetags.countdowns import countdown
from portal.access import Reader, side
from portal.services import approaching, submitting

# The stages of a long spine are told in five words at most.
PHONE_STAGES = (
    ("FILED", gettext_lazy("立案")),
    ("NOTIFIED", gettext_lazy("通知")),
    ("INQUIRED", gettext_lazy("查财产")),
    ("IMPLEMENTING", gettext_lazy("强制")),
    ("PAYING", gettext_lazy("发钱")),
)
FOLDED = {"DISPOSAL": "IMPLEMENTING"}


def portal(reader: Reader, row: Participation | None = None, tab: str = "") -> dict[str, Any]:
    """Context of the phone's frame."""
    base: dict[str, Any] = {
        "court_name": reader.party.court.name,
        "home_url": reverse("portal:home"),
        "sign_out_url": reverse("portal:sign_out"),
        "menu": [],
    }
    if row is None:
        return base
    slug = row.case.slug
    tabs = [("progress", _("进度"), "progress"), ("money", _("钱款"), "cash"), ("story", _("经过"), "clock")]
    return base | {
        "number": row.case.number,
        "role_label": _("您是%(role)s") % {"role": row.get_role_display()},
        "role_url": reverse("portal:home") if len(reader.participations) > 1 else "",
        "tabs": [
            {"label": label, "url": reverse(f"portal:{name}", args=[slug]), "icon": icon, "active": name == tab}
            for name, label, icon in tabs
        ],
    }


def stages(case: Case) -> list[dict[str, str]]:
    """The stage bar: at most five stages with their state."""
    spine = spine_of(case.kind)
    names = PHONE_STAGES if case.kind in EXECUTION_KINDS else tuple(spine.stages.items())
    order = [name for name, _label in names]
    now = FOLDED.get(case.stage, case.stage)
    place = order.index(now) if now in order else len(order)
    closed = not case.is_open
    return [
        {
            "label": str(label),
            "note": "",
            "state": "done" if closed or index < place else ("now" if index == place else "todo"),
        }
        for index, (_name, label) in enumerate(names)
    ]


def entries(case: Case, audience: Audience) -> list[Entry]:
    """The story in plain words, newest first; entries without plain words are left out."""
    found = sentences.describe(disclosing.visible_events(case, audience), audience)
    return [entry for entry in found if entry.plain]


@dataclass(frozen=True)
class Next:
    """What comes next, by whom and by when."""

    what: str
    by: str
    left: Any


def coming(case: Case, audience: Audience, at: datetime) -> dict[str, Any] | None:
    """The next duty of the court on the case that the party may know: its title, holder and date."""
    hidden = {"cases.decide", "cases.mend", "cases.execute_in_time"}
    if audience == Audience.DEBTOR:
        hidden |= {kind.kind for kind in DUTIES if kind.tags & {"inquiry", "property", "sanction"}}
    duty = (
        Duty.objects.filter(case=case, closed_at__isnull=True, due_at__isnull=False)
        .exclude(kind__in=hidden)
        .select_related("holder__user")
        .order_by("due_at")
        .first()
    )
    if duty is None or duty.due_at is None:
        return None
    last = clock.day_of(duty.due_at) if duty.due_on is None else duty.due_on
    holder = duty.holder.user.name if duty.holder else _("法院")
    return {
        "what": f"{holder} {DUTIES.get(duty.kind).title}",
        "by": _("%(day)s前") % {"day": dates.day_text(last, clock.day_of(at))},
        "left": countdown(duty.due_at, at, opened=duty.opened_at),
    }


def money(row: Participation, audience: Audience, at: datetime) -> dict[str, Any]:
    """The money of the case for one side (yuan): owed by this debtor or to be received, paid, on its way."""
    case, is_debtor = row.case, audience == Audience.DEBTOR
    statement = queries.debt(case.matter, clock.day_of(at))
    party = _debtor(row) if is_debtor else None
    owed, paid = liable.owed_by(statement, party), _paid(case)
    received = facts.read(facts.PAID_OUT, case=case, at=at)
    return {
        "statement": statement,
        "owed": owed,
        "daily": liable.growth_for(statement, party),
        "others": statement.total - owed,
        "differs": is_debtor and liable.differ(statement),
        "together": is_debtor and len(statement.by_payer) > 1,
        "paid": paid,
        "whole": statement.total + paid,
        "received": received,
        "on_its_way": facts.read(facts.IN_FUNDS, case=case, at=at),
        "account": facts.read(facts.SUB_ACCOUNT, case=case, at=at),
        "is_debtor": is_debtor,
        "coming": None if is_debtor else _on_its_way(case, _debtor(row), at),
    }


def _on_its_way(case: Case, party: Party, at: datetime) -> dict[str, Any] | None:
    """Money that is being paid to the reader: whose hands it is in now and how long is left, as the desk sees it."""
    live = Payout.objects.filter(case=case, payee=party, state__in=(PayoutState.DRAFT, *RESERVED))
    payouts = list(live.select_related("receipt").order_by("receipt__received_at", "pk"))
    if not payouts:
        return None
    receipt = payouts[0].receipt
    receipt.case = case
    now = relays.relay(receipt, at=at)
    return {
        "amount": sum((payout.amount for payout in payouts), Decimal("0.00")),
        "steps": now.steps,
        "step": f"{now.label} {now.holder}".strip(),
        "left": now.left,
    }


def cycle(case: Case, told: dict[str, Any], at: datetime) -> dict[str, Any] | None:
    """How many days from the filing of the execution until all the money was in hand, or how many have passed so far."""
    if case.kind not in EXECUTION_KINDS or told["is_debtor"]:
        return None
    filed, last = clock.day_of(case.filed_at), facts.read(facts.LAST_PAID_ON, case=case, at=at)
    if last is not None and not told["owed"] and not told["on_its_way"]:
        return {"done": True, "days": (last - filed).days}
    return {"done": False, "days": (clock.day_of(at) - filed).days} if case.is_open else None


def _debtor(row: Participation) -> Party:
    """The debtor whose account the reader sees: he himself, or whom the agent represents."""
    return row.represents.party if row.represents else row.party


def _paid(case: Case) -> Decimal:
    rows = Performance.objects.filter(matter=case.matter, revokes__isnull=True, revoked_by__isnull=True)
    return sum(rows.values_list("amount", flat=True), Decimal("0.00"))


def progress(reader: Reader, row: Participation, at: datetime) -> dict[str, Any]:
    """Everything of the first screen."""
    case, audience = row.case, side(row)
    story = entries(case, audience)
    last = {"what": story[0].plain, "at": story[0].at} if story else None
    owed = case.kind in EXECUTION_KINDS or case.kind == CaseKind.CIVIL
    told = money(row, audience, at) if owed else None
    return {
        "portal": portal(reader, row, "progress"),
        "case": case,
        "stages": stages(case),
        "last": last,
        "coming": coming(case, audience, at) if case.is_open else None,
        "can": _can(row, audience),
        "ways": _ways(row, story),
        "money": told,
        "entries": story[:3],
        "cycle": cycle(case, told, at) if told else None,
        "audience": audience,
    }


def _ways(row: Participation, story: list[Entry]) -> list[dict[str, str]]:
    """What else a reader can do, below what happened."""
    case, found = row.case, []
    if case.kind in EXECUTION_KINDS:
        url = reverse("portal:objection", args=[case.slug])
        found.append({"icon": "gavel", "label": _("提出执行异议"), "note": _("对执行行为或者财产归属不服"), "url": url})
    if story:
        url, note = reverse("portal:verify", args=[case.slug]), _("看记录有没有被改过")
        found.append({"icon": "shield", "label": _("核验记录"), "note": note, "url": url})
    return found


def _can(row: Participation, audience: Audience) -> list[dict[str, str]]:
    case, slug = row.case, row.case.slug
    ways = [{"label": _("看经过"), "url": reverse("portal:story", args=[slug]), "icon": "clock"}]
    if audience == Audience.DEBTOR and case.is_open:
        ways.insert(0, {"label": _("怎么付款"), "url": reverse("portal:money", args=[slug]), "icon": "cash"})
        if case.kind in approaching.KINDS:
            ways.insert(
                1, {"label": _("还款调解"), "url": reverse("portal:approach", args=[slug]), "icon": "handshake"}
            )
    if submitting.may_enter_account(row):
        ways.insert(0, {"label": _("收款账户"), "url": reverse("portal:account", args=[slug]), "icon": "card"})
    if submitting.may_hurry(case):
        ways.append({"label": _("催一下"), "url": reverse("portal:hurry", args=[slug]), "icon": "bell"})
    return ways
