"""The forty disputes with which the demo begins: one for each state, the stories of both seeds among them."""

from enforcement.demo.court.stories import courtroom, ladder, lanes, vault, wang, xiajin
from enforcement.demo.court.telling import Story

HERE, THERE = "晋1031", "鲁1427"

_TOLD = (
    (courtroom.civil_filed, HERE),
    (courtroom.civil_filed_late, HERE),
    (courtroom.civil_in_trial, HERE),
    (courtroom.civil_judged, HERE),
    (courtroom.civil_effective, HERE),
    (courtroom.civil_withdrawn, HERE),
    (courtroom.preservation_applied, HERE),
    (courtroom.preservation_ruled, HERE),
    (courtroom.preservation_full, HERE),
    (courtroom.preservation_partly, HERE),
    (courtroom.preservation_nothing, HERE),
    (courtroom.credit_union, HERE),
    (courtroom.pre_suit, HERE),
    (lanes.execution_filed, HERE),
    (lanes.execution_notified, HERE),
    (lanes.inquired_nothing, HERE),
    (lanes.inquired_with_findings, THERE),
    (lanes.money_unmatched, HERE),
    (lanes.freeze_asked, HERE),
    (lanes.frozen, HERE),
    (lanes.freeze_expiring, THERE),
    (lanes.levied, HERE),
    (ladder.grace_running, HERE),
    (ladder.grace_past, HERE),
    (ladder.limit_asked, HERE),
    (ladder.limited, THERE),
    (ladder.listed_in_grace, HERE),
    (ladder.published, HERE),
    (ladder.fined, HERE),
    (ladder.detained, HERE),
    (vault.drafted, THERE),
    (vault.approved, HERE),
    (vault.sent, HERE),
    (vault.returned, HERE),
    (ladder.repair_due, HERE),
    (ladder.round_ready, HERE),
    (ladder.round_ended, THERE),
    (wang.story, HERE),
    (xiajin.wang_is_paid, THERE),
    (xiajin.jin_pays, THERE),
)

MATTERS = tuple(
    Story(key=script.__name__, script=script, serial=serial, plan=plan)
    for serial, (script, plan) in enumerate(_TOLD, start=1)
)
