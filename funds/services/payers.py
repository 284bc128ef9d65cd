"""Who a payer is to the case: the debtor, its kin or its representative, by the name that the bank tells.

Banks and payers write "王某(妻)", "王某之妻", "代王某"; such money is paid on behalf and the relation is kept as it was
written (FUND-3RD-PAYER). Nothing is guessed from surnames.
"""

import re
from dataclasses import dataclass

from kernel import text

KIN = (
    "妻子", "丈夫", "配偶", "父亲", "母亲", "儿子", "女儿", "哥哥", "弟弟", "姐姐", "妹妹", "岳父", "岳母", "公公", "婆婆",
    "妻", "夫", "父", "母", "子", "女", "兄", "弟", "姐", "妹", "叔", "伯", "舅", "姑", "姨", "亲属", "家属", "亲友", "朋友",
    "同事", "担保人", "单位", "公司", "法定代表人", "股东", "代理人",
)  # fmt: skip
_KIN = "|".join(sorted(KIN, key=len, reverse=True))
_IN_BRACKETS = re.compile(rf"^(?P<name>.+?)\s*\((?:之|的)?(?P<relation>{_KIN})(?:代(?:付|缴))?\)$")
_BEHIND = re.compile(rf"^(?P<name>.{{2,}}?)(?:之|的)(?P<relation>{_KIN})$")
_INSTEAD = re.compile(r"^代(?P<name>.{2,})$|^(?P<other>.{2,})代(?:付|缴)$")


@dataclass(frozen=True)
class Related:
    """Somebody who stands in a relation (as written) to the person of that name."""

    name: str
    relation: str


def related(payer_name: str) -> Related | None:
    """Whose kin a payer says to be: related("王某(妻)") == Related("王某", "妻"); None for a plain name."""
    plain = text.narrow(payer_name)
    for pattern in (_IN_BRACKETS, _BEHIND):
        if found := pattern.match(plain):
            return Related(found["name"].strip(), found["relation"])
    if found := _INSTEAD.match(plain):
        return Related((found["name"] or found["other"]).strip(), "代付")
    return None


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same letters and characters."""
    return bool(text.searchable(one)) and text.searchable(one) == text.searchable(other)
