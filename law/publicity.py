"""What may be shown to whom: published fields, masks, and what never leaves the court (PRV-*)."""

from collections.abc import Iterable

from law.reasons import Findings
from law.rules import NATIONAL, Rulebook

LISTING_FIELDS = frozenset(
    {
        "name",
        "sex",
        "age",
        "identity_number",
        "organisation_code",
        "legal_representative",
        "obligation",
        "performance",
        "conduct",
        "basis_court",
        "basis_number",
        "case_number",
        "filed_on",
        "court",
    }
)
NEVER_PUBLIC = frozenset(
    {"address", "phone", "bank_account", "family", "health", "assets", "findings", "informer", "clue"}
)


def may_publish_fields(*, fields: Iterable[str], is_minor: bool, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a listing may be published with these fields: only those of 失规6, never a minor's.

    may_publish_fields(fields=["name", "address"], is_minor=False).allowed is False.
    """
    shown = frozenset(fields)
    private = sorted(shown & NEVER_PUBLIC)
    extra = sorted(shown - LISTING_FIELDS - NEVER_PUBLIC)
    return Findings.of(
        [
            rules.reason("DIS-MINOR", "不是未成年人", met=not is_minor),
            rules.reason(
                "PRV-NOT",
                "不含住址、电话、账号、家庭、健康和财产查控信息（{found}）",
                met=not private,
                found="、".join(private),
            ),
            rules.reason("PRV-DIS-FIELDS", "只含规定公布的内容（{found}）", met=not extra, found="、".join(extra)),
        ]
    )


def mask_identity(number: str) -> str:
    """An identity number with the birth date hidden for outsiders: the mask of the national list (PRV-DIS-MASK).

    mask_identity("142631198001011234") == "142631********1234"; other numbers keep four characters at each end.
    """
    if len(number) == 18:
        return number[:6] + "*" * 8 + number[14:]
    if len(number) <= 8:
        return "*" * len(number)
    return number[:4] + "*" * (len(number) - 8) + number[-4:]


def mask_name(name: str) -> str:
    """A name as papers show it when the person must stay unknown: the surname and 某 (PRV-DOC).

    mask_name("张三丰") == "张某".
    """
    return name[:1] + "某" if name else ""


def may_tell_grid(*, fields: Iterable[str], lawfully_public: bool, rules: Rulebook = NATIONAL) -> Findings:
    """Whether fields may be sent to grid workers: only what is lawfully public already, never search results (PRV-GRID).

    may_tell_grid(fields=["findings"], lawfully_public=True).allowed is False.
    """
    private = sorted(frozenset(fields) & (NEVER_PUBLIC - {"address"}))
    return Findings.of(
        [
            rules.reason("PRV-GRID", "仅推送已依法公开的信息", met=lawfully_public, blocking=True),
            rules.reason("PRV-ASSET", "不含财产查控结果等信息（{found}）", met=not private, found="、".join(private)),
        ]
    )


def may_show_preservation(*, to_debtor: bool, effective: bool, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a preservation step may be shown: to the debtor only once it is effective (PRV-PARTY).

    may_show_preservation(to_debtor=True, effective=False).allowed is False.
    """
    return Findings.of([rules.reason("PRV-PARTY", "保全措施实施后才向被保全人公开", met=effective or not to_debtor)])
