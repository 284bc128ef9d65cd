"""Every part of the interface on one page with invented data (/kit/ in demo and debug), to look at and to compare."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kernel import clock
from kernel.refusals import Condition, Difference, Refusal
from kernel.templatetags.countdowns import Countdown, countdown

NOW = datetime(2026, 11, 22, 8, 40, tzinfo=clock.SHANGHAI)
NUMBER = "（2026）晋1031执417号"


class Sample(forms.Form):
    """Two fields of a freezing form: one with help, one with an error."""

    until = forms.CharField(label="冻结到", help_text="存款不超过一年", initial="2027年11月21日")
    amount = forms.CharField(label="金额（元）", initial="1,426,300.00")
    reason = forms.CharField(label="理由", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="已核对收款账户", required=False)

    def clean_amount(self) -> str:
        """Always refuses, so that the error can be seen."""
        raise forms.ValidationError("超过应付 142,630.00，多了一位？")


def show(request: HttpRequest) -> HttpResponse:
    """The page of all parts."""
    return render(request, "kit.html", parts())


def left(hours: float, *, opened: float = 0, near: float = 24) -> Countdown:
    """A countdown from the sample moment: hours to go (negative: past), hours since it began, hours of warning."""
    due = NOW + timedelta(hours=hours)
    return countdown(due, NOW, opened=NOW - timedelta(hours=opened), warn_at=due - timedelta(hours=near))


def parts() -> dict[str, Any]:
    """Sample values of every part."""
    typed = Sample({"until": "2027年11月21日", "amount": "1,426,300.00"})
    typed.is_valid()
    return {
        "themes": ("light", "dark"),
        "form": typed,
        "due": {"past": left(-48), "near": left(5), "running": left(200, opened=90), "big": left(63.5, near=72)},
        "refusal": refusal(),
        "stale": [
            Difference(label="保管人", now="郝某", typed="刘某"),
            Difference(label="张数", now="6", typed="6"),
        ],
        "stale_keep": {"label": "用现在的", "url": "#"},
        "stale_force": {"label": "用我的，写明理由", "url": "#"},
        "batch": [{"label": "核对后一并同意"}],
        "plain": {"at": NOW - timedelta(days=7), "headline": "有人说商铺他租在先，提出异议"}
        | {"means": "商铺先不拍，其余照常执行", "can": "等，11月30日前有结果"},
        "owed": Decimal("1126481.42"),
        "duties": duties(),
        **money(),
        **case(),
        **judging(),
    }


def refusal() -> Refusal:
    """A refused act with one condition met and two open."""
    refused = Refusal(
        conditions=[
            Condition(text="执行通知、报告财产令已送达", met=True),
            Condition(text="立案满三个月：今天第 80 天", cure="12月4日起可办"),
            Condition(text="限制消费令还没有发", cure="起草", url="#"),
        ]
    )
    refused.message = "还不能终结本次执行程序，差 2 项"  # type: ignore[misc]
    return refused


def duties() -> list[dict[str, Any]]:
    """Three groups of an inbox."""
    rows = [
        ("past", "已过期", left(-15.67), "执行通知书送达回证入卷", "靳某 11月16日已签收，回证照片未上传", "上传回证"),
        ("near", "今天到期", left(5), "案款 36,500.00 元发给王某军", "现在在：局长审批，已等 14 小时", "催审批"),
        ("idle", "以后", left(200, opened=160), "送达异议申请书副本", "郝某称商铺由其承租在先", "送达"),
    ]
    return [{"state": s, "label": label, "count": 1, "duties": [duty(*row)]} for s, label, *row in rows]


def duty(due: Countdown, title: str, why: str, act: str) -> dict[str, Any]:
    """One row of the inbox."""
    return {
        "id": title,
        "left": due,
        "title": title,
        "why": why,
        "number": NUMBER,
        "case_url": "#",
        "parties": "王某军 与 某环保科技公司、刘某",
        "amount": Decimal("1126481.42"),
        "act": {"label": act, "url": "#"},
    }


def money() -> dict[str, Any]:
    """The sum owed, what is held, the day's equation, ageing and a payout on its way."""
    return {
        "lines": [
            {"label": "判项一 赔偿款", "note": "7月15日届满", "amount": Decimal("1311000.00")},
            {"label": "受理费、执行费", "amount": Decimal("23809.50")},
            {"label": "迟延履行加倍利息", "note": "日 0.175‰，3 段共 130 天", "amount": Decimal("28171.92")}
            | {"detail": "77 天×131.10 万，50 天×113.48 万，3 天×109.83 万"},
            {"label": "减：已到账 2 笔", "note": "9月30日、11月19日", "amount": Decimal("-236500.00")},
        ],
        "holdings": [
            {"label": "存款 尾号 6217", "amount": Decimal("186200.00"), "note": "刘某，已冻结，首封"},
            {
                "label": "商铺 鼓楼路 86.4㎡",
                "amount": Decimal("620000.00"),
                "note": "异议审查中，暂停处置",
                "held": True,
            },
            {"label": "货车 晋L 7K2**", "amount": Decimal("78000.00"), "note": "已查封，未扣到"},
        ],
        "terms": [
            {"label": "银行余额，8:30", "amount": Decimal("4392970.00")},
            {"sign": "＝", "label": "待发放 22 笔", "amount": Decimal("3664150.00")},
            {"sign": "＋", "label": "延缓、提存 4 笔", "amount": Decimal("611200.00")},
            {"sign": "＋", "label": "不明款 7 笔", "amount": Decimal("99000.00")},
            {"sign": "＋", "label": "待缴执行费", "amount": Decimal("18620.00")},
        ],
        "difference": Decimal("0.00"),
        "relay": [{"state": state} for state in ("done", "done", "done", "near", "todo")],
        "ageing": [
            {"label": "0–1 天", "count": 9, "value": "121.43", "share": 27},
            {"label": "1–3 天", "count": 11, "value": "232.15", "share": 52},
            {"label": "3–5 天", "count": 1, "value": "8.64", "share": 3, "state": "past"},
            {"label": "10–15 天", "count": 0, "share": 1},
            {"label": "延缓、提存", "count": 4, "value": "61.12", "share": 14, "state": "held"},
        ],
        "stats": [
            {
                "label": "首次实际执结率",
                "value": "74.2",
                "unit": "%",
                "state": "done",
                "note": "目标 70%，高 4.2 百分点",
            }
            | {"history": [68, 69, 70, 71, 73, 74.2], "target": 70, "url": "#"},
            {
                "label": "民事案件保全率",
                "value": "28.4",
                "unit": "%",
                "state": "past",
                "note": "目标 30%，低 1.6 百分点",
            }
            | {"history": [24, 25, 27, 29, 28.8, 28.4], "target": 30, "url": "#"},
            {"label": "案款平均用时", "value": "2.7", "unit": "天", "state": "done", "note": "目标 3 天以内"},
        ],
    }


