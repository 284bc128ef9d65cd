"""A payment batch: made by who pays, released by the keeper, sent once and by one way; thirty payouts of a ceremony."""

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from accounts.roles import Role
from cases.models import Duty, Event
from funds.models import BatchFile, BatchItem, Command, PaymentBatch, Payout, Receipt
from funds.payments import keys
from funds.services import batching, handing, mending, paying, persons, receiving, settling
from gateways import simulators
from gateways.models import Message
from kernel.keys import uuid7
from kernel.refusals import BadInput, NotAllowed, NotFound
from tests.funds.conftest import MAIN, Vault, key
from tests.funds.test_persons import with_post
from tests.remembering import remembered

D = Decimal
ONE_PIXEL = b"\x89PNG\r\n\x1a\n" + b"\0" * 16


def approved_payouts(vault: Vault, amounts: Sequence[str]) -> list[Payout]:
    """One case, a receipt for each amount, all confirmed and approved for its creditor."""
    case = vault.execution(amount="900000.00", fee=False)
    return [vault.approved(vault.pay_in(case, amount)) for amount in amounts]


def shared_payouts(vault: Vault, amounts: Sequence[str]) -> list[Payout]:
    """One approved receipt paid out in so many parts: quick to make, and the books are whole all the same."""
    whole = approved_payouts(vault, [str(sum(map(D, amounts)))])[0]
    first, *others = map(D, amounts)
    Payout.objects.filter(pk=whole.pk).update(amount=first)
    for amount in others:
        whole.pk = uuid7()
        whole.amount, whole.instruction_key, whole._state.adding = amount, f"payout:{whole.pk}", True
        whole.save(force_insert=True)
    return list(Payout.objects.order_by("pk"))


@remembered
def made(vault: Vault, payouts: Sequence[Payout]) -> PaymentBatch:
    ids = [row.pk for row in payouts]
    return batching.make(payout_ids=ids, title="集中发放", actor=vault.who("payer"), at=vault.at, key=key())


@remembered
def released(vault: Vault, payouts: Sequence[Payout]) -> PaymentBatch:
    batch = made(vault, payouts)
    return batching.release(batch_id=batch.pk, actor=vault.who("keeper"), at=vault.at)


def left(vault: Vault, payouts: Sequence[Payout], way: str = "PAIN_03") -> PaymentBatch:
    batch = released(vault, payouts)
    return batching.send(batch_id=batch.pk, way=way, actor=vault.who("payer"), at=vault.at, key=key())


def states() -> set[str]:
    return set(Payout.objects.values_list("state", flat=True))


def everything() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Event, Command, PaymentBatch, BatchItem, BatchFile, Message))


def test_a_batch_is_numbered_and_knows_its_totals(vault: Vault) -> None:
    payouts = approved_payouts(vault, ["300.00", "200.50"])
    batch = made(vault, payouts)
    assert (batch.number, batch.count, batch.total, batch.state) == ("FK2026-0001", 2, D("500.50"), "MADE")
    assert [item.payout_id for item in batch.items.all()] == sorted(row.pk for row in payouts)
    assert states() == {"APPROVED"}
    assert AuditEntry.objects.get(act="batch_made").facts["total"] == "500.50"


def test_the_keeper_is_the_next_hand_until_the_batch_is_released(vault: Vault) -> None:
    payouts = approved_payouts(vault, ["300.00"])
    batch = made(vault, payouts)
    duty = Duty.objects.get(kind="funds.release_payout", subject=payouts[0].symbol)
    assert (duty.holder_role, duty.closed_at) == (Role.FINANCE_KEEPER, None)
    batching.release(batch_id=batch.pk, actor=vault.who("keeper"), at=vault.at)
    duty.refresh_from_db()
    assert duty.closed_at == vault.at
    assert Duty.objects.get(kind="funds.send_payout", subject=payouts[0].symbol).closed_at is None


def test_the_same_form_makes_one_batch(vault: Vault) -> None:
    payouts, once = approved_payouts(vault, ["300.00"]), key()
    ids = [row.pk for row in payouts]
    first = batching.make(payout_ids=ids, title="", actor=vault.who("payer"), at=vault.at, key=once)
    assert batching.make(payout_ids=ids, title="", actor=vault.who("payer"), at=vault.at, key=once) == first
    assert PaymentBatch.objects.count() == 1


def test_a_payout_is_in_one_batch_and_is_neither_sent_nor_voided_alone(vault: Vault) -> None:
    payout = approved_payouts(vault, ["300.00"])[0]
    made(vault, [payout])
    before = everything()
    for act in (
        lambda: made(vault, [payout]),
        lambda: vault.send(payout),
        lambda: mending.void(payout_id=payout.pk, why="误列", actor=vault.who("executor"), at=vault.at, key=key()),
    ):
        with pytest.raises(paying.InBatch) as refused:
            act()
        assert "FK2026-0001" in refused.value.text
    assert everything() == before
    assert states() == {"APPROVED"}


