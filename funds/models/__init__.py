"""Tables of the vault, one file per part."""

from funds.models.batches import BatchFile, BatchItem, BatchPhoto, PaymentBatch, StatusReport
from funds.models.deposits import Deposit
from funds.models.distributing import (
    DistributionPlan,
    PlanClaim,
    PlanObjection,
    PlanOpposition,
    PlanPart,
    PlanSource,
    PlanVersion,
)
from funds.models.grants import FundMoney, Grant
from funds.models.identifying import NoticeItem, PayerClaim, PayerExclusion, PayLink, PublicNotice
from funds.models.ledger import Account, Command, MainAccount, SubAccount, Transfer
from funds.models.months import MonthClosing
from funds.models.payouts import Hold, PayeeAccount, Payout
from funds.models.receipts import Claim, Receipt
from funds.models.reconciling import PayoutHalt, Reconciliation
from funds.models.remitting import Remittance, RemittanceItem
from funds.models.sales import SmallSale
from funds.models.statements import StatementImport, StatementLine

__all__ = [
    "Account",
    "BatchFile",
    "BatchItem",
    "BatchPhoto",
    "Claim",
    "Command",
    "Deposit",
    "DistributionPlan",
    "FundMoney",
    "Grant",
    "Hold",
    "MainAccount",
    "MonthClosing",
    "NoticeItem",
    "PayLink",
    "PayeeAccount",
    "PayerClaim",
    "PayerExclusion",
    "PaymentBatch",
    "Payout",
    "PayoutHalt",
    "PlanClaim",
    "PlanObjection",
    "PlanOpposition",
    "PlanPart",
    "PlanSource",
    "PlanVersion",
    "PublicNotice",
    "Receipt",
    "Reconciliation",
    "Remittance",
    "RemittanceItem",
    "SmallSale",
    "StatementImport",
    "StatementLine",
    "StatusReport",
    "SubAccount",
    "Transfer",
]
