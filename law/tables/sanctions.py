"""Rules of fines, detention, exit bans and criminal referral (SAN-*, REF-CRIME … REF-LENIENT)."""

from law.rulebook import Unit
from law.tables.row import V2, V, row

RULES = (
    row("SAN-FINE", "个人罚款上限", "民诉118①", V, 100000, Unit.YUAN, bounds=(1, 100000)),
    row("SAN-FINE.UNIT-MIN", "单位罚款下限", "民诉118①", V, 50000, Unit.YUAN),
    row("SAN-FINE.UNIT-MAX", "单位罚款上限", "民诉118①", V, 1000000, Unit.YUAN, bounds=(50000, 1000000)),
    row("SAN-DETAIN", "拘留上限", "民诉118②③；解释182", V, 15, Unit.DAYS, bounds=(1, 15)),
    row("SAN-APPROVE", "院长批准", "民诉119；解释178、181", V),
    row("SAN-FAMILY", "通知家属期限", "解释180", V, 24, Unit.HOURS, bounds=(1, 24)),
    row("SAN-RECON", "罚款拘留复议期限", "民诉119③；解释185", V, 3, Unit.DAYS),
    row("SAN-RECON.RULE", "上级决定期限", "解释185", V, 5, Unit.DAYS, bounds=(1, 5)),
    row("SAN-NO-REPEAT", "同一行为不得连续处罚", "解释183、184", V),
    row("SAN-TARGET", "单位责任人", "民诉114②、117②", V),
    row("SAN-PROPORTION", "罚款的考虑因素", "解释193", V),
    row("SAN-EXIT", "限制出境复议期限", "执程23-25；异复9", V, 10, Unit.DAYS),
    row("SAN-EXIT.RULE", "限制出境复议审查期限", "异复9", V, 15, Unit.DAYS, bounds=(1, 15)),
    row("REF-CRIME", "拒不执行判决、裁定罪", "刑法313", V, 3, Unit.YEARS),
    row("REF-CRIME.GRAVE", "情节特别严重", "刑法313", V, 7, Unit.YEARS),
    row("REF-PRECOND", "须先经罚款或者拘留的情形", "拒执3、6", V),
    row("REF-ABILITY", "执行能力扣除必需费用", "拒执5", V),
    row("REF-PACKAGE", "移送材料的证据种类", "法发〔2025〕8号3、4", V2, 5, Unit.COUNT),
    row("REF-POLICE", "公安机关立案审查期限", "法发〔2025〕8号5", V2, 7, Unit.DAYS),
    row("REF-POLICE.COMPLEX", "重大疑难案件审查期限", "法发〔2025〕8号5", V2, 30, Unit.DAYS),
    row("REF-PROSEC", "检察通知立案后立案期限", "法发〔2025〕8号", V2, 15, Unit.DAYS),
    row("REF-PRIVATE", "可以自诉前的等待期", "拒执14；法〔2018〕147号", V, 60, Unit.DAYS),
    row("REF-LENIENT", "履行后的从宽", "拒执11", V),
)
