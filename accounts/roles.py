"""Roles of staff and of those outside, and the acts that the policy knows."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a post is for. One person may hold several posts and chooses one at sign-in."""

    FILING_CLERK = "FILING_CLERK", _("立案人员")
    TRIAL_JUDGE = "TRIAL_JUDGE", _("审判法官")
    EXECUTION_JUDGE = "EXECUTION_JUDGE", _("执行法官")
    ASSISTANT = "ASSISTANT", _("法官助理")
    CLERK = "CLERK", _("书记员")
    EXECUTOR = "EXECUTOR", _("执行员")
    BAILIFF = "BAILIFF", _("法警")
    QUERY_OFFICER = "QUERY_OFFICER", _("集约查控员")
    FINANCE_REGISTRAR = "FINANCE_REGISTRAR", _("案款登记")
    FINANCE_KEEPER = "FINANCE_KEEPER", _("案款保管")
    FINANCE_PAYER = "FINANCE_PAYER", _("案款发放")
    BUREAU_DIRECTOR = "BUREAU_DIRECTOR", _("执行局长")
    PRESIDENT = "PRESIDENT", _("院长")
    ADMINISTRATOR = "ADMINISTRATOR", _("系统管理员")
    LITIGANT = "LITIGANT", _("当事人")
    AGENT = "AGENT", _("代理人")
    SYSTEM = "SYSTEM", _("系统")


OUTSIDE = frozenset({Role.LITIGANT, Role.AGENT, Role.SYSTEM})
STAFF_ROLES = tuple(role for role in Role if role not in OUTSIDE)


class Scope(models.IntegerChoices):
    """How far a right reaches; the wider one wins."""

    OWN = 1, _("本人承办或参与的案件")
    TEAM = 2, _("本团队的案件")
    COURT = 3, _("本院的案件")


class Action(models.TextChoices):
    """Everything that the policy allows or denies; verbs, one for each kind of act."""

    SEE_CASES = "SEE_CASES", _("查看案件")
    SEE_IDENTITY = "SEE_IDENTITY", _("查看完整证件号")
    SEE_PROPERTY = "SEE_PROPERTY", _("查看查控财产")
    EXPORT = "EXPORT", _("导出清单")
    FILE = "FILE", _("立案")
    EDIT_CASE = "EDIT_CASE", _("修改案件资料")
    ASSIGN = "ASSIGN", _("分案与移交")
    NOTE = "NOTE", _("记录笔记与附件")
    CORRECT = "CORRECT", _("更正误录")
    TRY = "TRY", _("审理与裁判")
    APPLY_PRESERVATION = "APPLY_PRESERVATION", _("登记保全申请")
    RULE_PRESERVATION = "RULE_PRESERVATION", _("裁定保全")
    EXECUTE = "EXECUTE", _("办理执行实施")
    INQUIRE = "INQUIRE", _("网络查控")
    FREEZE = "FREEZE", _("提请与办理查封冻结")
    APPROVE_MEASURE = "APPROVE_MEASURE", _("审批查控措施")
    RULE_OBJECTION = "RULE_OBJECTION", _("审查执行异议")
    ISSUE = "ISSUE", _("制作文书")
    SERVE = "SERVE", _("送达")
    PROPOSE_PRESSURE = "PROPOSE_PRESSURE", _("提请信用惩戒与强制")
    DECIDE_PRESSURE = "DECIDE_PRESSURE", _("签发限制消费、失信、罚款、拘留")
    PROPOSE_CLOSING = "PROPOSE_CLOSING", _("提请结案")
    APPROVE_CLOSING = "APPROVE_CLOSING", _("审批结案")
    SEE_FUNDS = "SEE_FUNDS", _("查看案款")
    REGISTER_RECEIPT = "REGISTER_RECEIPT", _("登记来款")
    CLAIM_MONEY = "CLAIM_MONEY", _("认领不明款")
    CONFIRM_CLAIM = "CONFIRM_CLAIM", _("复核认领")
    CONFIRM_PAYOUT = "CONFIRM_PAYOUT", _("确认发放方案")
    APPROVE_PAYOUT = "APPROVE_PAYOUT", _("审批发放")
    RELEASE_BATCH = "RELEASE_BATCH", _("放行付款批")
    SEND_PAYOUT = "SEND_PAYOUT", _("付款")
    RECONCILE = "RECONCILE", _("对账")
    LEAD = "LEAD", _("查看指标")
    SUPERVISE = "SUPERVISE", _("督办")
    SET_RULES = "SET_RULES", _("设定本院规则")
    ADMINISTER = "ADMINISTER", _("管理人员与岗位")
    READ_AUDIT = "READ_AUDIT", _("查看安全审计")
    USE_API = "USE_API", _("使用接口")
    RUN_GATEWAYS = "RUN_GATEWAYS", _("查看与重发外部消息")
