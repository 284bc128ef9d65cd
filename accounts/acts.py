"""What the security journal records. Acts are symbols; the words are looked up when a page shows them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

SIGNED_IN = "signed_in"
SIGN_IN_FAILED = "sign_in_failed"
LOCKED_OUT = "locked_out"
SIGNED_OUT = "signed_out"
POST_CHOSEN = "post_chosen"
PASSWORD_CHANGED = "password_changed"
PASSWORD_RESET = "password_reset"
PERSON_CREATED = "person_created"
PERSON_EDITED = "person_edited"
PERSON_DEACTIVATED = "person_deactivated"
PERSON_REACTIVATED = "person_reactivated"
APPOINTED = "appointed"
POST_ENDED = "post_ended"
HANDED_OVER = "handed_over"
TEAM_MADE = "team_made"
TEAM_CLOSED = "team_closed"
SEATED = "seated"
VACATED = "vacated"
STAND_IN_SET = "stand_in_set"
STAND_IN_ENDED = "stand_in_ended"
TOKEN_CREATED = "token_created"
TOKEN_REVOKED = "token_revoked"
AUDIT_EXPORTED = "audit_exported"

LABELS: dict[str, Any] = {
    SIGNED_IN: _("登录"),
    SIGN_IN_FAILED: _("登录失败"),
    LOCKED_OUT: _("登录被锁定"),
    SIGNED_OUT: _("退出"),
    POST_CHOSEN: _("选择岗位"),
    PASSWORD_CHANGED: _("修改密码"),
    PASSWORD_RESET: _("重置密码"),
    PERSON_CREATED: _("新增人员"),
    PERSON_EDITED: _("修改人员资料"),
    PERSON_DEACTIVATED: _("停用账号"),
    PERSON_REACTIVATED: _("恢复账号"),
    APPOINTED: _("任职"),
    POST_ENDED: _("免职"),
    HANDED_OVER: _("移交工作"),
    TEAM_MADE: _("组建团队"),
    TEAM_CLOSED: _("撤销团队"),
    SEATED: _("编入席位"),
    VACATED: _("退出席位"),
    STAND_IN_SET: _("设定代行"),
    STAND_IN_ENDED: _("终止代行"),
    TOKEN_CREATED: _("签发接口令牌"),
    TOKEN_REVOKED: _("撤销接口令牌"),
    AUDIT_EXPORTED: _("导出审计记录"),
}


def declare(act: str, label: Any) -> None:
    """Words for an act that another room writes into the journal."""
    LABELS[act] = label


def label(act: str) -> str:
    """The words of an act; an undeclared one shows its symbol."""
    return str(LABELS.get(act, act))
