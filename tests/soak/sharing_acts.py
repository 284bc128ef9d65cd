"""Money for several creditors: a plan is drawn up, joined, approved and served, objected to, and divided as far as it may be."""

from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q

from cases.models import Case, Participation, Service
from cases.services import serving
from funds.kinds import PayoutState
from funds.kinds.distribution import ObjectionStage, Outcome, PlanRank, PlanStage
from funds.models import DistributionPlan, Payout, PlanObjection, PlanSource, Receipt
from funds.services import distributing, joining, objecting, resolving
from funds.services.shares import Wanted
from kernel import clock
from kernel.money import FEN
from tests.soak.acts import Act, Choose, Doing, What, one, texts
from tests.soak.court import Setting
from tests.soak.plan import Step

S = ObjectionStage
RUNNING = (PlanStage.ISSUED, PlanStage.PARTLY)
PAPERS = ("funds.distributionplan:", "funds.planobjection:")


def _shared(setting: Setting) -> list[UUID]:
    """The cases against a person: others execute against him as well."""
    rows = Participation.objects.filter(case__court=setting.court, role="DEBTOR", party__kind="PERSON")
    return list(rows.order_by("case_id").values_list("case_id", flat=True))


def _drawable(setting: Setting, step: Step) -> What | None:
    rows = Receipt.objects.owned().filter(court=setting.court, case__in=_shared(setting), paid_at=None)
    waiting = PlanSource.objects.filter(ended_at=None).values("receipt")
    moving = Payout.objects.filter(court=setting.court).exclude(state__in=[PayoutState.DRAFT, PayoutState.VOID])
    rows = rows.exclude(pk__in=waiting).exclude(pk__in=moving.values("receipt")).order_by("pk")
    chosen = one(texts(rows.values_list("pk", flat=True)), step)
    return {"receipt": chosen} if chosen else None


def _draw(doing: Doing) -> str:
    executor = doing.setting.who("executor")
    return str(distributing.draw(receipt_ids=[UUID(doing.what["receipt"])], actor=executor, at=doing.at).pk)


def _plans(*stages: PlanStage) -> Choose:
    def choose(setting: Setting, step: Step) -> What | None:
        rows = DistributionPlan.objects.filter(court=setting.court, stage__in=stages).order_by("pk")
        chosen = one(texts(rows.values_list("pk", flat=True)), step)
        return {"plan": chosen} if chosen else None

    return choose


def _plan(doing: Doing) -> DistributionPlan:
    return DistributionPlan.objects.get(pk=doing.what["plan"])


def _inside(plan: DistributionPlan) -> set[UUID]:
    return set(plan.claims.filter(dropped_at=None).values_list("case_id", flat=True))


def _join(doing: Doing) -> str:
    """Every other case against the debtor takes part, one after the other."""
    plan, executor = _plan(doing), doing.setting.who("executor")
    others = Case.objects.open().filter(participations__party=plan.debtor, participations__role="DEBTOR")
    for case in others.exclude(pk__in=_inside(plan)).order_by("pk"):
        joining.join(plan_id=plan.pk, case_id=case.pk, asked_on=clock.today(), actor=executor, at=doing.at)
    return str(len(_inside(plan)))


def _askable(setting: Setting, step: Step) -> What | None:
    """Plans in which somebody shares, and which nobody decides yet."""
    rows = DistributionPlan.objects.filter(court=setting.court, stage=PlanStage.DRAFT).exclude(decision__state="ASKED")
    shared = rows.annotate(creditors=Count("claims__party", filter=Q(claims__dropped_at=None), distinct=True))
    chosen = one(texts(shared.filter(creditors__gt=1).order_by("pk").values_list("pk", flat=True)), step)
    return {"plan": chosen} if chosen else None


def _ask(doing: Doing) -> str:
    executor = doing.setting.who("executor")
    return str(distributing.ask(plan_id=_plan(doing).pk, why="请批准", actor=executor, at=doing.at).pk)


def _discard(doing: Doing) -> str:
    executor = doing.setting.who("executor")
    return distributing.discard(plan_id=_plan(doing).pk, why="申请撤回", actor=executor, at=doing.at).stage


