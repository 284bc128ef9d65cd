"""送达回证: the sheet that the recipient signs when a paper is served (民诉87). It is printed, signed and scanned."""

from typing import Any

from cases.models import Service
from cases.papermaking import paper
from cases.papermaking.printing import Printed
from kernel import clock

TITLE = "送达回证"
SIGNED = "　　　　　　　　　　　　　年　　月　　日"


def of(service: Service) -> Printed:
    """The return of one service, to be filled in by hand."""
    document, case = service.document, service.case
    address = service.party.address if service.party else ""
    rows: list[Any] = [
        [("案号", case.number), ("案由", case.cause)],
        [("送达文书", f"{document.number}{document.title}　一份")],
        [("受送达人", service.recipient)],
        [("送达地址", address)],
        paper.cell("受送达人签名或盖章", SIGNED, height=2),
        paper.cell("代收人签名及与受送达人的关系", SIGNED, height=2),
        paper.cell("未能送达或留置送达的理由", "", height=3),
        [paper.cell("送达方式", "", height=2), paper.cell("送达人", "", height=2)],
    ]
    notes = (
        "一、受送达人应在回证上记明收到日期，签名或者盖章；受送达人签收的日期为送达日期（《中华人民共和国民事诉讼法》第八十七条）。",
        "二、代收的，代收人应注明与受送达人的关系。",
        "三、留置送达的，记明拒收事由和日期，由送达人、见证人签名或者盖章，或者采用拍照、录像等方式记录送达过程"
        "（《中华人民共和国民事诉讼法》第八十九条）。",
    )
    sheet = paper.sheet(paper.form(rows), *(paper.note(text) for text in notes), court=case.court, signed=False)
    return Printed(
        court=case.court.name, title=TITLE, number=case.number, day=clock.day_of(document.issued_at), sheet=sheet
    )
