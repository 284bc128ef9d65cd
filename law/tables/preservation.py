"""Rules of property preservation (PRES-*)."""

from law.rulebook import Unit
from law.tables.row import V, row

RULES = (
    row("PRES-PRE-RULING", "诉前保全裁定期限", "民诉104②；解释125", V, 48, Unit.HOURS, bounds=(1, 48)),
    row("PRES-LIT-RULING", "诉讼保全裁定期限", "保规4", V, 5, Unit.DAYS, bounds=(1, 5)),
    row("PRES-LIT-URGENT", "紧急诉讼保全裁定期限", "民诉103③；保规4", V, 48, Unit.HOURS, bounds=(1, 48)),
    row("PRES-EXEC-START", "保全裁定开始执行期限", "保规4；民诉103、104", V, 5, Unit.DAYS, bounds=(1, 5)),
    row("PRES-HANDOVER", "保全裁定移送执行机构实施", "保规2；执规3", V),
    row("PRES-SEC-LIT", "诉讼保全担保上限", "保规5①；民诉103②", V, "0.30", Unit.RATIO, bounds=("0", "0.30")),
    row("PRES-SEC-PRE", "诉前保全担保比例", "保规5②；解释152②；民诉104①", V, "1.00", Unit.RATIO),
    row("PRES-SEC-EXEMPT", "诉讼保全可不要求担保的情形", "保规9", V),
    row("PRES-SEC-INS", "保全担保的形式", "保规6-8", V),
    row("PRES-SEC-TOPUP", "责令追加担保", "保规5③", V),
    row("PRES-PRE-LAPSE", "诉前保全后起诉期限", "民诉104③；保规23①（1）", V, 30, Unit.DAYS),
    row("PRES-AUTO-CONVERT", "保全自动转换且期限连续计算", "保规17；解释168", V),
    row("PRES-POSTJUDG", "执前保全后申请执行期限", "解释163", V, 5, Unit.DAYS),
    row("PRES-TRANSFER-COURT", "保全手续移送受诉法院", "解释160", V),
    row("PRES-RECON", "保全裁定复议期限", "民诉111；解释171、172；保规25", V, 5, Unit.DAYS),
    row("PRES-RECON.RULE", "保全复议审查期限", "解释171；保规25", V, 10, Unit.DAYS, bounds=(1, 10)),
    row("PRES-EXEC-OBJ", "案外人异议成立后解除保全期限", "保规26、27", V, 7, Unit.DAYS, bounds=(1, 7)),
    row("PRES-LIFT-TIME", "裁定解除保全期限", "保规23②④", V, 5, Unit.DAYS, bounds=(1, 5)),
    row("PRES-LIFT-TIME.URGENT", "紧急裁定解除保全期限", "保规23②④", V, 48, Unit.HOURS, bounds=(1, 48)),
    row("PRES-LIFT-COND", "解除保全的事由", "解释166；保规22、23；民诉107", V),
    row("PRES-SUBSTITUTE", "变更保全标的物", "解释167", V),
    row("PRES-RENEW", "申请续行保全的提前日数", "保规18", V, 7, Unit.DAYS, bounds=(7, 60)),
    row("PRES-CLUE", "财产线索与网络查控申请", "保规10-12", V),
    row("PRES-LEAST-HARM", "选择影响较小的财产", "保规13、15", V),
    row("PRES-SELF-SALE", "被保全人自行处分", "保规20", V),
    row("PRES-1Y-TRANSFER", "首封保全法院长期未处分的移送", "保规21", V, 1, Unit.YEARS),
    row("PRES-WRONG", "申请错误的赔偿", "民诉108；保规23③", V),
    row("PRES-FEE.CAP", "保全申请费最高额", "费办14（二）", V, 5000, Unit.YUAN),
    row("PRES-FEE.FLAT", "保全申请费定额部分", "费办14（二）", V, 30, Unit.YUAN),
)
