"""``demo_signins``: who can sign in to the demo, and two litigants with what they type."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.roles import Role
from cases.models import Participation
from enforcement.demo.court.people import PASSWORD, PLANS, XIXIAN, Plan

SHOWN = (
    Role.FILING_CLERK, Role.TRIAL_JUDGE, Role.QUERY_OFFICER, Role.EXECUTION_JUDGE, Role.ASSISTANT, Role.CLERK,
    Role.EXECUTOR, Role.BAILIFF, Role.FINANCE_REGISTRAR, Role.FINANCE_KEEPER, Role.FINANCE_PAYER,
    Role.BUREAU_DIRECTOR, Role.PRESIDENT, Role.ADMINISTRATOR,
)  # fmt: skip
A_LINE = 5


class Command(BaseCommand):
    help = "Print the sign-ins of the demo court."

    def handle(self, *args: Any, **options: Any) -> None:
        write = self.stdout.write
        write(f"演示账号，密码都是 {PASSWORD}")
        for plan in PLANS:
            write(f"  {plan.name}（{plan.code}）" + ("" if plan is XIXIAN else f"，账号前加 {plan.prefix}"))
            for line in _lines(plan):
                write(f"    {line}")
        parties = list(_litigants())
        if parties:
            write(
                f"当事人，手机页面 {settings.PUBLIC_URL}/my/ （验证码在短信箱 {settings.PUBLIC_URL}/gateways/sms/ ，用 yu 登录查看）"
            )
            for row in parties:
                write(
                    f"    {row.case.number}　证件后四位 {row.party.id_number[-4:]}　"
                    f"{row.get_role_display()} {row.party.name}"
                )


def _lines(plan: Plan) -> list[str]:
    people = sorted(plan.people, key=lambda row: SHOWN.index(row.role))
    words = [f"{plan.prefix}{row.username} {row.role.label} {row.name}" for row in people]
    return ["　".join(words[at : at + A_LINE]) for at in range(0, len(words), A_LINE)]


def _litigants() -> "list[Participation]":
    """王某军 and 刘某 in the case that is told through."""
    rows = Participation.objects.filter(
        case__court__code=XIXIAN.code, case__kind="EXECUTION", party__name__in=("王某军", "刘某"),
        case__participations__party__name="王某军",
    )  # fmt: skip
    return list(rows.select_related("case", "party").order_by("role", "ordinal")[:2])