def _unserved(setting: Setting, step: Step) -> What | None:
    rows = Service.objects.filter(case__court=setting.court, served_on=None).select_related("document").order_by("pk")
    papers = sorted({str(row.document_id) for row in rows if row.document.subject.startswith(PAPERS)})
    chosen = one(papers, step)
    return {"paper": chosen} if chosen else None


def _serve(doing: Doing) -> str:
    """A paper reaches everybody, one after the other."""
    executor, rows = doing.setting.who("executor"), Service.objects.filter(document=doing.what["paper"], served_on=None)
    for row in rows.order_by("pk"):
        serving.record(service_id=row.pk, method="DIRECT", served_on=clock.today(), actor=executor, at=doing.at)
    return "served"


def _disputable(setting: Setting, step: Step) -> What | None:
    """A creditor who has not objected yet, and the row of another whose claim he wants halved."""
    found = _plans(*RUNNING)(setting, step)
    if found is None:
        return None
    rows = DistributionPlan.objects.get(pk=found["plan"]).claims.filter(dropped_at=None, rank=PlanRank.ORDINARY)
    claims = list(rows.exclude(party=None).order_by("pk").values_list("pk", "party_id", "amount"))
    if len(claims) < 2:
        return None
    place = int(step.pick * len(claims))
    about, mine = claims[place], claims[place - 1]
    half = (Decimal(about[2]) / 2).quantize(FEN)
    return {**found, "party": str(mine[1]), "claim": str(about[0]), "amount": str(half)}


def _object(doing: Doing) -> str:
    what = doing.what
    row = objecting.make(
        plan_id=UUID(what["plan"]),
        party_id=UUID(what["party"]),
        grounds="一半已经清偿",
        wants={UUID(what["claim"]): Wanted(amount=Decimal(what["amount"]), rank=PlanRank.ORDINARY)},
        actor=doing.setting.who("executor"),
        at=doing.at,
    )
    return str(row.pk)


def _disputes(setting: Setting, step: Step) -> What | None:
    rows = PlanObjection.objects.filter(plan__court=setting.court, ended_at=None).order_by("pk")
    chosen = one(texts(rows.values_list("pk", flat=True)), step)
    return {"objection": chosen, "outcome": Outcome.UPHELD if step.number % 2 else Outcome.REJECTED} if chosen else None


def _withdraw(doing: Doing) -> str:
    executor, key = doing.setting.who("executor"), UUID(doing.what["objection"])
    return resolving.withdraw(objection_id=key, why="双方核对后撤回", actor=executor, at=doing.at).stage


def _advance(doing: Doing) -> str:
    """The dispute goes one step on, to the judgment on it."""
    row, executor = PlanObjection.objects.get(pk=doing.what["objection"]), doing.setting.who("executor")
    if row.stage == S.MADE:
        objecting.notify(objection_id=row.pk, actor=executor, at=doing.at)
    elif row.stage == S.NOTIFIED:
        others = row.plan.claims.filter(dropped_at=None).exclude(party=row.party).exclude(party=None)
        party = others.order_by("pk").values_list("party_id", flat=True)[0]
        objecting.oppose(objection_id=row.pk, party_id=party, grounds="没有清偿", actor=executor, at=doing.at)
    elif row.stage == S.OPPOSED:
        objecting.tell(objection_id=row.pk, actor=executor, at=doing.at)
    elif row.stage == S.TOLD:
        today = clock.today()
        resolving.sue(objection_id=row.pk, sued_on=today, number="民初异议之诉", actor=executor, at=doing.at)
    else:
        outcome, why = doing.what["outcome"], "生效判决"
        resolving.decide(objection_id=row.pk, outcome=outcome, on=clock.today(), why=why, actor=executor, at=doing.at)
    return str(row.pk)


ACTS = {
    "draw_plan": Act(_drawable, _draw),
    "join_plan": Act(_plans(PlanStage.DRAFT), _join),
    "ask_plan": Act(_askable, _ask),
    "discard_plan": Act(_plans(PlanStage.DRAFT), _discard),
    "serve_paper": Act(_unserved, _serve),
    "object": Act(_disputable, _object),
    "withdraw": Act(_disputes, _withdraw),
    "advance": Act(_disputes, _advance),
}
