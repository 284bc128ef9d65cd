"""The bank's status reports on files of payments (pain.002): refused payments come back, accepted ones wait for the statement."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from cases import locks
from funds.kinds.batches import BankWord, BatchState
from funds.models import BatchItem, PaymentBatch, StatusReport
from funds.payments import BankAnswer, Report, UnreadableReport, reports
from funds.services import persons, settling
from kernel.refusals import Refusal

TAKEN = "status_report_taken"
acts.declare(TAKEN, _("导入银行回执"))
REASONS = {
    "SYNTAX": _("不是完整的 XML 文件"),
    "KIND": _("不是 pain.002 回执"),
    "EMPTY": _("没有任何一笔的状态"),
    "STATUS": _("含有不认识的状态代码"),
    "SIZE": _("文件超过 10 MB"),
}


class ReportRefused(Refusal):
    """The file is no status report of ours."""

    message = _("回执文件不能导入：%(reason)s。请向银行重新下载 pain.002 文件。")
    status = 400


class UnknownBatch(Refusal):
    """The report answers no file of this court."""

    message = _("回执对应的付款文件 %(original)s 不是本院发出的。请核对文件。")


@transaction.atomic
def take(*, name: str, content: bytes, actor: Actor, at: datetime) -> StatusReport:
    """Take a status report once; the same file again changes nothing. Raises ReportRefused, UnknownBatch, NotAllowed."""
    policy.require(actor, Action.RECONCILE)
    digest = hashlib.sha256(content).hexdigest()
    known = StatusReport.objects.filter(court_id=actor.court_id, sha256=digest).first()
    if known is not None:
        return known
    try:
        report = reports.read(content)
    except UnreadableReport as error:
        raise ReportRefused(reason=str(REASONS[error.code])) from error
    batch = _batch_of(report, actor)
    locks.lock_all(batch.items.filter(out_at__isnull=True).values_list("payout__case_id", flat=True))
    words = _words(batch, report)
    for item, answer in words:
        _apply(item, answer, actor, at)
    row = StatusReport.objects.create(
        court_id=actor.court_id,
        batch=batch,
        name=name[:200],
        sha256=digest,
        accepted=sum(answer.word == BankWord.ACCEPTED for _item, answer in words),
        rejected=sum(answer.word == BankWord.REJECTED for _item, answer in words),
        unknown=report.strangers + len(report.answers) - len(_named(batch, report)),
        taken_by_id=persons.in_office(actor),
        at=at,
    )
    audit.write(
        actor=actor,
        act=TAKEN,
        at=at,
        about=batch.symbol,
        number=batch.number,
        accepted=row.accepted,
        rejected=row.rejected,
    )
    return row


def _batch_of(report: Report, actor: Actor) -> PaymentBatch:
    """The batch by its message id or its number."""
    rows = PaymentBatch.objects.visible_to(actor).filter(state=BatchState.LEFT, file__isnull=False)
    found = rows.filter(number=report.original).first()
    if found is None and len(report.original) == len("PB") + 32:
        try:
            found = rows.filter(pk=UUID(report.original[2:])).first()
        except ValueError:
            found = None
    if found is None:
        raise UnknownBatch(original=report.original[:40])
    return found


def _named(batch: PaymentBatch, report: Report) -> dict[UUID, BankAnswer]:
    ids = set(batch.items.filter(out_at__isnull=True).values_list("payout_id", flat=True))
    return {answer.payout_id: answer for answer in report.answers if answer.payout_id in ids}


def _words(batch: PaymentBatch, report: Report) -> list[tuple[BatchItem, BankAnswer]]:
    """Each payout with the word on it: its own, else the one on the whole file."""
    named = _named(batch, report)
    items = batch.items.filter(out_at__isnull=True).select_related("payout").order_by("payout__case_id", "payout_id")
    pairs = [(item, named.get(item.payout_id, report.whole)) for item in items]
    return [(item, answer) for item, answer in pairs if answer is not None]


def _apply(item: BatchItem, answer: BankAnswer, actor: Actor, at: datetime) -> None:
    item.bank_word, item.bank_note = answer.word, answer.note
    item.save(update_fields=["bank_word", "bank_note"])
    if answer.word == BankWord.REJECTED:
        reason = str(_("银行未受理：%(note)s")) % {"note": answer.note}
        settling.refused(payout_id=item.payout_id, reason=reason, actor=actor, at=at)
