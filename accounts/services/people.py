"""People of a court: new accounts, first passwords, changes, and taking an account out of use."""

import secrets
from datetime import date, datetime

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy, queries
from accounts.actors import Actor
from accounts.locks import lock, save
from accounts.models import ApiToken, Post, Team, User
from accounts.roles import Action, Role
from accounts.services import posting
from kernel import clock
from kernel.refusals import BadInput, Difference, Refusal
from kernel.text import clean_name, narrow

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that are read as one another


class UsernameTaken(Refusal):
    """Accounts are unique in the whole house."""

    message = _("账号“%(username)s”已有人使用。请换一个账号。")


class NotOneself(Refusal):
    """An administrator does not take its own account out of use."""

    message = _("不能对自己的账号办理。请由另一位系统管理员办理。")


class WrongPassword(Refusal):
    """The present password does not match."""

    message = _("原密码不对。请重新填写。")
    status = 400


class WeakPassword(Refusal):
    """The new password can be guessed."""

    message = _("新密码不能用：%(reason)s")
    status = 400


def first_password() -> str:
    """Three groups of four letters, read out easily and used once; about 59 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


@transaction.atomic
def create_person(
    *,
    actor: Actor,
    at: datetime,
    username: str,
    name: str,
    role: Role,
    from_on: date,
    phone: str = "",
    team: Team | None = None,
    title: str = "",
) -> tuple[User, str]:
    """A person with the first post and the first password, which must be changed at the first sign-in.

    Raises UsernameTaken, BadInput, and what ``posting.appoint`` raises.
    """
    policy.require(actor, Action.ADMINISTER)
    username, name = narrow(username), clean_name(name)
    if not username or not name:
        raise BadInput(field="name", reason=_t("姓名和账号都要填写"))
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(field="username", username=username)
    password = first_password()
    user = User.objects.create_user(username, password, name=name, phone=narrow(phone))
    audit.write(actor=actor, act=acts.PERSON_CREATED, at=at, about=user.symbol)
    posting.appoint(actor=actor, at=at, user=user, role=role, from_on=from_on, team=team, title=title)
    return user, password


@transaction.atomic
def edit_person(*, actor: Actor, at: datetime, user: User, name: str, phone: str, version: int) -> User:
    """Name and phone.

    Raises Stale with the differences, BadInput, NotFound.
    """
    policy.require(actor, Action.ADMINISTER)
    name, phone = clean_name(name), narrow(phone)
    if not name:
        raise BadInput(field="name", reason=_t("姓名不能为空"))

    def differences(row: User) -> list[Difference]:
        pairs = ((_t("姓名"), row.name, name), (_t("电话"), row.phone, phone))
        return [Difference(label=label, now=now, typed=typed) for label, now, typed in pairs if now != typed]

    row = lock(queries.people(actor.court_id), user.pk, version=version, differences=differences)
    changed = [field for field, value in (("name", name), ("phone", phone)) if getattr(row, field) != value]
    if changed:
        row.name, row.phone = name, phone
        save(row, "name", "phone")
        audit.write(actor=actor, act=acts.PERSON_EDITED, at=at, about=row.symbol, changed=changed)
    return row


@transaction.atomic
def reset_password(*, actor: Actor, at: datetime, user: User, version: int | None = None) -> str:
    """A new first password; all sessions of the person end and its tokens are revoked.

    Raises Stale, NotOneself, NotFound.
    """
    policy.require(actor, Action.ADMINISTER)
    row = _other(actor, user, version)
    password = first_password()
    row.set_password(password)
    row.must_change_password, row.password_changed_at = True, at
    save(row, "password", "must_change_password", "password_changed_at")
    revoked, _rows = ApiToken.objects.filter(user=row).delete()
    audit.write(actor=actor, act=acts.PASSWORD_RESET, at=at, about=row.symbol, tokens_revoked=revoked)
    return password


@transaction.atomic
def deactivate(*, actor: Actor, at: datetime, user: User, version: int | None = None) -> User:
    """The account is out of use at once: sessions end, tokens are revoked; posts stay and can be handed over.

    Raises Stale, NotOneself, LastAdministrator, NotFound.
    """
    policy.require(actor, Action.ADMINISTER)
    row = _other(actor, user, version)
    today = clock.day_of(at)
    administers = Post.objects.filter(user=row, court_id=actor.court_id, role=Role.ADMINISTRATOR)
    if administers.in_force(today).exists():
        posting.refuse_last_administrator(actor.court_id, leaving=row.pk, after=today)
    row.is_active = False
    save(row, "is_active")
    revoked, _rows = ApiToken.objects.filter(user=row).delete()
    audit.write(actor=actor, act=acts.PERSON_DEACTIVATED, at=at, about=row.symbol, tokens_revoked=revoked)
    return row


@transaction.atomic
def reactivate(*, actor: Actor, at: datetime, user: User, version: int | None = None) -> User:
    """The account is in use again; its posts are what they were.

    Raises Stale, NotOneself, NotFound.
    """
    policy.require(actor, Action.ADMINISTER)
    row = _other(actor, user, version)
    row.is_active = True
    save(row, "is_active")
    audit.write(actor=actor, act=acts.PERSON_REACTIVATED, at=at, about=row.symbol)
    return row


@transaction.atomic
def change_password(*, actor: Actor | None, at: datetime, user: User, old: str, new: str) -> User:
    """One's own password; it must differ from the present one and pass the validators.

    Raises WrongPassword, WeakPassword.
    """
    row = lock(User.objects.all(), user.pk)
    if not row.check_password(old):
        raise WrongPassword(field="old")
    if old == new:
        raise WeakPassword(field="new", reason=_t("与原密码相同。"))
    try:
        password_validation.validate_password(new, row)
    except ValidationError as error:
        raise WeakPassword(field="new", reason=" ".join(error.messages)) from error
    row.set_password(new)
    row.must_change_password, row.password_changed_at = False, at
    save(row, "password", "must_change_password", "password_changed_at")
    audit.write(actor=actor, act=acts.PASSWORD_CHANGED, at=at, about=row.symbol)
    return row


def _other(actor: Actor, user: User, version: int | None) -> User:
    if user.pk == actor.user_id:
        raise NotOneself
    return lock(queries.people(actor.court_id), user.pk, version=version)
