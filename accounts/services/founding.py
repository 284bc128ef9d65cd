"""Founding a real court: the court and its first administrator, who then enters everybody else in the pages."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit
from accounts.models import Court, Post, User
from accounts.roles import Role
from accounts.services.people import UsernameTaken, first_password
from kernel import clock
from kernel.refusals import BadInput, Refusal
from kernel.text import clean_name, narrow

CODE = re.compile("[\u4e00-\u9fff]\\d{0,4}|最高法")
"""The characters of a court in case numbers (法〔2015〕137号)."""


class AdministratorThere(Refusal):
    """The first administrator is made once; the next ones are entered by an administrator."""

    message = _("%(court)s 已有系统管理员。请由其在“人员”页面新增人员。")


@transaction.atomic
def found(*, code: str, name: str, short_name: str, username: str, person: str, at: datetime) -> tuple[User, str]:
    """The court, its first administrator and the first password, which must be changed at the first sign-in.

    A court that is there already keeps its name. Raises BadInput, AdministratorThere, UsernameTaken.
    """
    code, username, person = narrow(code), narrow(username), clean_name(person)
    _check(code, name, short_name, username, person)
    names = {"name": name.strip(), "short_name": short_name.strip()}
    court, _made = Court.objects.get_or_create(code=code, defaults=names)
    day = clock.day_of(at)
    if Post.objects.in_force(day).filter(court=court, role=Role.ADMINISTRATOR).exists():
        raise AdministratorThere(court=court.name)
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(field="username", username=username)
    password = first_password()
    user = User.objects.create_user(username, password, name=person)
    post = Post.objects.create(user=user, court=court, role=Role.ADMINISTRATOR, from_on=day)
    for act, about in ((acts.PERSON_CREATED, user.symbol), (acts.APPOINTED, post.symbol)):
        audit.write(actor=None, act=act, at=at, about=about, court_id=court.pk, reason=_t("建院"))
    return user, password


def _check(code: str, name: str, short_name: str, username: str, person: str) -> None:
    if not CODE.fullmatch(code):
        raise BadInput(field="code", reason=_t("法院代字应如“晋1031”，见法〔2015〕137号附件"))
    if not all(typed.strip() for typed in (name, short_name, username, person)):
        raise BadInput(field="name", reason=_t("法院名称、简称、账号、姓名都要填写"))
