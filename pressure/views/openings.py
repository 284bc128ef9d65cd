"""What can be done on the ladder now, and how it is drawn: acts with their addresses, reasons why not, sections of advice."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from cases.models import Decision
from kernel import clock
from kernel.templatetags.dates import day_text
from law.listing import Ground
from pressure.models import ListingState, Sanction, SanctionKind, SanctionState
from pressure.queries import standings
from pressure.queries.advice import Fact
from pressure.queries.ladders import Ladder, Rung
from pressure.queries.standings import Standing


@dataclass(frozen=True)
class Opening:
    """The one main act (or the reason form of a limit), the others, and a sentence on why not now."""

    main: dict[str, Any] | None = None
    limit_url: str = ""
    others: tuple[dict[str, Any], ...] = ()
    note: str = ""
    decision_url: str = ""


def drawn(one: Rung) -> dict[str, Any]:
    """A rung as templates/_parts/ladder.html takes it."""
    lines = [{"head": head, "texts": texts} for head, texts in one.lines]
    return {"label": one.title, "note": one.note, "state": one.state, "lines": lines}


def sections(stairs: Ladder) -> list[dict[str, Any]]:
    """The advice's sections; there is always something in 反对的, or 未发现."""

    def rows(facts: tuple[Fact, ...]) -> list[dict[str, str]]:
        return [{"text": one.text, "source": one.source, "url": one.url} for one in facts]

    paid = stairs.standing.discharged
    found = [
        {"label": _("支持解除的") if paid else _("支持的"), "sign": "plus", "reasons": rows(stairs.supports)},
        {"label": _("反对的、要留意的"), "sign": "minus", "reasons": rows(stairs.against)},
    ]
    if stairs.not_listed:
        found.append({"label": _("为什么不列失信"), "sign": "minus", "reasons": rows(stairs.not_listed)})
    change = [{"text": text, "sign": "down"} for text in stairs.lowers]
    change += [{"text": text, "sign": "up"} for text in stairs.raises]
    if change:
        found.append({"label": _("什么会改变建议"), "sign": "down", "reasons": change})
    return found


def of(found: Standing, actor: Actor) -> Opening:
    """What the actor can do with the debtor now."""
    if not policy.may(actor, Action.PROPOSE_PRESSURE):
        return Opening(decision_url=_decision(found, actor), note=_("由承办团队提请，院长签发。"))
    if found.discharged:
        return _repair(found)
    if not found.case.is_open:
        return Opening(note=_("案件已结，不再采取新的措施。"))
    if found.asked:
        return Opening(
            note=_("已提请院长签发，等待审批。"), decision_url=_decision(found, actor), others=tuple(_rest(found))
        )
    if found.in_grace and found.warning and found.warning.last_day:
        next_day = clock.day_of(clock.end_of(found.warning.last_day))
        note = _("宽限期内不签发，%(day)s 0:00 起可送院长。") % {"day": day_text(next_day, found.day)}
        return Opening(
            note=note, others=(_row("extend", found.warning), _row("end_grace", found.warning), *_rest(found))
        )
    return _further(found)


def _further(found: Standing) -> Opening:
    """Outside a grace, with debt."""
    row = found.listing
    if row is not None and row.state == ListingState.DECIDED:
        over = row.grace_until < found.day
        note = "" if over else _("公布前宽限至 %(day)s。") % {"day": day_text(row.grace_until, found.day)}
        publish = _row("publish", row) | ({} if over else {"disabled": True, "why": _("宽限期未满")})
        return Opening(main=publish, others=tuple(_rest(found)), note=note)
    if found.warning is None and found.limit is None and row is None:
        return Opening(main=_of_party("warn", found), others=(_of_party("limit", found), *_rest(found)))
    if found.limit is None and row is None:
        url = reverse("pressure:limit", args=[found.case.slug, found.party.pk])
        return Opening(limit_url=url, others=(_of_party("warn", found), *_rest(found)))
    return Opening(others=tuple(_rest(found)))


