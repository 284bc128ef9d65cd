"""The court that is soaked: its people, its account at the bank, its cases. Made once, found again by every process."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from accounts.actors import Actor
from accounts.models import Court, Team
from cases.models import Case, Party
from funds.models import MainAccount
from funds.services import opening
from kernel import clock
from tests.cast import Cast
from tests.funds.conftest import MAIN, PREFIX, Vault
from tests.soak.bank import Bank
from tests.soak.squeezing import AT_THE_BANK


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
    setting = Setting(cast, Vault(cast, main), bank)
    for seed in range(cases):
        open_case(setting, seed=seed, amount=Decimal(1_000 + 7_919 * seed))


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
