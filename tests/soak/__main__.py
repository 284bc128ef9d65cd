"""`python -m tests.soak [--seed N] [--commands N | --seconds N] [--short]`: prints the table, exits 1 on a violation."""

import argparse
import random
import sys
from functools import partial
from importlib import import_module

import django

from enforcement.demo import steps
from enforcement.demo.places import ROOT
from tests.soak.plant import Plant

LONG, SHORT = 3_000, 99


def main() -> int:
    """Soak on a plant of our own; 0 when every invariant held."""
    parser = argparse.ArgumentParser(prog="tests.soak", description=__doc__)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1_000_000))
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--commands", type=int, default=0, help=f"together (default {LONG})")
    parser.add_argument("--seconds", type=float, default=0, help="stop at the first evening after so long")
    parser.add_argument("--short", action="store_true", help=f"{SHORT} commands, every target killed once")
    parser.add_argument("--keep", action="store_true", help="leave the folder with data and logs behind")
    told = parser.parse_args()
    commands = told.commands or (SHORT if told.short else 100_000 if told.seconds else LONG)
    asked = f"--seconds {told.seconds:g}" if told.seconds else f"--commands {commands}"
    again = f"--seed {told.seed} {asked} --workers {told.workers}{' --short' if told.short else ''}"
    print(f'replay: make soak ARGS="{again}"', flush=True)
    plant = Plant(told.seed)
    wrong = True
    try:
        plant.start()
        django.setup()
        grant = partial(steps.main, ["--owner", "grant_roles"])
        import_module("tests.processes").fork("rights", grant, plant.log("rights")).wait(60)
        wrong = _soak(plant, told, commands)
    finally:
        plant.stop(keep=told.keep or wrong)
    if wrong:
        print(f"data and logs: {plant.folder}")
    return int(wrong)


def _soak(plant: Plant, told: argparse.Namespace, commands: int) -> bool:
    runner, report = import_module("tests.soak.runner"), import_module("tests.soak.report")
    days = 1 if told.short else max(1, commands // 500)
    steps = max(1, commands // told.workers // days) * days
    size = runner.Size(
        workers=told.workers,
        steps=steps,
        kill_every=14 if told.short else 60,
        evenings=days,
        cases=3 if told.short else 12,
        seconds=told.seconds,
    )
    figures = runner.run(told.seed, size, plant)
    print(report.show(figures), flush=True)
    if not told.short:
        (ROOT / "var").mkdir(exist_ok=True)
        report.keep(figures, ROOT / "var" / "soak.json")
    return bool(figures.violations)


if __name__ == "__main__":
    sys.exit(main())
