"""Derive every balance anew and, when the bank's figure is given, compare it: `manage.py reconcile --court 晋1031`."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actors import Actor
from accounts.models import Court
from funds import ledger
from funds.kinds import AccountKind
from funds.models import MainAccount
from funds.services import reconciling
from kernel import clock, money


class Command(BaseCommand):
    help = "Re-derive every balance from the transfers; with --closing compare the bank's closing balance of the day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--court", help="code of one court; every court by default")
        parser.add_argument("--on", help="day, YYYY-MM-DD; today by default")
        parser.add_argument("--closing", help="the bank's closing balance in yuan (with --court)")

    def handle(self, *args: Any, **options: Any) -> None:
        on = date.fromisoformat(options["on"]) if options["on"] else clock.today()
        if options["closing"] and not options["court"]:
            raise CommandError("--closing needs --court")
        closing = self._amount(options["closing"])
        courts = [main.court for main in MainAccount.objects.select_related("court").order_by("court__code")]
        wanted = [court for court in courts if options["court"] in (None, court.code)]
        if not wanted:
            raise CommandError("no such court with a main account")
        if not all([self._compare(court, on, closing) for court in wanted]):
            raise CommandError("the books do not agree; payouts are stopped")

    def _amount(self, typed: str | None) -> Decimal | None:
        try:
            return money.read(typed) if typed else None
        except money.Unreadable as error:
            raise CommandError(str(error)) from error

    def _compare(self, court: Court, on: date, closing: Decimal | None) -> bool:
        row = reconciling.reconcile(
            court=court, on=on, actor=Actor.system(court, "clock"), at=clock.now(), bank_closing=closing
        )
        sums = ledger.trial_balance(court.pk)
        self.stdout.write(
            f"{court.code} {on}: ledger {row.ledger_closing} bank {row.bank_closing} differ {row.difference}"
        )
        for kind, total in sums.items():
            if total:
                self.stdout.write(f"  {kind.value:9} {-total if kind == AccountKind.BANK else total}")
        for wrong in row.wrong_accounts:
            self.stdout.write(f"  wrong {wrong['key']}: {wrong['balance']}, by its transfers {wrong['derived']}")
        for candidate in row.candidates:
            self.stdout.write(f"  {candidate['on']} {candidate['amount']} {candidate['what']} {candidate['reference']}")
        return row.agrees
