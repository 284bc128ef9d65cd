"""Short citations made long: "民诉104②；解释125" becomes the full name of the act with article and paragraph."""

import re

ACTS = {
    "民诉": "《民事诉讼法》",
    "解释": "《民事诉讼法解释》",
    "执规": "《执行工作若干问题的规定（试行）》",
    "执程": "《适用民事诉讼法执行程序若干问题的解释》",
    "保规": "《办理财产保全案件若干问题的规定》",
    "查规": "《民事执行中查封、扣押、冻结财产的规定》",
    "拍规": "《民事执行中拍卖、变卖财产的规定》",
    "网拍": "《网络司法拍卖若干问题的规定》",
    "参规": "《确定财产处置参考价若干问题的规定》",
    "财调": "《民事执行中财产调查若干问题的规定》",
    "异复": "《办理执行异议和复议案件若干问题的规定》",
    "和规": "《执行和解若干问题的规定》",
    "担规": "《执行担保若干问题的规定》",
    "追规": "《民事执行中变更、追加当事人若干问题的规定》",
    "股规": "《强制执行股权若干问题的规定》",
    "费办": "《诉讼费用交纳办法》",
    "审限": "法释〔2000〕29号",
    "06期限": "法发〔2006〕35号",
    "终规": "法〔2016〕373号",
    "失规": "法释〔2017〕7号",
    "限规": "法释〔2015〕17号",
    "善意": "法发〔2019〕35号",
    "迟规": "法释〔2014〕8号",
    "款规": "法发〔2017〕6号",
    "放假": "《全国年节及纪念日放假办法》",
    "民法典": "《民法典》",
    "刑法": "《刑法》",
    "破产法": "《企业破产法》",
    "个保法": "《个人信息保护法》",
    "拒执": "法释〔2024〕13号",
    "委托": "《委托执行若干问题的规定》",
    "刑财": "《刑事裁判涉财产部分执行的若干规定》",
    "旧查规": "2004年《民事执行中查封、扣押、冻结财产的规定》",
}
PARAGRAPHS = "①②③④⑤⑥⑦⑧⑨"
NUMERALS = "一二三四五六七八九"
_SHORT = re.compile(rf"^({'|'.join(sorted(ACTS, key=len, reverse=True))}|.*〔\d{{4}}〕\d+号)(\d.*)$")
_ARTICLE = re.compile(rf"^(\d+)(?:[–-](\d+))?([{PARAGRAPHS}]*)(（.+）)?$")


def full(short: str) -> str:
    """Write a short citation in full; parts that are no known act stay as they are.

    full("民诉104②；解释125") == "《民事诉讼法》第104条第2款；《民事诉讼法解释》第125条".
    """
    return "；".join(_part(part.strip()) for part in short.split("；"))


def _part(part: str) -> str:
    match = _SHORT.match(part)
    if match is None:
        return part
    return ACTS.get(match[1], match[1]) + "、".join(_article(piece) for piece in match[2].split("、"))


def _article(piece: str) -> str:
    match = _ARTICLE.match(piece)
    if match is None:
        return piece
    first, last, marks, item = match.groups()
    text = f"第{first}条" if last is None else f"第{first}条至第{last}条"
    if marks:
        text += "第" + "、".join(str(PARAGRAPHS.index(mark) + 1) for mark in marks) + "款"
    return text + (item.replace("（", "第（").replace("）", "）项") if item else "")
