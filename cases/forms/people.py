"""Who may be chosen in an act: officers of the court, parties of a case."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Case as SqlCase
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import PostChoice
from accounts.models import Post
from accounts.roles import Role
from cases.kinds import CLAIMING, OWING, ParticipationRole
from cases.models import Case, Participation, Party
from kernel.sounding import Sound

TRIAL = (Role.TRIAL_JUDGE,)
FIELD = (Role.EXECUTION_JUDGE, Role.EXECUTOR)


def officers(*, court_id: UUID, roles: Iterable[Role], on: date) -> "QuerySet[Post]":
    """The posts of the court that can be responsible for a case, with the number of their open cases, the idlest first."""
    counted = Case.objects.open().filter(officer=OuterRef("pk")).order_by().values("officer").annotate(n=Count("pk"))
    load = Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)
    rows = Post.objects.in_force(on).filter(court_id=court_id, role__in=list(roles), user__is_active=True)
    return rows.select_related("user", "team").annotate(load=load).order_by("load", Sound("user__name"), "pk")


class OfficerChoice(PostChoice):
    """An officer, told by person, role, team and the number of open cases."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", gettext_lazy("请选择"))
        super().__init__(queryset=Post.objects.none(), **options)

    def label_from_instance(self, post: Post) -> str:
        load = getattr(post, "load", None)
        label = super().label_from_instance(post)
        return label if load is None else label + _("，未结 %(count)s 件") % {"count": load}


def participations(case: Case) -> "QuerySet[Participation]":
    """Everybody on either side of a case, agents left out: those who claim, those who owe, the others."""
    rows = case.participations.exclude(role=ParticipationRole.AGENT).select_related("party")
    place = SqlCase(When(role__in=CLAIMING, then=0), When(role__in=OWING, then=1), default=2)
    return rows.annotate(place=place).order_by("place", "ordinal", "pk")


def parties(case: Case) -> "QuerySet[Party]":
    """The same as parties."""
    return Party.objects.filter(pk__in=participations(case).values("party_id")).order_by(Sound("name"), "pk")


class PartyChoice(forms.ModelChoiceField):
    """A party, told by its name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("empty_label", gettext_lazy("请选择"))
        super().__init__(queryset=Party.objects.none(), **options)

    def label_from_instance(self, party: Party) -> str:
        return party.name
