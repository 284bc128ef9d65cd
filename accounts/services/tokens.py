"""Expiring tokens of programs, each scoped to one post; the secret is shown once and only its hash is kept."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from knox.models import get_digest_token
from knox.settings import CONSTANTS

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.models import ApiToken, Post
from accounts.roles import Action
from kernel.refusals import BadInput, NotFound, Refusal

LONGEST = 180  # days
MOST = 10  # live tokens of one post


class TooMany(Refusal):
    """A post has at most ten live tokens."""

    message = _("这个岗位已有 %(count)s 个有效令牌。请先撤销不用的令牌。")


@transaction.atomic
def create(*, actor: Actor, at: datetime, purpose: str, days: int) -> tuple[ApiToken, str]:
    """A token of the actor's own post that runs out after 1 to 180 days, and its secret.

    Raises NotAllowed, TooMany, BadInput.
    """
    policy.require(actor, Action.USE_API)
    post = Post.objects.select_for_update(no_key=True).filter(pk=actor.post_id).first()
    if post is None or actor.kind != "staff":
        raise NotFound
    if not purpose.strip():
        raise BadInput(field="purpose", reason=_t("请写明令牌用于什么程序"))
    if not 1 <= days <= LONGEST:
        raise BadInput(field="days", reason=_t("有效期须在 1 至 %(longest)s 天之间") % {"longest": LONGEST})
    live = ApiToken.objects.filter(post=post, expiry__gt=at).count()
    if live >= MOST:
        raise TooMany(count=live)
    digest, secret = get_digest_token()
    token = ApiToken(
        digest=digest,
        token_key=secret[: CONSTANTS.TOKEN_KEY_LENGTH],
        user_id=post.user_id,
        post=post,
        purpose=purpose.strip(),
        expiry=at + timedelta(days=days),
    )
    token.save(force_insert=True)
    token.created = at
    token.save(update_fields=["created"])
    audit.write(actor=actor, act=acts.TOKEN_CREATED, at=at, about=_symbol(token), purpose=token.purpose, days=days)
    return token, secret


@transaction.atomic
def revoke(*, actor: Actor, at: datetime, ref: UUID) -> None:
    """The token ends at once; its owner revokes it, or an administrator of the court.

    Raises NotFound.
    """
    token = find(actor=actor, ref=ref)
    token.delete()
    audit.write(actor=actor, act=acts.TOKEN_REVOKED, at=at, about=_symbol(token), purpose=token.purpose)


def find(*, actor: Actor, ref: UUID) -> ApiToken:
    """The token that the actor may revoke; raises NotFound for any other."""
    rows = ApiToken.objects.filter(post__court_id=actor.court_id, ref=ref).select_related("user")
    if not policy.may(actor, Action.ADMINISTER):
        rows = rows.filter(user_id=actor.user_id)
    token = rows.first()
    if token is None:
        raise NotFound
    return token


def _symbol(token: ApiToken) -> str:
    return f"accounts.apitoken:{token.ref}"
