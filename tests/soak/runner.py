"""Runs the game: forks the workers, kills by the plan, looks at the house while it works, compares it every evening."""

import os
import shlex
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from django.db import OperationalError, connections

from accounts.models import Court
from enforcement.demo.worker import app
from funds.services import importing, reconciling
from gateways.models import FeedCursor, Message, MessageState
from gateways.services import parking
from kernel import clock
from tests.funds.conftest import MAIN
from tests.processes import Process, fork
from tests.soak import court, invariants, plan, report, witness
from tests.soak.bank import Bank, read_book
from tests.soak.invariants import Violation
from tests.soak.journal import Journal
from tests.soak.plant import Plant
from tests.soak.report import Figures
from tests.soak.squeezing import squeeze
from tests.soak.worker import Worker

CODE = "晋1031"
LOOK = 1.0  # seconds between two looks at the house
QUIET_WITHIN = 180.0  # seconds until an evening is quiet
DOWN = 0.3  # seconds for which a killed server stays down


@dataclass(frozen=True)
class Size:
    """How large a soak is: workers, commands of each, kills every so many commands, evenings, cases at the start."""

    workers: int = 3
    steps: int = 1_000
    kill_every: int = 60
    evenings: int = 6
    cases: int = 12
    seconds: float = 0.0


@dataclass
class Soak:
    """One game on one plant."""

    seed: int
    size: Size
    plant: Plant
    figures: Figures = field(init=False)
    processes: dict[str, Process] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.figures = Figures(self.seed, self.size.workers)
        self.bank = Bank(self.plant.outside)
        self.journals = [Journal(self.plant.folder, number) for number in range(self.size.workers)]
        total = self.size.workers * self.size.steps
        self.kills = list(plan.kills(self.seed, total, self.size.kill_every))
        self._looked = 0.0

    def run(self) -> Figures:
        """The whole game; its figures, with every violation."""
        squeeze(self.plant.outside)
        self._once("founder", partial(court.found, self.bank, self.size.cases))
        began = time.monotonic()
        try:
            for day in range(self.size.evenings):
                self._day(day)
                self._evening()
                if self.figures.violations or self._is_late(began):
                    break
        finally:
            self.figures.seconds = time.monotonic() - began
            for process in self.processes.values():
                process.kill()
        self._conclude()
        return self.figures

    def _is_late(self, began: float) -> bool:
        return 0 < self.size.seconds <= time.monotonic() - began

    def _day(self, day: int) -> None:
        """Everybody at work until every step of the day has its outcome."""
        each = self.size.steps // self.size.evenings
        works: dict[str, Callable[[], None]] = {"celery": _serve, "beat": partial(_beat, self.plant.folder)}
        for number in range(self.size.workers):
            hand = Worker(seed=self.seed, number=number, folder=self.plant.folder, bank=self.plant.outside)
            works[f"worker-{number}"] = partial(hand.run, day * each, (day + 1) * each)
        at_work = [name for name in works if name.startswith("worker")]
        for name, work in works.items():
            if name not in self.processes or self.processes[name].is_over():
                self._fork(name, work)
        while not self.figures.violations and any(self.processes[name].ended != 0 for name in at_work):
            self._start_again(works)
            self._kill_what_is_due()
            self._look()
            time.sleep(0.03)

    def _start_again(self, works: dict[str, Callable[[], None]]) -> None:
        """Who died is started again, as the containers' restart policy does.

        A worker that killed itself around its commit is counted, and a Celery that gave up when its broker was gone.
        """
        for name, work in works.items():
            process, is_worker = self.processes[name], name.startswith("worker")
            if not process.is_over() or (is_worker and process.ended == 0):
                continue
            if is_worker and process.ended != -signal.SIGKILL:
                self.figures.violations.append(Violation("no worker gives up", f"{name} exit {process.ended}"))
            if is_worker:
                self.figures.kills["worker, around its commit"] += 1
            elif process.ended != -signal.SIGKILL:
                self.figures.kills[f"{name}, by itself without its broker"] += 1
            self._fork(name, work)

    def _kill_what_is_due(self) -> None:
        over = sum(journal.over() for journal in self.journals)
        while self.kills and self.kills[0].after <= over:
            self._kill(self.kills.pop(0))

    def _kill(self, kill: plan.Kill) -> None:
        if kill.target in {"database", "broker", "bank"}:
            connections.close_all()
            self.plant.kill(kill.target, pause=DOWN)
        else:
            alive = [
                name for name in self.processes if name.startswith(kill.target) and not self.processes[name].is_over()
            ]
            if not alive:
                return
            self.processes[alive[kill.which % len(alive)]].kill()
            self.figures.kills["worker, around its commit"] -= kill.target == "worker"  # counted when started again
        self.figures.kills[kill.target] += 1

    def _look(self) -> None:
        if time.monotonic() - self._looked < LOOK:
            return
        try:
            self.figures.violations += invariants.at_this_moment(self._court())
        except OperationalError:
            connections.close_all()
            return
        self.figures.looks += 1
        self._looked = time.monotonic()

    def _evening(self) -> None:
        """Nobody gives a new command, the bank behaves; what is open ends; then everything is compared."""
        self.bank.tell("POST", "/control/faults", {"faults": {}})
        end = time.monotonic() + QUIET_WITHIN
        while not self._is_quiet() and time.monotonic() < end:
            self._start_again({"celery": _serve, "beat": partial(_beat, self.plant.folder)})
            parked = Message.objects.filter(state=MessageState.PARKED).exists()
            if parked or (not self.bank.is_busy(self.plant.book) and invariants.left_as_a_file(self._court())):
                self._once("evening", partial(_tidy_up, self.bank))
            time.sleep(0.2)
        house = self._court()
        self.figures.violations += invariants.at_this_moment(house) + invariants.in_the_evening(house)
        self.figures.violations += witness.beside_the_bank(house, read_book(self.plant.book, MAIN))
        self._once("comparison", partial(_compare, self.bank))
        self.figures.violations += invariants.at_this_moment(house)
        self.figures.looks += 2
        self.figures.evenings += 1
        self.bank.tell("POST", "/control/faults", {"faults": plan.RATES})

    def _is_quiet(self) -> bool:
        """The bank has nothing to do, the house has read whatever it shows, and nothing waits."""
        if self.bank.is_busy(self.plant.book):
            return False
        read = FeedCursor.objects.filter(court__code=CODE).values_list("cursor", flat=True)
        all_read = all(int(cursor or 0) >= self.bank.shown(self.plant.book) for cursor in read)
        return all_read and not invariants.waiting(self._court())

    def _conclude(self) -> None:
        self.figures.entries = [entry for journal in self.journals for entry in journal.entries()]
        self.figures.faults = self.bank.tell("GET", "/faults")["totals"]
        house = self._court()
        self.figures.violations += witness.beside_the_journals(house, self.figures.entries)
        refused, wrong = report.of_logs(self.plant.log("postgres"), self.plant.log("celery"))
        self.figures.violations += wrong
        self.figures.held = witness.held(house)
        self.figures.refused = refused
        connections.close_all()

    def _court(self) -> Court:
        return Court.objects.get(code=CODE)

    def _fork(self, name: str, work: Callable[[], None]) -> None:
        self.processes[name] = fork(name, work, self.plant.log(name.partition("-")[0]))

    def _once(self, name: str, work: Callable[[], None]) -> None:
        process = fork(name, work, self.plant.log(name))
        if not process.wait(120) or process.ended:
            process.kill()
            said = self.plant.log(name).read_text(errors="replace")[-1500:]
            self.figures.violations.append(Violation(f"the {name} ends", said))


