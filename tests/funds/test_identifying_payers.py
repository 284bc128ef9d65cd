"""What payers say themselves, and automatic matches that two persons switched off."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from accounts.roles import Role
from cases.models import Duty, Event
from funds.models import Claim, PayerClaim, PayerExclusion, PayLink, Receipt
from funds.services import claiming, excluding, identifying, payer_claims, paylinks, reversing
from kernel.refusals import BadInput, NotAllowed, NotFound
from tests.cast import TODAY
from tests.funds.conftest import Vault, key
from tests.funds.test_identifying import claimed, suggestions, unknown

D = Decimal


def said(vault: Vault, link: PayLink, amount: str = "300.00", on: date = TODAY, **more: str) -> PayerClaim:
    """A payer tells of a payment on the page of its case."""
    name = more.pop("payer_name", "某环保科技公司")
    given = payer_claims.Given(paid_on=on, amount=D(amount), payer_name=name, **more)  # type: ignore[arg-type]
    return payer_claims.make(link=link, given=given, at=vault.at)


# The payer's own claim


def test_a_payers_claim_is_a_duty_of_the_registrar_on_its_case(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    claim = said(vault, paylinks.link_for(case, at=vault.at))
    duty = Duty.objects.get(kind="funds.answer_payer")
    assert (duty.case, duty.subject, duty.holder_role) == (case, claim.symbol, Role.FINANCE_REGISTRAR)
    assert duty.due_on == date(2026, 11, 25)
    facts = Event.objects.get(verb="funds.payer_claimed").facts
    assert facts == {"amount": "300.00", "on": "2026-11-20", "receipt": None, "v": 1}


def test_the_same_said_twice_is_one_claim(vault: Vault) -> None:
    link = paylinks.link_for(vault.execution(), at=vault.at)
    first, second = said(vault, link), said(vault, link, payer_name="某环保科技公司 ")
    assert first == second
    assert Event.objects.filter(verb="funds.payer_claimed").count() == 1


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"on": TODAY + timedelta(days=1)}, payer_claims.NotYet),
        ({"amount": "0.00"}, payer_claims.NothingPaid),
        ({"payer_name": "  "}, BadInput),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(vault: Vault, wrong: dict[str, object], refusal: type) -> None:
    link = paylinks.link_for(vault.execution(), at=vault.at)
    with pytest.raises(refusal):
        said(vault, link, **wrong)  # type: ignore[arg-type]
    assert (PayerClaim.objects.count(), Duty.objects.filter(kind="funds.answer_payer").count()) == (0, 0)


def test_a_claim_is_the_first_reason_and_is_answered_by_the_confirmed_receipt(vault: Vault) -> None:
    vault.execution(amount="5000.00", fee=False, seed=2)
    case = vault.execution(amount="1000.00", fee=False)
    claim = said(vault, paylinks.link_for(case, at=vault.at), payer_name="任某兰", account_tail="0001")
    receipt = unknown(vault, payer="任某兰", remark="转账")
    found = suggestions(vault, receipt)
    assert found[0].case == case
    assert found[0].reasons_for == ["付款人自己申报：2026年11月20日付款 300.00 元，户名一致，账号后四位一致，日期相同"]
    assert Receipt.objects.get().state == "SUSPENSE"  # a claim never books anything by itself
    claimed(vault, receipt, case)
    claim.refresh_from_db()
    assert (claim.state, claim.receipt) == ("FOUND", receipt)
    assert not Duty.objects.open().filter(kind="funds.answer_payer").exists()
    vault.whole()


def test_what_does_not_fit_the_claim_is_said_against(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    said(vault, paylinks.link_for(case, at=vault.at), payer_name="任某兰", account_tail="9999", on=date(2026, 11, 18))
    found = suggestions(vault, unknown(vault, payer="李某"))
    assert found[0].reasons_for == ["付款人自己申报：2026年11月18日付款 300.00 元，日期差 2 天"]
    assert found[0].reasons_against[:2] == ["申报的付款人是任某兰", "账号后四位不一致"]


def test_a_claim_that_fits_nothing_waits_and_is_looked_at_again(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    claim = said(vault, paylinks.link_for(case, at=vault.at))
    clerk = vault.who("registrar")
    payer_claims.answer(claim_id=claim.pk, words="", wait=True, actor=clerk, at=vault.at)
    assert not Duty.objects.open().filter(kind="funds.answer_payer").exists()
    identifying.sweep(court=vault.cast.xixian, at=vault.at)
    assert not Duty.objects.open().filter(kind="funds.answer_payer").exists()
    vault.later(days=3)
    unknown(vault)
    identifying.sweep(court=vault.cast.xixian, at=vault.at)
    claim.refresh_from_db()
    assert claim.state == "WAITING"
    assert Duty.objects.open().filter(kind="funds.answer_payer", subject=claim.symbol).count() == 1


def test_money_that_finds_the_case_by_itself_answers_the_claim(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    claim = said(vault, paylinks.link_for(case, at=vault.at))
    receipt = vault.pay_in(case, "300.00")
    identifying.sweep(court=vault.cast.xixian, at=vault.at)
    claim.refresh_from_db()
    assert (claim.state, claim.receipt) == ("FOUND", receipt)


def test_an_answer_needs_words_and_is_given_once(vault: Vault) -> None:
    claim = said(vault, paylinks.link_for(vault.execution(), at=vault.at))
    clerk = vault.who("registrar")
    with pytest.raises(BadInput):
        payer_claims.answer(claim_id=claim.pk, words=" ", wait=False, actor=clerk, at=vault.at)
    with pytest.raises(NotAllowed):
        payer_claims.answer(claim_id=claim.pk, words="已入案", wait=False, actor=vault.who("keeper"), at=vault.at)
    payer_claims.answer(claim_id=claim.pk, words="已入案", wait=False, actor=clerk, at=vault.at)
    with pytest.raises(payer_claims.AnsweredAlready):
        payer_claims.answer(claim_id=claim.pk, words="再答", wait=False, actor=clerk, at=vault.at)


def test_a_claim_of_another_team_is_absent(vault: Vault) -> None:
    claim = said(vault, paylinks.link_for(vault.execution(), at=vault.at))
    with pytest.raises(NotFound):
        payer_claims.answer(claim_id=claim.pk, words="x", wait=False, actor=vault.who("other_judge"), at=vault.at)


def test_a_replaced_link_takes_no_more_claims(vault: Vault) -> None:
    case = vault.execution()
    old = paylinks.link_for(case, at=vault.at)
    assert paylinks.link_for(case, at=vault.at) == old
    new = paylinks.replace(case_id=case.pk, why="二维码被冒用", actor=vault.who("executor"), at=vault.at)
    old.refresh_from_db()
    assert new.token != old.token
    assert len(new.token) >= 32
    with pytest.raises(payer_claims.LinkEnded):
        said(vault, old)
    assert AuditEntry.objects.get(act=paylinks.REPLACED).about == old.symbol


# A wrong automatic match does not repeat


def test_a_wrong_match_that_two_persons_switched_off_does_not_repeat_next_month(vault: Vault) -> None:
    wrong = vault.execution(amount="1000.00", fee=False, seed=1)
    right = vault.execution(amount="1000.00", fee=False, seed=2)
    receipt = vault.pay_in(wrong, "300.00", payer="任某兰")
    claimed(vault, receipt, right, switch_off=True)
    rule = PayerExclusion.objects.get()
    assert (rule.case, rule.payer, rule.why) == (wrong, "任**", "付款人说明")
    assert (rule.asked_by, rule.confirmed_by) == (vault.cast.registrar, vault.cast.keeper)
    assert "任某兰" not in rule.payer_digest
    vault.later(days=30)
    again = vault.receive(vault.credit("300.00", to=vault.number(wrong), payer="任某兰"))
    assert again is not None
    assert (again.state, again.reason, again.hint, again.case) == ("SUSPENSE", "RULE_OFF", wrong, None)
    found = {row.case: row for row in suggestions(vault, again)}
    day = "2026年11月20日起停用此付款人到本案的自动匹配：付款人说明"
    assert day in found[wrong].reasons_against
    assert suggestions(vault, again)[0].case == right  # paid for it before
    vault.whole()


def test_another_payer_and_another_case_are_still_matched(vault: Vault) -> None:
    wrong = vault.execution(amount="1000.00", fee=False, seed=1)
    right = vault.execution(amount="1000.00", fee=False, seed=2)
    claimed(vault, vault.pay_in(wrong, "300.00", payer="任某兰"), right, switch_off=True)
    assert vault.pay_in(wrong, "1.00", payer="李某").state == "MATCHED"
    assert vault.pay_in(wrong, "2.00", payer="任某兰", account="6228480000000000999").state == "MATCHED"
    assert vault.pay_in(right, "3.00", payer="任某兰").state == "MATCHED"


def test_a_rule_ended_lets_the_payer_match_again_and_stays_on_file(vault: Vault) -> None:
    wrong = vault.execution(amount="1000.00", fee=False, seed=1)
    right = vault.execution(amount="1000.00", fee=False, seed=2)
    claimed(vault, vault.pay_in(wrong, "300.00", payer="任某兰"), right, switch_off=True)
    rule = PayerExclusion.objects.get()
    with pytest.raises(NotAllowed):
        excluding.end(rule_id=rule.pk, why="误设", actor=vault.who("registrar"), at=vault.at)
    with pytest.raises(BadInput):
        excluding.end(rule_id=rule.pk, why=" ", actor=vault.who("keeper"), at=vault.at)
    excluding.end(rule_id=rule.pk, why="付款人以后只付本案", actor=vault.who("keeper"), at=vault.at)
    with pytest.raises(excluding.EndedAlready):
        excluding.end(rule_id=rule.pk, why="再一次", actor=vault.who("keeper"), at=vault.at)
    assert vault.pay_in(wrong, "300.00", payer="任某兰").state == "MATCHED"
    acts = list(AuditEntry.objects.filter(about=rule.symbol).order_by("at", "pk").values_list("act", flat=True))
    assert acts == [excluding.SWITCHED_OFF, excluding.SWITCHED_ON]


def test_a_refused_rebooking_switches_nothing_off(vault: Vault) -> None:
    wrong = vault.execution(amount="1000.00", fee=False, seed=1)
    right = vault.execution(amount="1000.00", fee=False, seed=2)
    receipt = vault.pay_in(wrong, "300.00")
    claim = claiming.ask(
        receipt_id=receipt.pk, case_id=right.pk, why="付款人说明", switch_off=True, actor=vault.who("registrar"),
        at=vault.at,
    )  # fmt: skip
    claiming.refuse(claim_id=claim.pk, opinion="付款人否认", actor=vault.who("keeper"), at=vault.at)
    assert not PayerExclusion.objects.exists()
    assert vault.pay_in(wrong, "1.00").state == "MATCHED"


def test_only_a_match_of_the_system_can_be_switched_off(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = unknown(vault)
    with pytest.raises(claiming.NotMatchedByItself):
        claiming.ask(
            receipt_id=receipt.pk, case_id=case.pk, why="x", switch_off=True, actor=vault.who("registrar"), at=vault.at
        )
    assert not Claim.objects.exists()


def test_a_reversal_keeps_its_trail_beside_the_rule(vault: Vault) -> None:
    wrong = vault.execution(amount="1000.00", fee=False, seed=1)
    right = vault.execution(amount="1000.00", fee=False, seed=2)
    receipt = claimed(vault, vault.pay_in(wrong, "300.00"), right, switch_off=True)
    reversing.reverse(receipt_id=receipt.pk, why="银行冲正", actor=vault.who("keeper"), at=vault.at, key=key())
    told = Event.objects.filter(subject=receipt.symbol).order_by("recorded_at", "pk").values_list("verb", flat=True)
    assert {"funds.receipt_booked", "funds.receipt_moved_away", "funds.receipt_reversed"} <= set(told)
    assert PayerExclusion.objects.in_force().count() == 1
    assert vault.balances() == {}
    vault.whole()
