"""The court's own clocks, and ages: what no statute fixes, or what it fixes for the desk (DESK-*, GRACE-*, AGE-*)."""

from law.rulebook import Unit
from law.tables.row import M, row

RULES = (
    row("DESK-TRY", "一审审结期限", "民诉152", M, 6, Unit.MONTHS, bounds=(1, 6)),
    row("DESK-EFFECT", "登记判决生效日", "本院内控", M, 30, Unit.DAYS, bounds=(1, 60)),
    row("DESK-HAND-OVER", "移送执行实施", "本院内控", M, 3, Unit.DAYS, bounds=(1, 10)),
    row("DESK-SERVE", "送达文书", "本院内控", M, 5, Unit.DAYS, bounds=(1, 15)),
    row("DESK-DECIDE", "审批", "本院内控", M, 1, Unit.DAYS, bounds=(1, 5)),
    row("DESK-MEND", "按退回意见修改", "本院内控", M, 3, Unit.DAYS, bounds=(1, 10)),
    row("DESK-CLOSE", "清偿后办理结案", "本院内控", M, 15, Unit.DAYS, bounds=(1, 30)),
    row("DESK-BANK-ANSWER", "协助单位反馈", "本院内控", M, 24, Unit.HOURS, bounds=(1, 240)),
    row("DESK-INQUIRE", "发起网络查询", "本院内控", M, 2, Unit.DAYS, bounds=(1, 10)),
    row("DESK-ANSWERS", "网络查询反馈", "本院内控", M, 3, Unit.DAYS, bounds=(1, 10)),
    row("DESK-SANCTION", "执行罚款、拘留决定", "本院内控", M, 30, Unit.DAYS, bounds=(1, 60)),
    row("DESK-REPAIR", "清偿后解除惩戒", "本院内控", M, 3, Unit.WORKING_DAYS, bounds=(1, 3)),
    row("DESK-RELEASE", "清偿后审查提前解除拘留", "本院内控", M, 1, Unit.DAYS, bounds=(1, 1)),
    row("DESK-APPROACH", "答复主动联系的义务人", "本院内控", M, 2, Unit.WORKING_DAYS, bounds=(1, 10)),
    row("DESK-PAYEE", "核对当事人填写的收款账户", "本院内控", M, 3, Unit.WORKING_DAYS, bounds=(1, 10)),
    row("DESK-HURRY", "答复催办", "本院内控", M, 3, Unit.WORKING_DAYS, bounds=(1, 10)),
    row("DESK-HURRY.EVERY", "两次催办的最短间隔", "本院内控", M, 7, Unit.DAYS, bounds=(1, 30)),
    row("GRACE-LEAST", "履行宽限期下限", "本院内控；法发〔2019〕35号15", M, 3, Unit.DAYS, bounds=(1, 30)),
    row("GRACE-MOST", "履行宽限期上限", "本院内控；法发〔2019〕35号15", M, 90, Unit.DAYS, bounds=(30, 180)),
    row("AGE-ADULT", "成年", "民法典17", M, 18, Unit.YEARS),
)
