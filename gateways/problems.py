"""What went wrong with a message, in words: the code is stored, the sentence is looked up when a page shows it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "UNREACHABLE": _("对方系统连接不上，将自动重试"),
    "LOST": _("没有收到答复，可能已经送达；将继续询问"),
    "REJECTED": _("对方不接收这条消息，请核对内容"),
    "KEY_KNOWN": _("对方已有同一编号、内容不同的消息"),
    "GARBLED": _("对方的答复无法读取"),
    "NOT_RECEIVED": _("对方称没有收到这条消息"),
    "NOT_WANTED": _("发出前复核：情况已变化，不再需要发送"),
    "CHECK_FAILED": _("发出前的复核未能完成"),
}
FAULT = _("系统未能接收答复，请联系管理员")


def sentence(error: str) -> str:
    """The stored problem as a sentence; what the outside said follows, a room's refusal is shown as it is."""
    if not error:
        return ""
    code, _colon, said = error.partition(": ")
    if code in SENTENCES:
        return f"{SENTENCES[code]}（{said}）" if said else str(SENTENCES[code])
    if said:
        return said
    return f"{FAULT}（{code}）" if code.isascii() else code