def test_one_that_is_not_approved_keeps_the_batch_from_being_made(vault: Vault) -> None:
    good = approved_payouts(vault, ["300.00"])[0]
    vault.pay_in(good.case, "100.00")
    draft = Payout.objects.get(state="DRAFT")
    before = everything()
    with pytest.raises(paying.SomeRefused):
        made(vault, [good, draft])
    assert everything() == before


def test_a_reward_stays_out_of_lists_that_others_read(vault: Vault) -> None:
    payouts = approved_payouts(vault, ["300.00"])
    Payout.objects.update(payee_kind="REWARD")
    with pytest.raises(batching.RewardApart):
        made(vault, payouts)
    assert not PaymentBatch.objects.exists()


def test_only_who_pays_makes_a_batch(vault: Vault) -> None:
    payouts = approved_payouts(vault, ["300.00"])
    before = everything()
    for name in ("registrar", "keeper", "executor", "director", "president", "administrator"):
        with pytest.raises(NotAllowed) as refused:
            batching.make(payout_ids=[payouts[0].pk], title="", actor=vault.who(name), at=vault.at, key=key())
        assert refused.value.status == 403
    assert everything() == before


def test_only_the_keeper_releases(vault: Vault) -> None:
    batch = made(vault, approved_payouts(vault, ["300.00"]))
    for name in ("registrar", "payer", "executor", "director", "president"):
        with pytest.raises(NotAllowed):
            batching.release(batch_id=batch.pk, actor=vault.who(name), at=vault.at)
    batch.refresh_from_db()
    assert batch.state == "MADE"


def test_only_who_pays_sends(vault: Vault) -> None:
    batch = released(vault, approved_payouts(vault, ["300.00"]))
    for name in ("registrar", "keeper", "executor"):
        with pytest.raises(NotAllowed):
            batching.send(batch_id=batch.pk, way="CSV", actor=vault.who(name), at=vault.at, key=key())
    assert states() == {"APPROVED"}


def test_who_took_an_earlier_step_is_refused_as_keeper_too(vault: Vault) -> None:
    payouts = approved_payouts(vault, ["300.00"])
    Receipt.objects.update(registered_by=vault.cast.registrar)
    batch = made(vault, payouts)
    for name in ("registrar", "executor", "director", "payer"):
        actor = with_post(vault, getattr(vault.cast, name), Role.FINANCE_KEEPER)
        with pytest.raises(persons.SamePerson) as refused:
            batching.release(batch_id=batch.pk, actor=actor, at=vault.at)
        assert refused.value.status == 403
    batch.refresh_from_db()
    assert batch.state == "MADE"


def test_who_released_cannot_send(vault: Vault) -> None:
    batch = released(vault, approved_payouts(vault, ["300.00"]))
    actor = with_post(vault, vault.cast.keeper, Role.FINANCE_PAYER)
    with pytest.raises(persons.SamePerson):
        batching.send(batch_id=batch.pk, way="GATEWAY", actor=actor, at=vault.at, key=key())
    assert not Message.objects.filter(channel="bank.payment").exists()


def test_nothing_leaves_before_the_release(vault: Vault) -> None:
    batch = made(vault, approved_payouts(vault, ["300.00"]))
    with pytest.raises(batching.BatchNotInState):
        batching.send(batch_id=batch.pk, way="GATEWAY", actor=vault.who("payer"), at=vault.at, key=key())
    assert states() == {"APPROVED"}