def case() -> dict[str, Any]:
    """The spine, the timeline, the matter, what runs out first."""
    nodes = [
        ("立案", "7月20日", "done"),
        ("网络查询", "7月24日，4 轮", "done"),
        ("强制与威慑", "现在，第 100 天", "now"),
    ]
    nodes += [("评估拍卖", "11月15日起暂停", "held"), ("发放", "已发 1 笔", "todo"), ("结案", "不晚于 1月20日", "todo")]
    return {
        "lanes": [
            {"label": "集约查控", "span": 2},
            {"label": "执行实施", "span": 1, "now": True},
            {"label": "财产处置", "span": 1},
            {"label": "案款与结案", "span": 2},
        ],
        "nodes": [{"label": label, "note": note, "state": state} for label, note, state in nodes],
        "dues": [
            {"left": left(63.33, near=72), "note": "刘某宽限期，11月24日 24:00"},
            {"left": left(200, opened=200), "note": "郝某异议审查，11月30日"},
        ],
        "entries": [
            {"at": NOW - timedelta(hours=67), "sentence": "到账 36,500.00 元，提取刘某租金", "weighty": True}
            | {"plain": "自动记入本案，72 小时发放钟开始", "papers": [{"label": "凭证", "url": "#"}]},
            {"at": NOW - timedelta(days=10), "sentence": "李书记员电话联系刘某：接通，答应周末前付 30,000 元"}
            | {"plain": "近 7 次联系接通 2 次", "papers": [{"label": "录音", "url": "#"}]},
        ],
        "cases": [
            {"number": "（2025）晋1031民初1872号", "url": "#", "note": "判决 2026年6月10日，6月30日生效"},
            {"number": NUMBER, "here": True, "note": "首次执行，本案"},
            {"number": "（2026）晋1031执异23号", "url": "#", "branch": True, "note": "郝某异议，裁决组审查，剩 8 天"},
        ],
        "next_left": left(27.33, opened=20, near=12),
    }


