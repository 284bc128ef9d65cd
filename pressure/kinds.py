"""Words of pressure for symbols of the law."""

from django.utils.translation import gettext_lazy as _

from law.consumption import LiftCause

CAUSES = {
    LiftCause.SECURITY: _("提供有效担保"),
    LiftCause.CREDITOR_AGREES: _("申请执行人同意"),
    LiftCause.BANKRUPTCY_ACCEPTED: _("已受理破产"),
    LiftCause.OFFICER_REPLACED: _("法定代表人已更换，且非实际控制人"),
    LiftCause.WRONGLY_LIMITED: _("限制消费有错误"),
}
"""Causes for which the president lifts a limit; performance needs no decision."""
