"""The papers of the cases room: notices of filing, execution and closing, the property order, the certificate.

Each paper is one function that returns its blocks. Articles of 民事诉讼法 are those of the text in force since 2024.
"""

from django.utils.translation import gettext_lazy as _

from cases.declaring import PAPERS, PaperKind
from cases.kinds import EXECUTION_KINDS, CaseKind
from cases.papermaking import paper
from cases.papers import addressing, execution, notices, rulings

PAPERS.declare(
    PaperKind(
        kind="cases.execution_notice",
        title=_("执行通知书"),
        template=paper.TEMPLATE,
        data=execution.execution_notice,
        to=addressing.to_debtors,
        manual=False,
        article="民诉251；解释480",
    ),
    PaperKind(
        kind="cases.property_report_order",
        title=_("报告财产令"),
        template=paper.TEMPLATE,
        data=execution.property_report_order,
        to=addressing.to_debtors,
        manual=False,
        article="民诉252；财调3",
    ),
    PaperKind(
        kind="cases.performance_notice",
        title=_("自动履行告知书"),
        template=paper.TEMPLATE,
        data=notices.performance_notice,
        to=addressing.to_debtors,
        article="民诉264",
        kinds=frozenset({CaseKind.CIVIL}),
    ),
    PaperKind(
        kind="cases.filing_notice",
        title=_("受理案件通知书"),
        template=paper.TEMPLATE,
        data=notices.filing_notice,
        to=addressing.to_claimants,
        article="民诉126",
    ),
    PaperKind(
        kind="cases.closing_notice",
        title=_("结案通知书"),
        template=paper.TEMPLATE,
        data=notices.closing_notice,
        to=addressing.to_all,
        article="执规64",
        kinds=EXECUTION_KINDS | {CaseKind.PRESERVATION},
    ),
    PaperKind(
        kind="cases.objection_ruling",
        title=_("执行裁定书"),
        template=paper.TEMPLATE,
        data=rulings.objection_ruling,
        ruling=True,
        to=addressing.to_all,
        manual=False,
        article="民诉236、238；异复17",
    ),
    PaperKind(
        kind="cases.performance_certificate",
        title=_("履行完毕证明书"),
        template=paper.TEMPLATE,
        data=notices.performance_certificate,
        to=addressing.to_debtors,
        kinds=EXECUTION_KINDS | {CaseKind.CIVIL},
    ),
)
