"""One command worker: does its steps one after the other; what broke off is done again under the same key.

A refusal with a name is an answer. A broken connection is not: the act is tried again. Anything else, a deadlock first of
all, is a violation.
"""

import os
import signal
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, connections

from kernel import clock
from kernel.refusals import Refusal
from tests.soak import apart_acts, batch_acts, court, paying_acts, plan, receiving_acts, sharing_acts
from tests.soak.acts import Act, Doing, What
from tests.soak.bank import Bank
from tests.soak.journal import DONE, NOTHING, REFUSED, VIOLATION, Journal
from tests.soak.plan import Step

ROOMS = (receiving_acts, paying_acts, batch_acts, sharing_acts, apart_acts)
ACTS: dict[str, Act] = {name: act for room in ROOMS for name, act in room.ACTS.items()}
CONTENTION = {"40P01": "deadlock", "40001": "serialization failure", "55P03": "lock timeout"}
Result = TypeVar("Result")
PAUSE = 0.1  # seconds between two tries


class Contention(Exception):
    """The database broke off one of two transactions that waited for each other."""


class Worker:
    """The steps ``first`` to ``last`` of one worker, begun or taken up again from its journal."""

    def __init__(self, *, seed: int, number: int, folder: Path, bank: str) -> None:
        self.seed, self.number = seed, number
        self.journal = Journal(folder, number)
        self.bank = Bank(bank)
        self.setting: court.Setting | None = None
        self.tried: set[int] = set()

    def run(self, first: int, last: int) -> None:
        """Every step that has no outcome yet."""
        known = {entry.number: entry for entry in self.journal.entries()}
        for number in range(first, last):
            step, entry = plan.step(self.seed, self.number, number), known.get(number)
            if entry and entry.outcome:
                continue
            if entry is None:
                self._begin(step)
            else:
                self.journal.again(number)
                self._finish(replace(step, kind=entry.kind), entry.what or {}, again=True)

    def _begin(self, step: Step) -> None:
        what = self._choose(step)
        while what is None and step.kind in plan.INSTEAD:
            step = replace(step, kind=plan.INSTEAD[step.kind])
            what = self._choose(step)
        self.journal.mean(step.number, step.kind, step.key, what)
        if what is None:
            self.journal.end(step.number, NOTHING)
        else:
            self._finish(step, what, again=False)

    def _choose(self, step: Step) -> What | None:
        return self._until_connected(step, lambda: ACTS[step.kind].choose(self._where(), step))

    def _finish(self, step: Step, what: What, *, again: bool) -> None:
        if step.dies == "before" and not again:
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            result = self._until_connected(step, partial(self._act, step, what, fresh=not again))
        except Refusal as refusal:
            self.journal.end(step.number, REFUSED, refusal.code)
        except Exception as error:
            traceback.print_exc()
            self.journal.end(step.number, VIOLATION, f"{type(error).__name__}: {error}"[:500])
        else:
            if step.dies == "after" and not again:  # done and not noted: the next one must find it done
                os.kill(os.getpid(), signal.SIGKILL)
            self.journal.end(step.number, DONE, result=str(result))

    def _act(self, step: Step, what: What, *, fresh: bool) -> str:
        """One try; the bank is told only once to misbehave, however often the command is tried."""
        first = fresh and step.number not in self.tried
        self.tried.add(step.number)
        return ACTS[step.kind].do(Doing(self._where(), step, what, clock.now(), first))

    def _where(self) -> court.Setting:
        if self.setting is None:
            self.setting = court.find(self.bank)
        return self.setting

    def _until_connected(self, step: Step, act: Callable[[], Result]) -> Result:
        while True:
            try:
                return act()
            except (DatabaseError, InterfaceError) as error:
                code = getattr(error.__cause__, "pgcode", None) or ""
                if code in CONTENTION:
                    raise Contention(f"{CONTENTION[code]}: {error}") from error
                if not _is_lost(code):
                    raise
                connections.close_all()
                self.journal.again(step.number)
                time.sleep(PAUSE)


def _is_lost(code: str) -> bool:
    """Connection failures (08…), a server that shuts down or starts (57P0…), or no code because nothing came back."""
    return not code or code.startswith(("08", "57P0"))
