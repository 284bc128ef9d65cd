"""`manage.py import_real ../shared/data`: read real statements, compare them with their oracles, print the figures."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from funds.statements import material

COLUMNS = "{file:<58} {kind:<9} {currency:<3} {read:>4} {accepted:>4} {rejected:>4} {ignored:>4} {came:>12} {left:>12} "
COLUMNS += "{oracle:>7} {theirs:>11} {ours:>11} {verdict}"


class Command(BaseCommand):
    """Print one line for each statement; the exit status tells whether all of them were read and agree."""

    help = "Read the bank statements under a folder, compare them with the converter's outputs, and print the figures."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder of the material."""
        parser.add_argument("material", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare and print. Refusal: CommandError when there is no file, or a file is refused or differs."""
        rows = material.compare(options["material"])
        if not rows:
            raise CommandError(f"没有找到银行流水：{options['material']}")
        names = ("file", "kind", "currency", "read", "accepted", "rejected", "ignored", "oracle", "verdict")
        self.stdout.write(
            COLUMNS.format(**{name: name for name in names}, came="in", left="out", theirs="net", ours="ours")
        )
        for row in rows:
            self.stdout.write(_printed(row))
        wrong = [row for row in rows if not row.good]
        read = sum(row.control.read.count for row in rows if row.control)
        found = f"{sum(row.found for row in rows)}/{sum(row.expected for row in rows)}"
        self.stdout.write(
            f"{len(rows)} statements, {read} lines, {found} oracle transactions found, {len(wrong)} wrong"
        )
        if wrong:
            raise CommandError("、".join(row.file for row in wrong))


def _printed(row: material.Row) -> str:
    control = row.control
    if control is None:
        return f"{row.file:<58} {row.verdict} {' '.join(row.remarks)}"
    figures = {
        "read": control.read.count,
        "accepted": control.accepted.count,
        "rejected": control.rejected.count,
        "ignored": control.ignored.count,
        "came": control.accepted.in_sum,
        "left": control.accepted.out_sum,
        "oracle": f"{row.found}/{row.expected}" if row.expected else "-",
        "theirs": row.expected_sum if row.expected else "-",
        "ours": row.found_sum if row.expected else "-",
        "verdict": " ".join((row.verdict, *row.remarks)),
    }
    return COLUMNS.format(file=row.file, kind=row.kind, currency=row.currency, **figures)
