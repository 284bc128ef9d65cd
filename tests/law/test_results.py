"""Results explain themselves, as text, as data and in other languages."""

import json
from datetime import date
from decimal import Decimal

from law import closing, debt, fees, phrases
from law.closing import RoundFacts
from law.debt import Item, Receipt
from law.rates import Term
from law.reasons import Findings, Reckoning

D = Decimal
TERM = Term(from_on=date(2024, 1, 1), lpr_multiple=D(4))
ACCOUNT = debt.statement(
    items=[Item(key="p", amount=D(100000), due_on=date(2025, 1, 10), label="借款", interest=(TERM,))],
    receipts=[Receipt(on=date(2026, 4, 20), amount=D(60000), key="r1")],
    at=date(2026, 5, 1),
)
FINDINGS = closing.may_close_round(facts=RoundFacts(filed_on=date(2025, 1, 15)), at=date(2025, 2, 1))


def test_empty_results_are_zero_and_allowed() -> None:
    assert (Reckoning.of([]).total, Reckoning.of([]).text) == (D("0.00"), "合计0.00元")
    assert Findings.of([]).allowed


def test_results_are_plain_data_that_json_carries() -> None:
    for result in (ACCOUNT, FINDINGS, fees.acceptance_fee(amount=D(142000), halved=True)):
        assert json.loads(json.dumps(result.as_dict(), ensure_ascii=False)) == result.as_dict()


def test_a_template_and_its_values_make_the_text() -> None:
    for line in ACCOUNT.lines:
        assert line.template.format(**line.values) == line.text
    for reason in FINDINGS.reasons:
        assert reason.template.format(**reason.args) == reason.text


def test_every_template_is_in_the_list_for_translators() -> None:
    known = set(phrases.phrases())
    assert {line.template for line in ACCOUNT.lines} <= known
    assert {reason.template for reason in FINDINGS.reasons} <= known
    assert {line.label for line in fees.preservation_fee(amount=D(10**6)).lines} <= known
    assert not any("raise" in phrase for phrase in known)
    assert len(known) > 500


def test_every_line_of_an_account_is_dated_and_cited() -> None:
    for line in ACCOUNT.lines:
        assert line.until is not None
        assert line.basis
    assert ACCOUNT.lines[-1].text == (
        "借款的加倍部分：69,192.88元×0.000175×11天（2026-04-20之后至2026-05-01）＝133.20元"
    )
    assert sum("利率待核" in line.text for line in ACCOUNT.lines) == 2
