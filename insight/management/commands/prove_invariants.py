"""Prove the three invariants now, for every court."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from insight.services import invariants
from kernel import clock


class Command(BaseCommand):
    help = "Prove the invariants of every court; exits with 1 and names what breaks them."

    def handle(self, *args: Any, **options: Any) -> None:
        proofs = invariants.prove_all(at=clock.now())
        for proof in proofs:
            self.stdout.write(f"{proof.court.code} {proof.key}: {proof.checked} checked, {proof.broken} broken")
            for row in proof.offenders:
                self.stdout.write(f"  {row['check']}: {row['broken']} ({', '.join(row['named'])})")
        broken = sum(not proof.holds for proof in proofs)
        if broken:
            raise CommandError(f"{broken} invariants do not hold")