def _serve() -> None:
    """A real Celery worker with two processes of its own; papers are left to be drawn another day."""
    app.worker_main(
        shlex.split("worker --queues default --concurrency 2 --loglevel WARNING --without-gossip --without-mingle")
    )


def _beat(folder: Path) -> None:
    app.Beat(schedule=str(folder / f"beat-{os.getpid()}"), loglevel="WARNING", quiet=True).run()


def _tidy_up(bank: Bank) -> None:
    """The registrar takes the day's statement, the director lets parked letters go on: as people do before going home."""
    setting = court.find(bank)
    content = bank.fetch("GET", f"/bank/statement?account={MAIN}&format=camt053")
    registrar = setting.who("registrar")
    importing.take_and_book(court=setting.court, name="evening.xml", content=content, actor=registrar, at=clock.now())
    for message in Message.objects.filter(court=setting.court, state=MessageState.PARKED):
        parking.retry(message=message, actor=setting.who("director"), at=clock.now())


def _compare(bank: Bank) -> None:
    """The keeper compares the bank's closing balance with the ledger's; a difference halts the payouts."""
    setting = court.find(bank)
    closing = bank.balance(MAIN)
    keeper = setting.who("keeper")
    row = reconciling.reconcile(
        court=setting.court, on=clock.today(), actor=keeper, at=clock.now(), bank_closing=closing
    )
    if not row.agrees:
        raise AssertionError(f"bank {row.bank_closing} ledger {row.ledger_closing} cash {row.cash_in_hand}")


def run(seed: int, size: Size, plant: Plant) -> Figures:
    """Soak; the figures."""
    return Soak(seed, size, plant).run()
