"""Rules of case funds (FUND-*)."""

from law.rulebook import Unit
from law.tables.row import V2, M, V, row

RULES = (
    row("FUND-ACCOUNT", "一案一账号", "款规4", V2),
    row("FUND-NOTICE-ACCT", "执行通知写明专户", "款规5", V2),
    row("FUND-DIRECT", "必须进专户的款项", "款规6", V2),
    row("FUND-CASH", "收取现金的最少人数", "款规8", V2, 2, Unit.COUNT),
    row("FUND-CASH.HANDOVER", "现金移交期限", "款规8", V2, 1, Unit.DAYS, bounds=(0, 1)),
    row("FUND-LEDGER", "每月核对", "款规3", V2, 1, Unit.MONTHS),
    row("FUND-LEDGER.CLOSE", "次月办理月结期限", "本院内控", M, 5, Unit.WORKING_DAYS, bounds=(1, 15)),
    row("FUND-30D", "发放期限", "款规10", V2, 30, Unit.DAYS, bounds=(1, 30)),
    row("FUND-10+5WD", "执行部门支付通知期限", "法〔2021〕322号", M, 10, Unit.WORKING_DAYS, bounds=(1, 30)),
    row("FUND-10+5WD.FINANCE", "财务部门发放期限", "法〔2021〕322号", M, 5, Unit.WORKING_DAYS, bounds=(1, 30)),
    row("FUND-LOCAL", "本院发放目标", "本院内控", M, 72, Unit.HOURS, bounds=(1, 720)),
    row("FUND-TIER", "须院长审批的发放金额", "本院内控", M, 100000, Unit.YUAN, bounds=(10000, 10000000)),
    row("FUND-DELAY", "延缓事由消失后发放期限", "款规10", M, 10, Unit.DAYS, bounds=(1, 30)),
    row("FUND-DELAY.REVIEW", "延缓发放至迟复查", "本院内控", M, 180, Unit.DAYS, bounds=(30, 365)),
    row("FUND-DELAY.PLAN", "分配方案异议期间的复查", "本院内控；解释509、510", M, 60, Unit.DAYS, bounds=(45, 180)),
    row("FUND-PAYEE", "应付给申请人本人", "款规11-13；执规20②", M),
    row("FUND-PAYEE.COOLING", "收款账户变更后提示的时间", "本院内控", M, 24, Unit.HOURS, bounds=(1, 720)),
    row("FUND-DEPOSIT", "提存", "款规14、15", M),
    row("FUND-DEPOSIT.FEE", "由申请人负担的提存费用", "款规15；本院内控", M, 0, Unit.YUAN, bounds=(0, 1000)),
    row("FUND-DEPOSIT.CLAIM", "提存物领取期限", "民法典574②", M, 5, Unit.YEARS),
    row("FUND-DEPOSIT.OVER", "提存期满后决定是否上缴国库", "本院内控；民法典574②", M, 30, Unit.DAYS, bounds=(1, 180)),
    row("FUND-UNKNOWN", "不明款甄别期限（本院自定）", "地方文件", V2, 3, Unit.WORKING_DAYS, bounds=(1, 30)),
    row("FUND-UNKNOWN.NOTICE", "不明款公告认领期限（本院自定）", "本院内控", M, 60, Unit.DAYS, bounds=(15, 365)),
    row("FUND-UNKNOWN.KNOWN", "甄别时回看以往付款", "本院内控", M, 730, Unit.DAYS, bounds=(90, 1825)),
    row("FUND-UNKNOWN.LATELY", "甄别时回看催款文书", "本院内控", M, 30, Unit.DAYS, bounds=(7, 180)),
    row("FUND-SURPLUS", "余款退还", "执规34；网拍23", V),
    row("FUND-DISPUTE-HOLD", "提存与争议债权等额的款项", "解释510③", V),
    row("FUND-UPPER-HOLD", "上级指定账户", "执规69", V),
    row("FUND-3RD-PAYER", "代付记录真实付款人", "本院内控", M),
    row("FUND-3RD-PAYER.COUNTS", "干警自愿补足计入到位（1计入，0不计）", "本院内控", M, 0, Unit.COUNT, bounds=(0, 1)),
)
