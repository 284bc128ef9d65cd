"""The bank's report on a file of payments: what it refuses goes back to the case, what it accepts waits for the statement."""

from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from accounts.roles import Role
from cases.models import Duty
from funds.models import Command, PaymentBatch, Payout, StatusReport
from funds.payments import files, keys
from funds.services import batching, mending, reporting
from kernel.refusals import NotAllowed
from tests.funds.conftest import Vault
from tests.funds.test_batches import approved_payouts, left
from tests.funds.test_payment_files import entry

D = Decimal


def report(batch: PaymentBatch, *entries: str, whole: str = "") -> bytes:
    head = f"<GrpSts>{whole}</GrpSts>" if whole else ""
    return f"""<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
<OrgnlGrpInfAndSts><OrgnlMsgId>{files.message_of(batch)}</OrgnlMsgId>{head}</OrgnlGrpInfAndSts>
<OrgnlPmtInfAndSts><OrgnlPmtInfId>{batch.number}</OrgnlPmtInfId>{"".join(entries)}</OrgnlPmtInfAndSts>
</CstmrPmtStsRpt></Document>""".encode()


def take(vault: Vault, content: bytes) -> StatusReport:
    return reporting.take(name="回执.xml", content=content, actor=vault.who("registrar"), at=vault.at)


def test_a_refused_payment_goes_back_and_an_accepted_one_waits(vault: Vault) -> None:
    good, bad = approved_payouts(vault, ["300.00", "200.00"])
    batch = left(vault, [good, bad])
    reason = "<StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf>"
    accepted = entry(keys.shortened(good.instruction_key), "ACSC")
    content = report(batch, accepted, entry(keys.shortened(bad.instruction_key), "RJCT", reason))
    row = take(vault, content)
    assert (row.accepted, row.rejected, row.unknown) == (1, 1, 0)
    assert dict(Payout.objects.values_list("amount", "state")) == {D("300.00"): "SENT", D("200.00"): "RETURNED"}
    bad.refresh_from_db()
    assert bad.reason == "银行未受理：RJCT AC01"
    assert vault.balances() == {"BANK": D("500.00"), "CASE": D("200.00"), "PAYABLE": D("300.00")}
    assert batching.progress(batch) == {"settled": 0, "returned": 1, "at_bank": 1, "unknown": 0, "waiting": 0}
    assert Duty.objects.get(kind="funds.mend_payout", closed_at=None).subject == bad.symbol
    again = mending.replace(payout_id=bad.pk, actor=vault.who("executor"), at=vault.at)
    assert again.instruction_key != bad.instruction_key
    vault.whole()


def test_the_same_report_and_the_same_word_again_change_nothing(vault: Vault) -> None:
    payout = approved_payouts(vault, ["300.00"])[0]
    batch = left(vault, [payout])
    content = report(batch, entry(keys.shortened(payout.instruction_key), "RJCT"))
    first = take(vault, content)
    commands, balances = Command.objects.count(), vault.balances()
    assert take(vault, content) == first
    take(vault, content + b"\n")
    assert StatusReport.objects.count() == 2
    assert (Command.objects.count(), vault.balances()) == (commands, balances)


def test_a_file_refused_whole_returns_every_payment(vault: Vault) -> None:
    batch = left(vault, approved_payouts(vault, ["300.00", "200.00"]), "PAIN_09")
    row = take(vault, report(batch, whole="RJCT"))
    assert row.rejected == 2
    assert batching.progress(batch)["returned"] == 2
    assert vault.balances() == {"BANK": D("500.00"), "CASE": D("500.00")}


def test_a_strangers_payment_in_the_report_is_counted_and_left_alone(vault: Vault) -> None:
    mine, other = approved_payouts(vault, ["300.00", "200.00"])
    batch = left(vault, [mine])
    row = take(vault, report(batch, entry(keys.shortened(other.instruction_key), "RJCT"), entry("X9", "RJCT")))
    assert (row.rejected, row.unknown) == (0, 2)
    other.refresh_from_db()
    assert other.state == "APPROVED"


def test_what_answers_no_file_of_ours_is_refused(vault: Vault) -> None:
    batch = left(vault, approved_payouts(vault, ["300.00"]))
    foreign = report(batch, whole="RJCT").replace(
        files.message_of(batch).encode(), b"PB00000000000000000000000000000000"
    )
    with pytest.raises(reporting.UnknownBatch):
        take(vault, foreign)
    with pytest.raises(reporting.ReportRefused):
        take(vault, b"<Document/>")
    assert not StatusReport.objects.exists()
    assert set(Payout.objects.values_list("state", flat=True)) == {"SENT"}


def test_who_pays_takes_no_report(vault: Vault) -> None:
    batch = left(vault, approved_payouts(vault, ["300.00"]))
    for name in ("payer", "executor", "director"):
        with pytest.raises(NotAllowed):
            reporting.take(name="x.xml", content=report(batch, whole="RJCT"), actor=vault.who(name), at=vault.at)
    assert not StatusReport.objects.exists()
    assert vault.cast.payer.role == Role.FINANCE_PAYER
    assert not AuditEntry.objects.filter(act="status_report_taken").exists()
