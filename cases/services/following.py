"""关注: whoever may see a case follows it, and reads at the inbox what others do in it. It changes nothing of the case."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.models import Case, Follow
from kernel.refusals import NotFound, Refusal

MOST = 200
"""How many cases one follows at once."""


class FollowsTooMany(Refusal):
    """Who follows everything follows nothing."""

    message = _("您已关注 %(count)s 件案件，请先取消一些再关注。")


def follows(case: Case, actor: Actor) -> bool:
    """Whether the actor follows the case now."""
    return Follow.objects.of(actor).filter(case=case).exists()


@transaction.atomic
def follow(*, case_id: UUID, actor: Actor, at: datetime) -> Follow:
    """Follow a case; again changes nothing. Raises FollowsTooMany, NotFound."""
    case = access.locked_case_for(actor, case_id, Action.SEE_CASES)
    if actor.post_id is None:
        raise NotFound()
    mine = Follow.objects.of(actor)
    if found := mine.filter(case=case).first():
        return found
    if mine.count() >= MOST:
        raise FollowsTooMany(count=MOST)
    return Follow.objects.create(court_id=case.court_id, post_id=actor.post_id, case=case, from_at=at)


@transaction.atomic
def end(*, case_id: UUID, actor: Actor, at: datetime) -> int:
    """Follow it no longer; how many rows ended. A case that one no longer sees can be let go as well."""
    return Follow.objects.of(actor).filter(case_id=case_id).update(ended_at=at)
