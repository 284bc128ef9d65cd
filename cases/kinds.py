"""Words of the case: kinds, lanes, roles of parties, ways of closing. Symbols are stored, labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseKind(models.TextChoices):
    """The kinds of case and the characters that stand for them in a case number (法〔2015〕137号)."""

    CIVIL = "CIVIL", _("民事一审")
    PRE_SUIT_PRESERVATION = "PRE_SUIT_PRESERVATION", _("诉前保全审查")
    PRESERVATION = "PRESERVATION", _("保全执行")
    EXECUTION = "EXECUTION", _("首次执行")
    RESUMED_EXECUTION = "RESUMED_EXECUTION", _("恢复执行")
    OBJECTION = "OBJECTION", _("执行异议")
    SANCTION = "SANCTION", _("司法制裁")
    OTHER_EXECUTION = "OTHER_EXECUTION", _("其他执行")


CHARACTERS = {
    CaseKind.CIVIL: "民初",
    CaseKind.PRE_SUIT_PRESERVATION: "财保",
    CaseKind.PRESERVATION: "执保",
    CaseKind.EXECUTION: "执",
    CaseKind.RESUMED_EXECUTION: "执恢",
    CaseKind.OBJECTION: "执异",
    CaseKind.SANCTION: "司惩",
    CaseKind.OTHER_EXECUTION: "执他",
}

EXECUTION_KINDS = frozenset({CaseKind.EXECUTION, CaseKind.RESUMED_EXECUTION})


class Lane(models.TextChoices):
    """The four lanes of an execution case (夏津: 集约查控、执行实施、财产处置、执行裁决)."""

    INQUIRY = "INQUIRY", _("集约查控")
    IMPLEMENTATION = "IMPLEMENTATION", _("执行实施")
    DISPOSAL = "DISPOSAL", _("财产处置")
    RULING = "RULING", _("执行裁决")


class PartyKind(models.TextChoices):
    """A person or an organisation."""

    PERSON = "PERSON", _("自然人")
    ORGANISATION = "ORGANISATION", _("法人或其他组织")


class ParticipationRole(models.TextChoices):
    """What a party is in one case."""

    PLAINTIFF = "PLAINTIFF", _("原告")
    DEFENDANT = "DEFENDANT", _("被告")
    APPLICANT = "APPLICANT", _("申请人")
    RESPONDENT = "RESPONDENT", _("被申请人")
    CREDITOR = "CREDITOR", _("申请执行人")
    DEBTOR = "DEBTOR", _("被执行人")
    THIRD_PARTY = "THIRD_PARTY", _("案外人")
    AGENT = "AGENT", _("代理人")


CLAIMING = frozenset({ParticipationRole.PLAINTIFF, ParticipationRole.APPLICANT, ParticipationRole.CREDITOR})
OWING = frozenset({ParticipationRole.DEFENDANT, ParticipationRole.RESPONDENT, ParticipationRole.DEBTOR})


class ClosedHow(models.TextChoices):
    """How a case ended. Ending the round is its own way and never counts as performed (终规; 执规64)."""

    JUDGED = "JUDGED", _("判决")
    MEDIATED = "MEDIATED", _("调解")
    WITHDRAWN = "WITHDRAWN", _("撤诉")
    CONTROLLED = "CONTROLLED", _("保全完毕")
    PARTLY_CONTROLLED = "PARTLY_CONTROLLED", _("部分保全")
    NOTHING_TO_CONTROL = "NOTHING_TO_CONTROL", _("无标的物可保全")
    LIFTED = "LIFTED", _("保全解除")
    PERFORMED = "PERFORMED", _("执行完毕")
    ROUND_ENDED = "ROUND_ENDED", _("终结本次执行程序")
    TERMINATED = "TERMINATED", _("终结执行")
    RULED = "RULED", _("裁决")
    REFUSED = "REFUSED", _("不予受理")
    CLEARED = "CLEARED", _("清理完毕")


class ItemNature(models.TextChoices):
    """What a judgment item is; only some natures bear doubled interest (INT-COSTBASE)."""

    PRINCIPAL = "PRINCIPAL", _("金钱给付")
    GENERAL_INTEREST = "GENERAL_INTEREST", _("一般债务利息")
    COSTS = "COSTS", _("诉讼费用")
    EXECUTION_FEE = "EXECUTION_FEE", _("申请执行费")
    RESTITUTION = "RESTITUTION", _("责令退赔")
    FINE = "FINE", _("罚金")
    CONFISCATION = "CONFISCATION", _("没收财产")


CRIMINAL = (ItemNature.RESTITUTION, ItemNature.FINE, ItemNature.CONFISCATION)
"""What a criminal judgment orders, in the order in which it is satisfied (DIST-CRIM); it bears no doubled interest."""


class Liability(models.TextChoices):
    """How several payers of one item are liable (民法典177, 178)."""

    JOINT = "JOINT", _("连带")
    SEVERAL = "SEVERAL", _("按份")
    SUPPLEMENTARY = "SUPPLEMENTARY", _("补充")


class ObjectionKind(models.TextChoices):
    """Against how the court acted, or against the thing on which it acts (民诉236、238)."""

    CONDUCT = "CONDUCT", _("执行行为异议")
    TITLE = "TITLE", _("执行标的异议")


class ObjectionOutcome(models.TextChoices):
    """How an objection was ruled (异复17)."""

    UPHELD = "UPHELD", _("成立")
    PARTLY = "PARTLY", _("部分成立")
    REJECTED = "REJECTED", _("不成立")


class PerformanceSource(models.TextChoices):
    """Where a performance came from."""

    RECEIPT = "RECEIPT", _("案款到账")
    DIRECT = "DIRECT", _("直接履行")
    LEVY = "LEVY", _("扣划")
    IN_KIND = "IN_KIND", _("以物抵债")
    SET_OFF = "SET_OFF", _("抵销")
    WAIVER = "WAIVER", _("放弃")


class Audience(models.TextChoices):
    """For whom an event can be made visible outside the court."""

    CREDITOR = "CREDITOR", _("申请执行人一方")
    DEBTOR = "DEBTOR", _("被执行人一方")
