"""What people type about people. Choices never reach beyond the actor's court."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import acts, queries
from accounts.models import Post, Team, TeamKind, User
from accounts.roles import STAFF_ROLES
from accounts.services import tokens
from kernel.text import narrow

DAY_FORMATS = ("%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d")
NEW = {"autocomplete": "new-password"}


class DayField(forms.DateField):
    """A day; full-width digits and the Chinese way of writing it are read too."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(input_formats=DAY_FORMATS, widget=widget, **options)

    def to_python(self, value: Any) -> date | None:
        return super().to_python(narrow(value) if isinstance(value, str) else value)


class PostChoice(forms.ModelChoiceField):
    """A post, told by its person, role and team."""

    def label_from_instance(self, post: Post) -> str:
        where = f"，{post.team.name}" if post.team else ""
        return f"{post.user.name}（{post.get_role_display()}{where}）"


def _roles(empty: Any) -> list[tuple[str, Any]]:
    return [("", empty), *((role.value, role.label) for role in STAFF_ROLES)]


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("账号"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ChangePasswordForm(forms.Form):
    old = forms.CharField(
        label=_("原密码"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=_("新密码"),
        help_text=_("至少 10 位，不能全是数字，不能与姓名、账号相近。"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs=NEW),
    )
    again = forms.CharField(
        label=_("再输一遍新密码"), max_length=128, strip=False, widget=forms.PasswordInput(attrs=NEW)
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("两次输入的新密码不一样。"))
        return again


class _CourtForm(forms.Form):
    """A form of one court, whose teams it offers."""

    def __init__(self, *args: Any, court_id: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "team" in self.fields:
            self.fields["team"].queryset = queries.teams(court_id)


class AppointForm(_CourtForm):
    role = forms.ChoiceField(label=_("岗位"), choices=_roles(_("请选择")))
    team = forms.ModelChoiceField(
        label=_("团队"),
        queryset=Team.objects.none(),
        required=False,
        empty_label=_("不编入团队"),
        help_text=_("按席位编入的，请在团队页办理。"),
    )
    title = forms.CharField(label=_("职务"), max_length=30, required=False)
    from_on = DayField(label=_("任职起"))
    until_on = DayField(label=_("任职止（含当日）"), required=False, help_text=_("不定期的不填。"))


class PersonForm(_CourtForm):
    name = forms.CharField(label=_("姓名"), max_length=40)
    username = forms.CharField(label=_("账号"), max_length=40, help_text=_("登录用，一经设定不再更改。"))
    phone = forms.CharField(label=_("电话"), max_length=20, required=False)
    role = forms.ChoiceField(label=_("岗位"), choices=_roles(_("请选择")))
    team = forms.ModelChoiceField(
        label=_("团队"), queryset=Team.objects.none(), required=False, empty_label=_("不编入团队")
    )
    title = forms.CharField(label=_("职务"), max_length=30, required=False)
    from_on = DayField(label=_("任职起"))


class EditPersonForm(forms.Form):
    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(label=_("电话"), max_length=20, required=False)


class EndPostForm(forms.Form):
    until_on = DayField(label=_("最后任职日（含当日）"), help_text=_("填昨天的，立即失去权限。"))


class HandOverForm(forms.Form):
    to_post = PostChoice(label=_("移交给"), queryset=Post.objects.none(), empty_label=_("请选择"))

    def __init__(self, *args: Any, receivers: "QuerySet[Post]", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to_post"].queryset = receivers


class TeamForm(forms.Form):
    name = forms.CharField(label=_("团队名称"), max_length=30)
    kind = forms.ChoiceField(
        label=_("类型"),
        choices=TeamKind.choices,
        help_text=_("实施、快执团队按 1 名法官、1 名助理、1 名书记员、2 名执行员、2 名法警设席。"),
    )


class SeatForm(forms.Form):
    post = PostChoice(label=_("由谁担任"), queryset=Post.objects.none(), empty_label=_("请选择"))

    def __init__(self, *args: Any, candidates: "QuerySet[Post]", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["post"].queryset = candidates


class StandInForm(forms.Form):
    post = PostChoice(label=_("缺席的审批人"), queryset=Post.objects.none(), empty_label=_("请选择"))
    deputy = PostChoice(label=_("代行人"), queryset=Post.objects.none(), empty_label=_("请选择"))
    from_on = DayField(label=_("代行起"))
    until_on = DayField(label=_("代行止（含当日）"))
    reason = forms.CharField(label=_("事由"), max_length=100)

    def __init__(self, *args: Any, approvers: "QuerySet[Post]", deputies: "QuerySet[Post]", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["post"].queryset = approvers
        self.fields["deputy"].queryset = deputies


class TokenForm(forms.Form):
    purpose = forms.CharField(label=_("用途"), max_length=60, help_text=_("写明用于什么程序，便于日后核对。"))
    days = forms.TypedChoiceField(
        label=_("有效期"),
        coerce=int,
        choices=[(7, _("7 天")), (30, _("30 天")), (90, _("90 天")), (tokens.LONGEST, _("180 天"))],
        initial=30,
    )


class _Filter(forms.Form):
    """Fields of a list's head: none is required, so none says that it is not."""

    @property
    def marked(self) -> list[forms.BoundField]:
        """The fields with the classes of the page's controls."""
        for name in self.fields:
            widget = self.fields[name].widget
            widget.attrs["class"] = "form-select" if isinstance(widget, forms.Select) else "form-control"
        return list(self)


class PeopleFilter(_CourtForm, _Filter):
    """Filters of the list of people; they live in the address."""

    q = forms.CharField(label=_("姓名、账号、电话"), max_length=40, required=False)
    role = forms.ChoiceField(label=_("岗位"), required=False, choices=_roles(_("全部")))
    team = forms.ModelChoiceField(label=_("团队"), queryset=Team.objects.none(), required=False, empty_label=_("全部"))
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("全部")),
            ("IN_POST", _("在任")),
            ("WITHOUT_POST", _("没有在任岗位")),
            ("INACTIVE", _("账号停用")),
        ],
    )


class AuditFilter(_Filter):
    """Filters of the journal; they live in the address."""

    act = forms.ChoiceField(label=_("事项"), required=False)
    person = forms.ModelChoiceField(
        label=_("人员"), queryset=User.objects.none(), required=False, empty_label=_("全部")
    )
    from_on = DayField(label=_("自"), required=False)
    until_on = DayField(label=_("至（含当日）"), required=False)

    def __init__(self, *args: Any, court_id: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["act"].choices = [("", _("全部")), *acts.LABELS.items()]
        self.fields["person"].queryset = queries.people(court_id).order_by("sound", "id")


def first_days(today: date) -> dict[str, date]:
    """A stand-in usually begins today and lasts a week."""
    return {"from_on": today, "until_on": today + timedelta(days=6)}
