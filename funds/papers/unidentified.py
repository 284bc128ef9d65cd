"""The public notice of unidentified money, as a numbered paper of the court."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.declaring import PaperKind
from cases.models import Case
from cases.papermaking import paper, wording
from funds.models import PublicNotice
from funds.services import noticing


def _notice(*, case: Case, subject: str, at: datetime, **_more: Any) -> dict[str, Any]:
    notice = PublicNotice.objects.get(pk=subject.partition(":")[2])
    items = list(notice.items.order_by("ordinal"))
    until = notice.until_on or notice.asked_at.date()
    return paper.sheet(
        paper.para(
            f"本院案款专户收到下列款项共{len(items)}笔，合计{wording.sum_of(notice.total)}，因付款时未注明案号或者账号有误，至今未能确定"
            "所属案件。现公告认领如下："
        ),
        paper.table(
            ("序号", "到账日期", "付款人", "金额（元）"),
            [
                [str(item.ordinal), wording.day(item.received_on), item.payer or "未注明", f"{item.amount:,.2f}"]
                for item in items
            ],
            widths=[1, 3, 3, 3],
            right=(3,),
            total=["", "", "合计", f"{notice.total:,.2f}"],
        ),
        paper.para(
            f"付款人或者利害关系人请于{wording.day(until)}前，持身份证件、付款凭证和相关法律文书到本院案款窗口认领，也可以扫描文书上的付款二维码，"
            "选择“付款时没写案号”申报。"
        ),
        paper.para("期满无人认领的，本院依法另行处理，不影响权利人以后依法主张权利。本院不收取任何认领费用。"),
        paper.para("特此公告。"),
        paper.closing(),
        court=case.court,
        total=str(notice.total),
    )


ROWS = (
    PaperKind(
        kind=noticing.PAPER,
        title=_("案款认领公告"),
        template=paper.TEMPLATE,
        data=_notice,
        manual=False,
        article="本院内控：不明款公告认领",
    ),
)
