"""Who registered, who confirmed or approved, and who pays are three persons (P-06), compared as people, not as posts."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Post
from cases.models import DecisionStep
from funds.models import PaymentBatch, Payout, Receipt
from kernel.refusals import NotFound, Refusal


class SamePerson(Refusal):
    """One person cannot do two of the three acts on the same money."""

    message = _("您已%(done)s这笔款，无权再%(act)s。收款、审核、付款须由三人分别办理。")
    status = 403


def registrars(receipt: Receipt) -> set[UUID]:
    """Who registered the receipt: the clerk of the file or the two officers who took cash; nobody when the bank told it."""
    return {row.user_id for row in (receipt.registered_by, receipt.second_officer) if row}


def not_registrar(receipt: Receipt, actor: Actor, act: str) -> None:
    """Raise SamePerson when the actor registered the receipt."""
    if actor.user_id in registrars(receipt):
        raise SamePerson(done=str(_("登记")), act=act)


def not_confirmer(payout: Payout, actor: Actor, act: str) -> None:
    """Raise SamePerson when the actor confirmed the payout."""
    if payout.confirmed_by and payout.confirmed_by.user_id == actor.user_id:
        raise SamePerson(done=str(_("确认")), act=act)


def not_approver(payout: Payout, actor: Actor, act: str) -> None:
    """Raise SamePerson when the actor approved the payout, at whatever tier."""
    if actor.user_id in _approvers(payout):
        raise SamePerson(done=str(_("审批")), act=act)


def not_maker(batch: PaymentBatch, actor: Actor, act: str) -> None:
    """Raise SamePerson when the actor made the batch."""
    if batch.made_by.user_id == actor.user_id:
        raise SamePerson(done=str(_("出付款批")), act=act)


def not_releaser(batch: PaymentBatch, actor: Actor, act: str) -> None:
    """Raise SamePerson when the actor released the batch."""
    if batch.released_by and batch.released_by.user_id == actor.user_id:
        raise SamePerson(done=str(_("放行")), act=act)


def no_registrar_among_approvers(payout: Payout) -> None:
    """Raise SamePerson when an earlier tier was approved by who registered the receipt."""
    if registrars(payout.receipt) & _approvers(payout):
        raise SamePerson(done=str(_("登记")), act=str(_("审批发放")))


def _approvers(payout: Payout) -> set[UUID]:
    posts: Iterable[str] = DecisionStep.objects.filter(decision=payout.decision_id, act="APPROVED").values_list(
        "actor", flat=True
    )
    keys = [symbol.partition(":")[2] for symbol in posts]
    return set(Post.objects.filter(pk__in=keys).values_list("user_id", flat=True))


def in_office(actor: Actor) -> UUID:
    """The post from which the actor acts. Raises NotFound for whoever holds none."""
    if actor.post_id is None:
        raise NotFound()
    return actor.post_id
