"""The ruling on an objection to the execution (民诉236、238; 异复17)."""

from datetime import datetime
from typing import Any

from cases.kinds import ObjectionKind, ObjectionOutcome
from cases.models import Case, Objection
from cases.papermaking import paper, wording
from cases.papers import acts

FOUND = {
    ObjectionOutcome.UPHELD: "异议成立，应予支持",
    ObjectionOutcome.PARTLY: "异议部分成立，对成立的部分予以支持",
    ObjectionOutcome.REJECTED: "异议不成立，不予支持",
}


def objection_ruling(*, case: Case, subject: str, at: datetime, row: Objection, **_more: Any) -> paper.Sheet:
    """Who objected to what, what the panel found, what it orders, and how to take it further."""
    title = row.kind == ObjectionKind.TITLE
    article = wording.article(238 if title else 236)
    return paper.sheet(
        *wording.party_lines(case),
        paper.para(
            f"本院在执行{row.against.number}{row.against.cause}一案中，异议人{row.objector.name}对{row.contested}提出书面异议。"
            f"本院于{wording.day(case.filed_at)}立案后，依法组成合议庭进行审查，现已审查终结。"
        ),
        paper.para(f"异议人{row.objector.name}称：{row.request}"),
        paper.para(f"本院认为，{row.reasons}综上，{row.objector.name}的{FOUND[ObjectionOutcome(row.outcome)]}。"),
        paper.para(f"依照{acts.CIVIL_PROCEDURE}{article}、{acts.OBJECTION_RULES}的规定，裁定如下："),
        paper.para(row.order),
        paper.para(
            "案外人、当事人对裁定不服，认为原判决、裁定错误的，依照审判监督程序办理；与原判决、裁定无关的，可以自本裁定送达之日起十五日内"
            "向本院提起诉讼。"
            if title
            else "如不服本裁定，可以自本裁定书送达之日起十日内，向上一级人民法院申请复议。"
        ),
        paper.closing(judges=[("审判长", row.panel[0]), *(("审判员", name) for name in row.panel[1:])]),
        court=case.court,
        heading="执行裁定书",
    )