def test_through_the_gateway_each_payout_is_one_instruction(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    case = vault.execution(amount="900000.00", fee=False)
    for amount in ("300.00", "200.00"):
        body = {"to_sub_account": vault.number(case), "amount": amount, "payer_name": "某环保科技公司"}
        outside.request("POST", "/bank/pay-in", body)
    deliver()
    payouts = [vault.approved(receipt) for receipt in Receipt.objects.order_by("amount")]
    batch = left(vault, payouts, "GATEWAY")
    assert set(Message.objects.filter(channel="bank.payment").values_list("key", flat=True)) == {
        row.instruction_key for row in payouts
    }
    assert batching.progress(batch)["at_bank"] == 2
    deliver()
    assert batching.progress(batch) == {"settled": 2, "returned": 0, "at_bank": 0, "unknown": 0, "waiting": 0}
    assert not BatchFile.objects.exists()
    vault.whole()


def test_a_file_is_made_once_and_is_the_same_for_ever(vault: Vault) -> None:
    batch = left(vault, approved_payouts(vault, ["300.00", "200.00"]), "PAIN_03")
    name, first = batching.read_file(batch_id=batch.pk, actor=vault.who("payer"), at=vault.at)
    vault.later(days=3)
    assert batching.read_file(batch_id=batch.pk, actor=vault.who("payer"), at=vault.at) == (name, first)
    assert name == "FK2026-0001.xml"
    assert states() == {"SENT"}
    assert not Message.objects.filter(channel="bank.payment").exists()
    assert "6217001234567890123" not in str(BatchFile.objects.values_list("sha256", "name"))
    assert AuditEntry.objects.filter(act="batch_file_read").count() == 2


def test_what_left_as_a_file_never_leaves_another_way(vault: Vault) -> None:
    batch = left(vault, approved_payouts(vault, ["300.00"]), "PAIN_03")
    before = everything()
    for way in ("GATEWAY", "PAIN_03", "PAIN_09", "CSV"):
        with pytest.raises(batching.LeftAlready):
            batching.send(batch_id=batch.pk, way=way, actor=vault.who("payer"), at=vault.at, key=key())
    assert everything() == before


def test_a_sent_form_posted_twice_is_one_sending(vault: Vault) -> None:
    batch, once = released(vault, approved_payouts(vault, ["300.00"])), key()
    for _time in range(2):
        batching.send(batch_id=batch.pk, way="CSV", actor=vault.who("payer"), at=vault.at, key=once)
    assert BatchFile.objects.count() == 1
    assert Event.objects.filter(verb="funds.payout_sent").count() == 1


def test_the_statement_settles_a_file_by_the_short_key(vault: Vault) -> None:
    payouts = approved_payouts(vault, ["300.00", "200.00"])
    batch = left(vault, payouts, "CSV")
    line = vault.credit("300.00", remark=f"执行案款 {keys.shortened(payouts[0].instruction_key)}")
    kept = receiving.keep_pushed(main=vault.main, item=line, at=vault.at)
    kept.direction = "OUT"
    kept.save(update_fields=["direction"])
    receiving.book(line=kept, actor=vault.bank, at=vault.at)
    assert batching.progress(batch) == {"settled": 1, "returned": 0, "at_bank": 1, "unknown": 0, "waiting": 0}
    vault.whole()


def test_a_payment_of_a_file_that_the_bank_pushes_back_is_returned(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    payout = approved_payouts(vault, ["300.00"])[0]
    left(vault, [payout], "PAIN_09")
    funds = {"to_sub_account": "0", "amount": "300.00", "payer_name": "某环保科技公司", "account": MAIN}
    outside.request("POST", "/bank/pay-in", funds)
    outside.request("POST", "/control/force", {"fault": "returned", "operation": "payment"})
    named = {"payee_name": payout.payee_name, "payee_account": payout.payee_account, "account": MAIN}
    body = {"instruction_key": keys.shortened(payout.instruction_key), "amount": "300.00", **named}
    assert outside.request("POST", "/bank/payments", body).json()["answer"] == "ACCEPTED"
    vault.later(hours=7)
    deliver()
    assert states() == {"RETURNED"}
    assert not Message.objects.filter(channel="bank.return").exclude(state="ANSWERED").exists()
    vault.whole()


def test_a_file_reads_unanswered_after_a_day_not_after_two_hours(vault: Vault) -> None:
    left(vault, approved_payouts(vault, ["300.00"]), "CSV")
    vault.later(hours=3)
    assert settling.mark_unanswered(court=vault.cast.xixian, at=vault.at) == 0
    vault.later(hours=22)
    assert settling.mark_unanswered(court=vault.cast.xixian, at=vault.at) == 1
    assert states() == {"UNKNOWN"}


def test_what_left_in_a_file_cannot_be_voided(vault: Vault) -> None:
    payout = approved_payouts(vault, ["300.00"])[0]
    left(vault, [payout], "CSV")
    with pytest.raises(mending.CannotVoid):
        mending.void(payout_id=payout.pk, why="误付", actor=vault.who("executor"), at=vault.at, key=key())
    assert states() == {"SENT"}


def test_a_batch_that_has_not_left_is_cancelled_and_its_payouts_are_free(vault: Vault) -> None:
    payouts = approved_payouts(vault, ["300.00", "200.00"])
    batch = released(vault, payouts)
    batching.cancel(batch_id=batch.pk, why="改日发放", actor=vault.who("payer"), at=vault.at)
    batch.refresh_from_db()
    assert (batch.state, batch.why) == ("CANCELLED", "改日发放")
    assert not Duty.objects.filter(kind="funds.release_payout", closed_at=None).exists()
    again = made(vault, payouts)
    assert again.number == "FK2026-0002"
    vault_left = batching.release(batch_id=again.pk, actor=vault.who("keeper"), at=vault.at)
    batching.send(batch_id=vault_left.pk, way="CSV", actor=vault.who("payer"), at=vault.at, key=key())
    with pytest.raises(batching.LeftAlready):
        batching.cancel(batch_id=again.pk, why="反悔", actor=vault.who("payer"), at=vault.at)


def test_one_is_taken_out_and_the_totals_follow(vault: Vault) -> None:
    payouts = approved_payouts(vault, ["300.00", "200.00"])
    batch = made(vault, payouts)
    batching.take_out(batch_id=batch.pk, payout_id=payouts[0].pk, actor=vault.who("payer"), at=vault.at)
    batch.refresh_from_db()
    assert (batch.count, batch.total) == (1, D("200.00"))
    with pytest.raises(BadInput):
        batching.take_out(batch_id=batch.pk, payout_id=payouts[1].pk, actor=vault.who("payer"), at=vault.at)
    vault.send(payouts[0])
    assert states() == {"SENT", "APPROVED"}


def test_a_name_that_a_spreadsheet_would_run_is_not_written(vault: Vault) -> None:
    payouts = approved_payouts(vault, ["300.00"])
    Payout.objects.update(payee_name="=cmd()")
    batch = released(vault, payouts)
    with pytest.raises(batching.UnfitForFile) as refused:
        batching.send(batch_id=batch.pk, way="CSV", actor=vault.who("payer"), at=vault.at, key=key())
    assert "=cmd()" in refused.value.conditions[0].text
    assert states() == {"APPROVED"}


def test_another_court_sees_no_batch(vault: Vault) -> None:
    batch = made(vault, approved_payouts(vault, ["300.00"]))
    post = vault.cast.post("wai", "外院发放", Role.FINANCE_PAYER, court=vault.cast.xiajin)
    with pytest.raises(NotFound):
        batching.cancel(batch_id=batch.pk, why="看看", actor=vault.cast.actor(post), at=vault.at)
    assert not PaymentBatch.objects.visible_to(vault.who("stranger")).exists()


def test_signing_twice_is_once_and_every_case_knows(vault: Vault) -> None:
    batch = left(vault, approved_payouts(vault, ["300.00", "200.00"]), "CSV")
    handing.convene(batch_id=batch.pk, on=vault.at.date(), place="本院大厅", actor=vault.who("payer"), at=vault.at)
    items = [row["item"].pk for row in handing.sheet_of(batch)]
    for _time in range(2):
        handing.sign(batch_id=batch.pk, item_ids=items, actor=vault.who("payer"), at=vault.at)
        vault.later(hours=1)
    assert set(batch.items.values_list("signer", "agency")) == {("王某军", "")}
    assert len(set(batch.items.values_list("handed_at", flat=True))) == 1
    assert Event.objects.filter(verb="funds.payout_handed_over").count() == 2


def test_somebody_else_signs_only_on_a_ground(vault: Vault) -> None:
    batch = left(vault, approved_payouts(vault, ["300.00"]), "CSV")
    item = batch.items.get()
    with pytest.raises(handing.CannotSign):
        handing.sign(batch_id=batch.pk, item_ids=[item.pk], actor=vault.who("payer"), at=vault.at, signer="任某兰")
    item.refresh_from_db()
    assert item.handed_at is None
    handing.sign(
        batch_id=batch.pk,
        item_ids=[item.pk],
        actor=vault.who("payer"),
        at=vault.at,
        signer="任某兰",
        agency="特别授权委托书",
    )
    item.refresh_from_db()
    assert (item.signer, item.agency) == ("任某兰", "特别授权委托书")


def test_nobody_signs_before_the_batch_has_left(vault: Vault) -> None:
    batch = released(vault, approved_payouts(vault, ["300.00"]))
    with pytest.raises(handing.NotLeft):
        handing.sign(batch_id=batch.pk, item_ids=[batch.items.get().pk], actor=vault.who("payer"), at=vault.at)


def test_photographs_are_pictures_and_are_struck_not_deleted(vault: Vault) -> None:
    batch = made(vault, approved_payouts(vault, ["300.00"]))
    who = {"actor": vault.who("payer"), "at": vault.at}
    photo = handing.photograph(batch_id=batch.pk, name="合影.png", content=ONE_PIXEL, caption="现场", **who)
    with pytest.raises(handing.PictureNeeded):
        handing.photograph(batch_id=batch.pk, name="名单.pdf", content=b"%PDF-1", caption="", **who)
    handing.strike_photo(photo_id=photo.pk, **who)
    photo.refresh_from_db()
    assert photo.struck_at == vault.at
    assert batch.photos.count() == 1
