"""关注: a member of staff looks after a case that may not be its own."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from kernel.models import Keyed


class FollowQuerySet(models.QuerySet["Follow"]):
    def of(self, actor: Actor) -> "FollowQuerySet":
        """The cases that the actor follows now, in any of its posts."""
        return self.filter(post__in=actor.post_ids, court_id=actor.court_id, ended_at__isnull=True)


class Follow(Keyed):
    """A post follows a case, from a moment on; ended, never deleted. It gives no right to see the case."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="follows")
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: Any = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("关注")
        constraints = [
            models.UniqueConstraint(fields=["post", "case"], condition=Q(ended_at__isnull=True), name="follow_once")
        ]
        indexes = [
            models.Index(fields=["court", "post", "case"], name="follow_now", condition=Q(ended_at__isnull=True))
        ]
