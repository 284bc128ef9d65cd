"""A paper ready to be written: head, blocks in plain text, date of issue."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.models import Document
from cases.papermaking import paper
from cases.papermaking.numerals import formal_day
from kernel import clock


@dataclass(frozen=True)
class Printed:
    """What both writers need: court, title, number, day of issue, sheet; ``signer`` signs where a name is left open."""

    court: str
    title: str
    number: str
    day: date
    sheet: paper.Sheet
    signer: str = ""

    @classmethod
    def of(cls, document: Document) -> "Printed":
        """The paper of an issued document, from its frozen data only."""
        sheet = document.data
        return cls(
            court=sheet["court"],
            title=sheet["heading"] or document.title,
            number=document.number,
            day=clock.day_of(document.issued_at),
            sheet=sheet,
            signer=document.signed_by,
        )

    def plain(self) -> dict[str, Any]:
        """Everything that is printed, secrets opened, as JSON data for the writers."""
        return {
            "court": paper.tidy(self.court),
            "title": paper.tidy(self.title),
            "number": paper.tidy(self.number),
            "date": formal_day(self.day),
            "issued": [self.day.year, self.day.month, self.day.day],
            "blocks": [self._signed(block) for block in paper.opened(self.sheet["blocks"])],
        }

    def _signed(self, block: paper.Block) -> paper.Block:
        """The block with the signer's name where the paper leaves it open: 院长签发."""
        if not block.get("judges"):
            return block
        return block | {"judges": [[role, name or paper.tidy(self.signer)] for role, name in block["judges"]]}