def _rest(found: Standing) -> list[dict[str, Any]]:
    """Acts that are open besides the next one."""
    acts = []
    if found.listing is None and not found.in_grace and "listing" not in found.asked:
        acts.append(_of_party("list", found))
    if found.limit is not None and found.listing is None and "lift" not in found.asked:
        acts.append(_row("propose_lift", found.limit))
    if found.listing is not None and found.listing.last_day and found.listing.last_day < found.day:
        acts.append(_row("remove", found.listing))
    if not {"fine", "detention"} & set(found.asked):
        acts.append(_of_party("sanction_new", found))
    return acts


def _repair(found: Standing) -> Opening:
    """Everything is paid: what is to be ended, the gravest first."""
    acts = []
    if found.detained is not None:
        acts.append(_row("release", found.detained))
    if found.listing is not None and "early_removal" not in found.asked:
        at_once = found.listing.ground == Ground.ABLE_BUT_REFUSES or found.listing.state == ListingState.DECIDED
        acts.append(_row("remove" if at_once else "early_removal", found.listing))
    if found.limit is not None:
        waits = found.listing is not None
        acts.append(_row("lift", found.limit) | ({"disabled": True, "why": _("先删除失信")} if waits else {}))
    note = "" if acts else _("没有需要解除的惩戒。")
    return Opening(main=acts[0] if acts else None, others=tuple(acts[1:]), note=note)


def _words() -> dict[str, Any]:
    return {
        "warn": _("发出失信预警"),
        "limit": _("提请限制消费"),
        "list": _("提请纳入失信"),
        "sanction_new": _("提请罚款、拘留"),
        "extend": _("延长宽限"),
        "end_grace": _("提前结束宽限"),
        "propose_lift": _("提请解除限制"),
        "lift": _("解除限制消费"),
        "publish": _("公布失信信息"),
        "remove": _("删除失信信息"),
        "early_removal": _("提请提前删除"),
        "detain": _("登记收拘"),
        "tell_family": _("登记已通知家属"),
        "release": _("解除拘留"),
        "conclude": _("办结"),
    }


def _of_party(name: str, found: Standing) -> dict[str, Any]:
    url = reverse(f"pressure:{name}", args=[found.case.slug, found.party.pk])
    return {"label": _words()[name], "url": url, "panel": True}


def _row(name: str, row: Any) -> dict[str, Any]:
    return {"label": _words()[name], "url": reverse(f"pressure:{name}", args=[row.pk]), "panel": True}


def sanctions(found: Standing, actor: Actor) -> list[dict[str, Any]]:
    """Fines and detentions of the debtor, with what is to be done about each."""
    return [_sanction(row, found, actor) for row in found.sanctions]


def _sanction(row: Sanction, found: Standing, actor: Actor) -> dict[str, Any]:
    proposing = policy.may(actor, Action.PROPOSE_PRESSURE)
    names = []
    if row.state == SanctionState.DECIDED and proposing:
        names = ["detain"] if row.kind == SanctionKind.DETENTION and not found.discharged else []
        names.append("conclude")
    if row.state == SanctionState.CARRIED_OUT:
        names = ["tell_family"] if row.family_told_at is None and policy.may(actor, Action.SERVE) else []
        names += ["release"] if proposing else []
    state = row.standing
    shapes = {
        SanctionState.ASKED: "idle",
        SanctionState.DECIDED: "running",
        SanctionState.CARRIED_OUT: "running",
        SanctionState.ENDED: "done",
        SanctionState.DROPPED: "closed",
    }
    return {
        "row": row,
        "measure": standings.measure_of(row),
        "state": shapes[state],
        "word": state.label,
        "acts": [_row(name, row) | {"small": True} for name in names],
    }


def _decision(found: Standing, actor: Actor) -> str:
    """The open question about the debtor, for who may see it."""
    keys = [row.pk for row in found.asked.values()]
    row = Decision.objects.visible_to(actor).filter(pk__in=keys).order_by("asked_at").first() if keys else None
    return reverse("cases:decision", args=[row.pk]) if row else ""
