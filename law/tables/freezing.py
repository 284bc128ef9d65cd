"""Rules of sealing, seizing and freezing (FRZ-*), with the terms that applied before the 2015 interpretation."""

from datetime import date

from law.rulebook import Unit
from law.tables.row import V2, M, V, row

NEW_TERMS = date(2015, 2, 4)
OLD_TERMS_END = date(2015, 2, 3)

RULES = (
    row("FRZ-TERM-DEPOSIT", "冻结存款期限（旧）", "旧查规29", M, 6, Unit.MONTHS, until=OLD_TERMS_END),
    row("FRZ-TERM-DEPOSIT", "冻结存款期限", "解释485①", V, 12, Unit.MONTHS, since=NEW_TERMS),
    row("FRZ-TERM-MOVABLE", "查封扣押动产期限（旧）", "旧查规29", M, 12, Unit.MONTHS, until=OLD_TERMS_END),
    row("FRZ-TERM-MOVABLE", "查封扣押动产期限", "解释485①", V, 24, Unit.MONTHS, since=NEW_TERMS),
    row("FRZ-TERM-REAL", "查封不动产、冻结其他财产权期限（旧）", "旧查规29", M, 24, Unit.MONTHS, until=OLD_TERMS_END),
    row("FRZ-TERM-REAL", "查封不动产、冻结其他财产权期限", "解释485①", V, 36, Unit.MONTHS, since=NEW_TERMS),
    row("FRZ-RENEW", "届满前办妥续行手续", "解释485②③", V),
    row("FRZ-EXPIRE", "期满未续效力消灭", "查规27", V),
    row("FRZ-EFFECT", "措施生效时点", "查规1②、7②；股规6；解释484", V),
    row("FRZ-END-DATE", "以载明的届满日为准", "保规18②", V),
    row("FRZ-WAIT", "轮候按登记先后递补", "查规26", V),
    row("FRZ-WAIT-TERM", "轮候期间不起算期限", "最高人民法院答复", M),
    row("FRZ-WAIT-PROCEEDS", "轮候及于剩余变价款", "法〔2022〕107号", M),
    row("FRZ-ORDER", "协助单位按送达先后办理", "保规16", V),
    row("FRZ-NO-OVER", "不得明显超标的", "查规19；民诉253①", V),
    row("FRZ-NO-OVER.MARGIN", "提示明显超标的的幅度", "本院内控", M, "0.20", Unit.RATIO, bounds=("0", "1")),
    row("FRZ-OVER-EQUITY", "股权超标的部分解除期限", "股规5", V, 7, Unit.DAYS, bounds=(1, 7)),
    row("FRZ-OVER-LISTED", "上市公司股票冻结上浮幅度", "善意7", V2, "0.20", Unit.RATIO, bounds=("0", "0.20")),
    row("FRZ-OVER-ACCOUNT", "账户冻结写明数额", "保规15；善意；法〔2021〕322号", V),
    row("FRZ-LIVE", "活封：允许继续使用", "查规10；解释155；保规13②", V),
    row("FRZ-EXEMPT", "不得查封的财产", "查规3", V),
    row("FRZ-INCOME", "扣留收入保留必需生活费", "民诉254", V),
    row("FRZ-HOME-BASE", "生活必需住房可封不可卖", "查规4、5", V),
    row("FRZ-HOME-OK", "唯一住房可处置的情形：租金最低年数", "异复20", V, 5, Unit.YEARS),
    row("FRZ-HOME-OK.RENT-MAX", "唯一住房可处置的情形：租金最高年数", "异复20", V, 8, Unit.YEARS),
    row("FRZ-HOME-OK.GRACE", "交付房屋的宽限期", "异复20", V, 3, Unit.MONTHS),
    row("FRZ-HOME-MORTGAGE", "抵押住房腾退宽限期", "法释〔2005〕14号", V, 6, Unit.MONTHS),
    row("FRZ-RELEASE", "应当解除的情形", "查规28", V),
    row("FRZ-60D-HANDOVER", "优先债权法院商请移送", "法释〔2016〕6号1-4", V2, 60, Unit.DAYS),
    row("FRZ-60D-HANDOVER.REPLY", "首封法院移送期限", "法释〔2016〕6号1-4", V2, 15, Unit.DAYS, bounds=(1, 15)),
    row("FRZ-COOWN", "共有财产的查封", "查规12", V),
    row("FRZ-REG-RACE", "已受理未办结过户应协助查封", "查规23", V),
    row("FRZ-THIRD-DEBT", "到期债权异议期", "执规45-52；解释499", V, 15, Unit.DAYS),
    row("FRZ-THIRD-NOAUTO", "次债务人异议不当然解冻", "法答网精选答问第37批", V2),
    row("FRZ-RECORD", "查封笔录记载事项", "查规18", V),
    row("FRZ-REFPRICE-START", "查封后启动参考价期限", "参规1", V, 30, Unit.DAYS, bounds=(1, 30)),
)
