"""Where the court's collected money goes: the fiscal account for fees, the treasury's for fines; entered by the administrator."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from funds.kinds.apart import RemittanceKind
from funds.models import MainAccount
from funds.services import opening, payees
from kernel.refusals import BadInput

ENTERED = "outlet_entered"
acts.declare(ENTERED, _("登记上缴账户"))


@transaction.atomic
def enter(*, kind: str, holder: str, number: str, bank: str, actor: Actor, at: datetime) -> MainAccount:
    """Enter the fiscal account (FEES) or the treasury's (UNCLAIMED and fines). Raises NoMainAccount, BadInput, NotAllowed."""
    policy.require(actor, Action.ADMINISTER)
    digits = payees.account_number(number)
    if not holder.strip() or not bank.strip() or kind not in RemittanceKind.values:
        raise BadInput(reason=str(_("请填写户名和开户行。")))
    main = MainAccount.objects.select_for_update(no_key=True).filter(court_id=actor.court_id).first()
    if main is None:
        raise opening.NoMainAccount()
    place = "fiscal" if kind == RemittanceKind.FEES else "treasury"
    for name, value in (("holder", holder.strip()), ("number", digits), ("bank", bank.strip())):
        setattr(main, f"{place}_{name}", value)
    main.save()
    audit.write(actor=actor, act=ENTERED, at=at, about=f"funds.mainaccount:{main.pk}", place=place, tail=digits[-4:])
    return main