def judging() -> dict[str, Any]:
    """A decision, the portrait, the ladder and the days of grace."""
    return {
        "card": {
            "id": "1",
            "kind": "冻结存款",
            "asker": "马执行员报请",
            "left": left(3.33),
            "amount": Decimal("142630.00"),
            "tail": "，3 个账户",
            "whom": "被执行人 曹某",
            "number": "（2026）晋1031执402号",
            "case_url": "#",
            "case_note": "范某 劳动报酬",
            "why": "昨天 16:40 查到，网银仍可转出，宜即时冻结。",
            "facts_for": ["应付 142,630.00 元，已控制 0", "3 户余额 151,880.40 元，均为首封"],
            "facts_against": ["尾号 8842 是工资户，已留出必需生活费 1,950.00 元"],
            "articles": [{"label": "民诉法第253条", "url": "#"}, {"label": "解释第485条", "url": "#"}],
            "article_note": "冻结不超过一年",
            "then": ["裁定编号，协助通知发 3 家银行，约 2 小时回执", "到期日 2027年11月21日，提前 30 日出续冻草稿"],
            "acts": [{"label": "同意冻结", "url": "#"}, {"label": "退回", "url": "#"}, {"label": "询问", "url": "#"}],
        },
        "dimensions": [
            {"label": "资产状况", "finding": "有财产，不足额"}
            | {"facts": [{"label": "存款 尾号 6217", "value": "186,200.00", "source": "已冻结，11月10日银行回执"}]},
            {"label": "经营前景", "finding": "小而在营"}
            | {"facts": [{"label": "参保职工", "value": "6 人", "source": "社保中心，10月31日"}]},
            {"label": "负债原因", "finding": "经营性，一次事故"}
            | {"facts": [{"label": "赌博、挥霍", "value": "无记录", "source": "公安协查，9月18日"}]},
            {"label": "履行意愿", "finding": "犹豫"}
            | {"facts": [{"label": "近 7 次联系", "value": "接通 2 次", "source": "联系记录"}]},
        ],
        "sections": [
            {"label": "支持限制消费", "sign": "plus", "reasons": [{"text": "年租金 38,400.00 元未报告"}]},
            {"label": "反对的", "sign": "minus", "reasons": [{"text": "9月30日主动付过 200,000.00 元"}]},
            {
                "label": "什么会改变建议",
                "sign": "down",
                "reasons": [{"text": "届满前付 30 万元或分期达成：停在宽限期"}],
            },
        ],
        "rungs": rungs(),
        "days": ["past"] * 27 + ["today"] + ["todo"] * 2,
        "flags": [
            {"label": "签收", "day": 1},
            {"label": "电话接通", "day": 18},
            {"label": "到账 36,500.00", "day": 25},
        ],
    }


def rungs() -> list[dict[str, Any]]:
    """The seven rungs of the ladder."""
    rows: list[tuple[str, str, str, list[tuple[str, list[str]]]]] = [
        ("督促履行", "7月23日", "done", [("", ["执行通知书和", "报告令已签收"])]),
        ("失信预警", "10月25日", "done", [("", ["签收预警书，", "写明金额期限"])]),
        ("履行宽限期", "现在", "now", [("", ["第 28 天", "共 30 天", "期内履行，", "不留失信记录"])]),
        (
            "限制消费",
            "建议",
            "advised",
            [("还差", ["宽限期届满", "院长签发"]), ("后果", ["飞机高铁等", "9 项不得消费"])],
        ),
        ("失信名单", "暂不符", "closed", [("还差", ["法定情形之一", "院长签发送达"]), ("反对", ["已控 78.5%"])]),
        ("罚款、拘留", "暂不符", "closed", [("还差", ["新的妨害行为", "院长批准"]), ("上限", ["10 万元", "15 日"])]),
        ("拒执移送", "暂不符", "closed", [("还差", ["先罚款或拘留", "仍拒不执行", "证据 5 类"])]),
    ]
    return [
        {"label": label, "note": note, "state": state, "lines": [{"head": h, "texts": t} for h, t in lines]}
        for label, note, state, lines in rows
    ]
