"""Rules of distribution among creditors (DIST-*)."""

from law.rulebook import Unit
from law.tables.row import V, row

RULES = (
    row("DIST-WHO", "参与分配限于公民和其他组织", "解释506、511-514；法发〔2017〕2号", V),
    row("DIST-TITLE", "须取得执行依据", "解释506", V),
    row("DIST-WINDOW", "财产执行终结前提出", "解释507②", V),
    row("DIST-ORDER", "费用、优先债权、普通债权按比例", "解释508", V),
    row("DIST-CORP", "企业法人按查封先后", "解释514", V),
    row("DIST-MULTI-TITLE", "多份文书按措施先后，一份文书按比例", "执规55", V),
    row("DIST-HOST", "首封法院主持分配", "执规56", V),
    row("DIST-PLAN", "制作并送达分配方案", "解释509；执程17", V),
    row("DIST-OBJ-1", "对方案提出异议", "解释509", V, 15, Unit.DAYS),
    row("DIST-OBJ-2", "对异议提出反对", "解释510", V, 15, Unit.DAYS),
    row("DIST-OBJ-3", "异议人起诉", "解释510②", V, 15, Unit.DAYS),
    row("DIST-CRIM", "刑民并存的顺序", "刑财13", V),
    row("DIST-DOUBLE-LAST", "加倍部分排在最后", "迟规4", V),
)
