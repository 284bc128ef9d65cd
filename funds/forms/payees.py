"""What people type to change a payee's account: the account, and their own password once more."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from funds.forms.money import PayeeForm
from funds.models import PayeeAccount

ONCE_MORE = _("变更已核对的收款账户，须再次输入您本人的登录密码。")


def password(*, required: bool) -> forms.CharField:
    """The password of who is signed in; never shown again, never kept."""
    return forms.CharField(
        label=_("您的登录密码"),
        required=required,
        strip=False,
        help_text=ONCE_MORE,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": ONCE_MORE},
    )


class EnterPayeeForm(PayeeForm):
    """An account; where one is in use already, the password as well."""

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, case=case, **options)
        if PayeeAccount.objects.usable().filter(party__participations__case=case).exists():
            self.fields["password"] = password(required=False)


class ProofForm(forms.Form):
    """Nothing but the password: the act is confirmed as it is shown."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password"] = password(required=True)
