"""The court that is soaked: its people, its account at the bank, its cases. Made once, found again by every process."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from accounts.actors import Actor
from accounts.models import Court, Team
from cases.kinds import ItemNature
from cases.models import Case, Party
from cases.services import assigning, filing, trial
from funds.kinds.apart import RemittanceKind
from funds.models import MainAccount, SubAccount
from funds.services import opening, outlets
from gateways.services import delivering
from kernel import clock
from tests import factories
from tests.cast import Cast
from tests.funds.conftest import MAIN, PREFIX, Vault
from tests.soak.bank import Bank
from tests.soak.squeezing import AT_THE_BANK

AGAINST_ONE = 3
"""Creditors with a case each against one person, who share what comes."""


@dataclass
class Setting:
    """Where the commands happen: the court's people and money, and its bank."""

    cast: Cast
    vault: Vault
    bank: Bank

    def who(self, name: str) -> Actor:
        """The actor of one of the cast."""
        return self.vault.who(name)

    @property
    def court(self) -> Court:
        """The court."""
        return self.cast.xixian


def found(bank: Bank, cases: int) -> None:
    """Open the court, its account at the bank and so many execution cases."""
    bank.tell("POST", "/bank/accounts", {"account": MAIN, "sub_prefix": PREFIX, "opening_balance": "0.00"})
    bank.tell("POST", "/control/settings", AT_THE_BANK)
    cast = Cast()
    cast.everyone()
    main = opening.open_court(
        court=cast.xixian,
        number=MAIN,
        bank="中国农业银行隰县支行",
        holder="隰县人民法院执行款专户",
        sub_prefix=PREFIX,
        actor=cast.actor(cast.administrator),
        at=clock.now(),
    )
    outlets.enter(
        kind=RemittanceKind.FEES,
        holder="隰县财政局非税收入户",
        number="1410000000000099",
        bank="农业银行隰县支行",
        actor=cast.actor(cast.administrator),
        at=clock.now(),
    )
    setting = Setting(cast, Vault(cast, main), bank)
    for seed in range(cases):
        open_case(setting, seed=seed, amount=Decimal(1_000 + 7_919 * seed))
    for seed in range(AGAINST_ONE):
        open_shared(setting, seed=seed, amount=Decimal(30_000 + 13_001 * seed))
    _first_money(setting)


def _first_money(setting: Setting) -> None:
    """Something for every case, and something for none, so that there is work from the first command on."""
    numbers = SubAccount.objects.filter(court=setting.court).order_by("opened_at").values_list("number", flat=True)
    for place, number in enumerate([*numbers, *numbers, "0"]):
        body = {"account": MAIN, "to_sub_account": number, "amount": f"{700 + 137 * place}.00", "payer_name": "刘某"}
        setting.bank.tell("POST", "/bank/pay-in", {**body, "key": f"first:{place}"})
    delivering.drain(at=clock.now(), court=setting.court)


def find(bank: Bank) -> Setting:
    """The court as another process of the soak finds it."""
    cast = Cast()
    cast.__dict__["xixian"] = Court.objects.get(code="晋1031")
    cast.__dict__["team"] = Team.objects.get(name="实施一组")
    main = MainAccount.objects.select_related("court").get(court=cast.xixian)
    return Setting(cast, Vault(cast, main), bank)


def open_case(setting: Setting, *, seed: int, amount: Decimal) -> Case:
    """File, try and judge a dispute in the past and execute it now; every second case without a fee."""
    setting.vault.at = clock.now()
    today = clock.today()
    case = setting.vault.execution(
        amount=str(amount),
        fee=seed % 2 == 0,
        seed=seed,
        judged_on=today - timedelta(days=170),
        effective_on=today - timedelta(days=150),
        due_on=today - timedelta(days=130),
    )
    if seed % 4:  # texts to telephones are no money; a quarter of the cases has them all the same
        Party.objects.filter(participations__case__matter=case.matter).update(phone="")
    opening.open_for(case, at=setting.vault.at)
    return case


def open_shared(setting: Setting, *, seed: int, amount: Decimal) -> Case:
    """One more creditor of 赵某, with a judgment and an execution of his own; the first case has a fee."""
    vault, today = setting.vault, clock.today()
    vault.at = clock.now()
    clerk, judge = vault.who("filing_clerk"), vault.who("trial_judge")
    filed, judged, effective = (clock.at_time(today - timedelta(days=days), 9) for days in (200, 170, 150))
    given = filing.Filing(
        cause="民间借贷纠纷",
        plaintiffs=[factories.person(f"债权人{seed + 1}", 990 + seed)],
        defendants=[factories.person("赵某", 989)],
        claimed=amount,
    )
    civil = filing.file_civil(court=setting.court, filing=given, actor=clerk, at=filed)
    trial.begin(case_id=civil.pk, judge=setting.cast.trial_judge, actor=clerk, at=filed)
    payer, payee = (civil.participations.get(role=role).party for role in ("DEFENDANT", "PLAINTIFF"))
    due = today - timedelta(days=130)
    item = trial.ItemInput(amount=amount, payers=[payer], payee=payee, due_on=due, nature=ItemNature.COSTS)
    trial.judge(case_id=civil.pk, items=[item], judged_on=clock.day_of(judged), actor=judge, at=judged)
    trial.take_effect(case_id=civil.pk, effective_on=clock.day_of(effective), actor=judge, at=effective)
    case = filing.file_execution(basis_id=civil.pk, actor=clerk, at=vault.at)
    case = assigning.assign(case_id=case.pk, officer=setting.cast.executor, actor=clerk, at=vault.at)
    vault.payee_account(payee, case)
    if seed:
        Case.objects.filter(pk=case.pk).update(fee=None)
    opening.open_for(case, at=vault.at)
    return case
