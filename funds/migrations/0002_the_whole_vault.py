"""Batches, distribution, money without an owner, and what is kept apart from the cases' money."""

import django.db.models.deletion
import kernel.append_only
import kernel.encryption
import kernel.keys
import kernel.money
from decimal import Decimal
from django.db import migrations, models

from kernel.migrating import at_once


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("cases", "0002_liability_objections_and_local_rules"),
        ("funds", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaymentBatch",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.CharField(max_length=20, verbose_name="批号")),
                ("title", models.CharField(blank=True, max_length=80, verbose_name="名称")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("MADE", "待放行"),
                            ("RELEASED", "待付款"),
                            ("LEFT", "已发出"),
                            ("CANCELLED", "已撤销"),
                        ],
                        default="MADE",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("GATEWAY", "银企直连"),
                            ("PAIN_03", "ISO 20022 文件 pain.001.001.03"),
                            ("PAIN_09", "ISO 20022 文件 pain.001.001.09"),
                            ("CSV", "批量代付表 CSV"),
                        ],
                        max_length=8,
                        verbose_name="付款方式",
                    ),
                ),
                ("count", models.PositiveIntegerField(verbose_name="笔数")),
                ("total", kernel.money.MoneyField(verbose_name="合计")),
                ("made_at", models.DateTimeField()),
                ("released_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="撤销原因")),
                ("ceremony_on", models.DateField(null=True, verbose_name="集中发放日")),
                ("ceremony_place", models.CharField(blank=True, max_length=120, verbose_name="集中发放地点")),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "付款批",
                "indexes": [
                    models.Index(fields=["court", "-made_at", "-id"], name="batch_recent"),
                    models.Index(
                        condition=models.Q(("state__in", ["MADE", "RELEASED"])),
                        fields=["court", "made_at"],
                        name="batch_open",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("court", "number"), name="batch_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("sent_at__isnull", False), ("state", "LEFT"), models.Q(("way", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("state", "LEFT"), _negated=True), ("sent_at__isnull", True), ("way", "")
                            ),
                            _connector="OR",
                        ),
                        name="batch_left_by_a_way",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deposit",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.CharField(max_length=40, verbose_name="提存编号")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("REFUSES", "无正当理由拒绝领取"),
                            ("MISSING", "下落不明"),
                            ("NO_HEIR", "死亡未确定继承人，或者丧失行为能力未确定监护人"),
                            ("UNREACHABLE", "按所留联系方式无法通知"),
                            ("OTHER", "其他依法应当提存的情形"),
                        ],
                        max_length=12,
                        verbose_name="事由",
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="说明")),
                ("amount", kernel.money.MoneyField(verbose_name="金额")),
                ("fee", kernel.money.MoneyField(default=Decimal("0.00"), verbose_name="提存费用")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ASKED", "待审批"),
                            ("DEPOSITED", "提存中"),
                            ("CLAIMED", "已领取"),
                            ("DROPPED", "未批准"),
                        ],
                        default="ASKED",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("from_at", models.DateTimeField(null=True, verbose_name="提存时间")),
                ("claim_by", models.DateField(null=True, verbose_name="领取期限")),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_why", models.CharField(blank=True, max_length=300)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.decision"
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.storedfile",
                        verbose_name="证明材料",
                    ),
                ),
                (
                    "payout",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deposits",
                        to="funds.payout",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deposits", to="funds.receipt"
                    ),
                ),
            ],
            options={
                "verbose_name": "提存",
                "indexes": [
                    models.Index(fields=["court", "state", "asked_at", "id"], name="deposit_list"),
                    models.Index(fields=["case", "asked_at"], name="deposit_of_case"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0), ("fee__gte", 0)), name="deposit_positive"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["ASKED", "DEPOSITED"])),
                        fields=("payout",),
                        name="one_deposit_of_payout",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("payout__isnull", True), ("state__in", ["ASKED", "DEPOSITED"])),
                        fields=("receipt",),
                        name="one_deposit_of_suspense",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FundMoney",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "fund",
                    models.CharField(
                        choices=[("RELIEF", "司法救助金"), ("REWARD", "悬赏金")], max_length=10, verbose_name="专项资金"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("FISCAL", "财政"),
                            ("INSURANCE", "保险"),
                            ("DONATION", "捐助"),
                            ("APPLICANT", "申请执行人预交"),
                        ],
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="依据")),
                (
                    "state",
                    models.CharField(
                        choices=[("ASKED", "待复核"), ("CONFIRMED", "已入专项"), ("REFUSED", "复核不通过")],
                        default="ASKED",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="fund_money", to="funds.receipt"
                    ),
                ),
            ],
            options={
                "verbose_name": "专项资金来款",
                "indexes": [
                    models.Index(fields=["court", "fund", "state", "-asked_at", "-id"], name="fund_money_list")
                ],
            },
        ),
        migrations.CreateModel(
            name="Grant",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                (
                    "fund",
                    models.CharField(
                        choices=[("RELIEF", "司法救助金"), ("REWARD", "悬赏金")], max_length=10, verbose_name="专项资金"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("FISCAL", "财政"),
                            ("INSURANCE", "保险"),
                            ("DONATION", "捐助"),
                            ("APPLICANT", "申请执行人预交"),
                        ],
                        max_length=10,
                        verbose_name="来源",
                    ),
                ),
                ("payee_name", models.CharField(max_length=120, verbose_name="收款户名")),
                ("payee_account", kernel.encryption.EncryptedTextField(verbose_name="收款账号")),
                ("payee_bank", models.CharField(max_length=120, verbose_name="收款银行")),
                (
                    "hardship",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SUPPORT", "追索赡养费、扶养费、抚育费"),
                            ("INJURY", "交通事故等人身损害无法获赔"),
                            ("CRIME_VICTIM", "刑事案件被害人及其近亲属"),
                            ("OTHER", "其他生活急迫困难"),
                        ],
                        max_length=14,
                        verbose_name="救助类型",
                    ),
                ),
                ("again", models.BooleanField(default=False, verbose_name="再次救助")),
                ("wage", kernel.money.MoneyField(default=Decimal("0.00"), verbose_name="月平均工资")),
                ("unpaid", kernel.money.MoneyField(default=Decimal("0.00"), verbose_name="尚未到位")),
                ("ceiling", kernel.money.MoneyField(default=Decimal("0.00"), verbose_name="限额")),
                ("recovered", kernel.money.MoneyField(default=Decimal("0.00"), verbose_name="因线索到位")),
                ("why", models.CharField(max_length=500, verbose_name="事由")),
                ("amount", kernel.money.MoneyField(verbose_name="金额")),
                (
                    "state",
                    models.CharField(
                        choices=[("ASKED", "待审批"), ("APPROVED", "已批准"), ("DROPPED", "未批准")],
                        default="ASKED",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="cases.case"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.decision"
                    ),
                ),
                (
                    "payee",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.party"
                    ),
                ),
            ],
            options={
                "verbose_name": "救助、悬赏",
                "indexes": [
                    models.Index(fields=["court", "fund", "-asked_at", "-id"], name="grant_list"),
                    models.Index(fields=["case", "asked_at"], name="grant_of_case"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="grant_positive"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fund", "RELIEF"), ("payee__isnull", False)), ("fund", "REWARD"), _connector="OR"
                        ),
                        name="relief_names_its_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MonthClosing",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("month", models.DateField(verbose_name="月份")),
                (
                    "state",
                    models.CharField(
                        choices=[("OPEN", "未月结"), ("PREPARED", "待确认"), ("CONFIRMED", "已月结")],
                        default="OPEN",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("figures", models.JSONField(default=dict)),
                ("prepared_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "prepared_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                ("close_by", models.DateField(verbose_name="月结期限")),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "月结",
                "constraints": [
                    models.UniqueConstraint(fields=("court", "month"), name="month_closed_once"),
                    models.CheckConstraint(condition=models.Q(("month__day", 1)), name="month_by_its_first_day"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remittance",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("number", models.CharField(max_length=40, verbose_name="编号")),
                (
                    "kind",
                    models.CharField(
                        choices=[("FEES", "诉讼费用上缴财政"), ("UNCLAIMED", "无主款上缴国库")],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("amount", kernel.money.MoneyField(verbose_name="金额")),
                ("count", models.PositiveIntegerField(verbose_name="笔数")),
                ("payee_name", models.CharField(max_length=120, verbose_name="收款户名")),
                ("payee_account", kernel.encryption.EncryptedTextField(verbose_name="收款账号")),
                ("payee_bank", models.CharField(max_length=120, verbose_name="收款银行")),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ASKED", "待审批"),
                            ("APPROVED", "待付款"),
                            ("SENT", "银行处理中"),
                            ("SETTLED", "已上缴"),
                            ("RETURNED", "已退回"),
                            ("VOID", "已作废"),
                        ],
                        default="ASKED",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("instruction_key", models.CharField(max_length=60, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("bank_reference", models.CharField(blank=True, max_length=80, verbose_name="银行流水号")),
                ("treasury_number", models.CharField(blank=True, max_length=60, verbose_name="缴款票据号")),
                ("treasury_on", models.DateField(null=True, verbose_name="缴款日")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="原因")),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "上缴",
                "indexes": [models.Index(fields=["court", "-asked_at", "-id"], name="remittance_list")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="remittance_positive")
                ],
            },
        ),
        migrations.CreateModel(
            name="SmallSale",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("consent_on", models.DateField(verbose_name="同意日")),
                ("consent", models.CharField(max_length=300, verbose_name="同意内容")),
                ("items", models.JSONField(verbose_name="物品")),
                (
                    "state",
                    models.CharField(
                        choices=[("AGREED", "待变卖"), ("SOLD", "已变卖")],
                        default="AGREED",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("buyer", models.CharField(blank=True, max_length=120, verbose_name="买受人")),
                ("amount", kernel.money.MoneyField(null=True, verbose_name="价款")),
                ("record", models.CharField(blank=True, max_length=500, verbose_name="变卖经过")),
                ("registered_at", models.DateTimeField()),
                ("sold_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="small_sales", to="cases.case"
                    ),
                ),
                (
                    "certificate",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.party",
                        verbose_name="物主",
                    ),
                ),
                ("photos", models.ManyToManyField(related_name="+", to="cases.storedfile")),
                (
                    "receipt",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="small_sale",
                        to="funds.receipt",
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "小额变卖",
                "indexes": [models.Index(fields=["case", "registered_at"], name="small_sale_of_case")],
            },
        ),
        migrations.CreateModel(
            name="PublicNotice",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("ASKED", "待批准"), ("PUBLISHED", "已公告")], default="ASKED", max_length=10
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="公告编号")),
                ("total", kernel.money.MoneyField(verbose_name="合计")),
                ("days", models.PositiveSmallIntegerField(verbose_name="公告天数")),
                ("asked_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("until_on", models.DateField(null=True, verbose_name="公告截止日")),
                ("readings", models.PositiveIntegerField(default=0, verbose_name="查阅次数")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "认领公告",
                "indexes": [
                    models.Index(fields=["court", "-asked_at", "-id"], name="notice_recent"),
                    models.Index(
                        condition=models.Q(("state", "PUBLISHED")), fields=["until_on"], name="notice_running"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", False), ("state", "PUBLISHED"), ("until_on__isnull", False)
                            ),
                            models.Q(("state", "PUBLISHED"), _negated=True),
                            _connector="OR",
                        ),
                        name="notice_published_until",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayerClaim",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("paid_on", models.DateField(verbose_name="付款日")),
                ("amount", kernel.money.MoneyField(verbose_name="金额")),
                ("payer_name", models.CharField(max_length=120, verbose_name="付款人")),
                ("name_digest", models.CharField(max_length=43)),
                ("account_tail", models.CharField(blank=True, max_length=4, verbose_name="付款账号后四位")),
                ("phone", kernel.encryption.EncryptedTextField(blank=True, verbose_name="联系电话")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "待核对"),
                            ("PARKED", "等款到账"),
                            ("FOUND", "已找到"),
                            ("ANSWERED", "已答复"),
                        ],
                        default="WAITING",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="答复")),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="payer_claims", to="cases.case"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.storedfile"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payer_claims",
                        to="funds.receipt",
                    ),
                ),
            ],
            options={
                "verbose_name": "付款人申报",
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["WAITING", "PARKED"])),
                        fields=["court", "amount"],
                        name="payer_claim_open",
                    ),
                    models.Index(fields=["court", "-made_at", "-id"], name="payer_claim_recent"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payer_claim_positive"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["WAITING", "PARKED"])),
                        fields=("case", "paid_on", "amount", "name_digest"),
                        name="payer_claim_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayerExclusion",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("payer_digest", models.CharField(max_length=43)),
                ("payer", models.CharField(max_length=120, verbose_name="付款人")),
                ("why", models.CharField(max_length=300, verbose_name="原因")),
                ("from_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.CharField(blank=True, max_length=300)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="funds.receipt"
                    ),
                ),
            ],
            options={
                "verbose_name": "停用的自动匹配",
                "indexes": [models.Index(fields=["court", "-from_at", "-id"], name="exclusion_recent")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("court", "payer_digest", "case"),
                        name="exclusion_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayLink",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("token", models.CharField(max_length=43, unique=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_why", models.CharField(blank=True, max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pay_links", to="cases.case"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "付款页",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("case",), name="one_pay_link"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DistributionPlan",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("ordinal", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "debtor_kind",
                    models.CharField(
                        choices=[
                            ("NATURAL_PERSON", "公民"),
                            ("OTHER_ORGANISATION", "其他组织"),
                            ("COMPANY", "企业法人"),
                        ],
                        max_length=20,
                        verbose_name="被执行人类型",
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=300, verbose_name="企业法人不移送破产的情况")),
                ("pool", kernel.money.MoneyField(verbose_name="可分配款")),
                ("cutoff", models.DateField(verbose_name="债权计算至")),
                ("result", models.JSONField(default=dict)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("DRAFT", "拟制中"),
                            ("ISSUED", "异议期内"),
                            ("PARTLY", "部分分配"),
                            ("DONE", "分配完毕"),
                            ("DISCARDED", "已撤销"),
                        ],
                        default="DRAFT",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("drawn_at", models.DateTimeField()),
                ("issued_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("why_ended", models.CharField(blank=True, max_length=300)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="distribution_plans", to="cases.case"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "debtor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.party",
                        verbose_name="被执行人",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.decision"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                        verbose_name="制作人",
                    ),
                ),
            ],
            options={
                "verbose_name": "分配方案",
                "indexes": [
                    models.Index(
                        condition=models.Q(("stage__in", ["DRAFT", "ISSUED", "PARTLY"])),
                        fields=["court", "drawn_at", "id"],
                        name="plan_open",
                    ),
                    models.Index(fields=["court", "-drawn_at", "-id"], name="plan_recent"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("case", "ordinal"), name="plan_ordinal_once"),
                    models.CheckConstraint(condition=models.Q(("pool__gt", 0)), name="plan_pool_positive"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchPhoto",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("caption", models.CharField(blank=True, max_length=100, verbose_name="说明")),
                ("at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.storedfile"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="funds.paymentbatch"
                    ),
                ),
            ],
            options={
                "verbose_name": "集中发放照片",
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("ordinal", models.PositiveIntegerField(verbose_name="序号")),
                ("out_at", models.DateTimeField(null=True)),
                (
                    "bank_word",
                    models.CharField(
                        blank=True,
                        choices=[("ACCEPTED", "银行已受理"), ("PENDING", "银行待处理"), ("REJECTED", "银行拒绝")],
                        max_length=10,
                        verbose_name="银行回执",
                    ),
                ),
                ("bank_note", models.CharField(blank=True, max_length=200)),
                ("handed_at", models.DateTimeField(null=True, verbose_name="签领时间")),
                ("signer", models.CharField(blank=True, max_length=80, verbose_name="签领人")),
                ("agency", models.CharField(blank=True, max_length=200, verbose_name="代领依据")),
                (
                    "handed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "payout",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="batch_items", to="funds.payout"
                    ),
                ),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="funds.paymentbatch"
                    ),
                ),
            ],
            options={
                "verbose_name": "付款批明细",
                "ordering": ["ordinal"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("out_at__isnull", True)), fields=("payout",), name="payout_in_one_batch"
                    ),
                    models.UniqueConstraint(fields=("batch", "ordinal"), name="batch_ordinal_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BatchFile",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("sha256", models.CharField(max_length=64)),
                ("text", kernel.encryption.EncryptedTextField()),
                ("made_at", models.DateTimeField()),
                (
                    "batch",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="file", to="funds.paymentbatch"
                    ),
                ),
            ],
            options={
                "verbose_name": "付款文件",
            },
        ),
        migrations.CreateModel(
            name="StatusReport",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("accepted", models.PositiveIntegerField(default=0)),
                ("rejected", models.PositiveIntegerField(default=0)),
                ("unknown", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="funds.paymentbatch"
                    ),
                ),
                (
                    "court",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.court"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
            ],
            options={
                "verbose_name": "银行回执文件",
                "indexes": [models.Index(fields=["batch", "at"], name="report_of_batch")],
                "constraints": [models.UniqueConstraint(fields=("court", "sha256"), name="report_file_once")],
            },
        ),
        migrations.CreateModel(
            name="RemittanceItem",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("amount", kernel.money.MoneyField(verbose_name="金额")),
                ("dropped", models.BooleanField(default=False)),
                (
                    "payout",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remitted_in",
                        to="funds.payout",
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remitted_in",
                        to="funds.receipt",
                    ),
                ),
                (
                    "remittance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="funds.remittance"
                    ),
                ),
            ],
            options={
                "verbose_name": "上缴明细",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("dropped", False)), fields=("payout",), name="fee_remitted_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("dropped", False)), fields=("receipt",), name="receipt_remitted_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeItem",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("payer", models.CharField(max_length=120, verbose_name="付款人")),
                ("amount", kernel.money.MoneyField(verbose_name="金额")),
                ("received_on", models.DateField(verbose_name="到账日")),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notice_items", to="funds.receipt"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="funds.publicnotice"
                    ),
                ),
            ],
            options={
                "verbose_name": "公告款项",
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "receipt"), name="notice_item_once"),
                    models.UniqueConstraint(fields=("notice", "ordinal"), name="notice_item_place"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanClaim",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("ordinal", models.PositiveSmallIntegerField()),
                ("label", models.CharField(max_length=120, verbose_name="债权人")),
                (
                    "rank",
                    models.CharField(
                        choices=[
                            ("COSTS", "执行费用"),
                            ("MEDICAL", "人身损害医疗费"),
                            ("PRIORITY", "优先债权"),
                            ("RESTITUTION", "退赔被害人"),
                            ("ORDINARY", "普通债权"),
                            ("FINE", "罚金"),
                            ("CONFISCATION", "没收财产"),
                        ],
                        default="ORDINARY",
                        max_length=12,
                        verbose_name="顺位",
                    ),
                ),
                ("amount", kernel.money.MoneyField(verbose_name="债权额")),
                ("doubled", kernel.money.MoneyField(default=Decimal("0.00"), verbose_name="加倍利息")),
                ("basis", models.CharField(blank=True, max_length=200, verbose_name="依据")),
                ("ground", models.CharField(blank=True, max_length=200, verbose_name="优先依据")),
                ("priority", models.PositiveSmallIntegerField(default=0, verbose_name="优先次序")),
                ("limit", kernel.money.MoneyField(null=True, verbose_name="担保物价款")),
                ("seized_at", models.DateTimeField(null=True, verbose_name="查封时间")),
                ("asked_on", models.DateField(null=True, verbose_name="申请参与分配日")),
                ("has_title", models.BooleanField(default=True, verbose_name="已取得执行依据")),
                ("in_debt", models.BooleanField(default=True)),
                ("dropped_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.party"
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="funds.distributionplan"
                    ),
                ),
            ],
            options={
                "verbose_name": "分配债权",
                "ordering": ["ordinal"],
                "indexes": [models.Index(fields=["case", "plan"], name="plan_claim_of_case")],
                "constraints": [
                    models.UniqueConstraint(fields=("plan", "ordinal"), name="plan_claim_ordinal_once"),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 0), ("doubled__gte", 0)), name="plan_claim_not_negative"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanObjection",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("grounds", models.TextField(verbose_name="异议理由")),
                ("wants", models.JSONField(default=dict)),
                ("reserve", models.JSONField(default=dict)),
                ("made_on", models.DateField(verbose_name="提出日")),
                ("made_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=80)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("MADE", "已提出"),
                            ("NOTIFIED", "已通知其他人"),
                            ("OPPOSED", "有人反对"),
                            ("TOLD", "已通知异议人"),
                            ("SUED", "异议之诉"),
                            ("CORRECTED", "已按异议修正"),
                            ("LAPSED", "逾期未起诉"),
                            ("DECIDED", "诉讼已有结果"),
                            ("WITHDRAWN", "已撤回"),
                        ],
                        default="MADE",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("sued_on", models.DateField(null=True, verbose_name="起诉日")),
                ("suit_number", models.CharField(blank=True, max_length=60, verbose_name="异议之诉案号")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("UPHELD", "支持异议"), ("PARTLY", "部分支持"), ("REJECTED", "驳回，按原方案")],
                        max_length=10,
                        verbose_name="诉讼结果",
                    ),
                ),
                ("outcome_on", models.DateField(null=True, verbose_name="裁判生效日")),
                ("outcome_why", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "notice",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
                (
                    "opposition_notice",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.party"),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="funds.distributionplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "分配方案异议",
                "ordering": ["made_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("plan", "party"),
                        name="one_open_objection_each",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanSource",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("amount", kernel.money.MoneyField(verbose_name="金额")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="funds.distributionplan"
                    ),
                ),
                (
                    "receipt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_sources", to="funds.receipt"
                    ),
                ),
            ],
            options={
                "verbose_name": "分配的来款",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)), fields=("receipt",), name="receipt_in_one_plan"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("why", models.CharField(max_length=300, verbose_name="原因")),
                ("result", models.JSONField(default=dict)),
                ("made_by", models.CharField(max_length=80)),
                ("made_at", models.DateTimeField()),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="funds.distributionplan",
                    ),
                ),
            ],
            options={
                "verbose_name": "分配方案版本",
                "ordering": ["number"],
                "constraints": [models.UniqueConstraint(fields=("plan", "number"), name="plan_version_once")],
            },
        ),
        migrations.CreateModel(
            name="PlanOpposition",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("grounds", models.TextField(verbose_name="反对意见")),
                ("made_on", models.DateField(verbose_name="提出日")),
                ("made_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=80)),
                (
                    "objection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="oppositions",
                        to="funds.planobjection",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.party"),
                ),
            ],
            options={
                "verbose_name": "对异议的反对意见",
                "ordering": ["made_at", "id"],
                "constraints": [models.UniqueConstraint(fields=("objection", "party"), name="opposed_once_each")],
            },
        ),
        migrations.CreateModel(
            name="PlanPart",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("amount", kernel.money.MoneyField(verbose_name="金额")),
                ("at", models.DateTimeField()),
                (
                    "claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="funds.planclaim",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="funds.distributionplan"
                    ),
                ),
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_part", to="funds.receipt"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="divided_into", to="funds.receipt"
                    ),
                ),
            ],
            options={
                "verbose_name": "分配所得",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="plan_part_positive")
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="receipt",
            name="receipt_owned_or_explained",
        ),
        migrations.AddField(
            model_name="account",
            name="closed_until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="mainaccount",
            name="fiscal_bank",
            field=models.CharField(blank=True, max_length=60, verbose_name="财政收款银行"),
        ),
        migrations.AddField(
            model_name="mainaccount",
            name="fiscal_holder",
            field=models.CharField(blank=True, max_length=80, verbose_name="财政收款户名"),
        ),
        migrations.AddField(
            model_name="mainaccount",
            name="fiscal_number",
            field=models.CharField(blank=True, max_length=34, verbose_name="财政收款账号"),
        ),
        migrations.AddField(
            model_name="payout",
            name="drawn_from",
            field=models.CharField(
                choices=[
                    ("BANK", "银行专户"),
                    ("CASE", "案件账户"),
                    ("SUSPENSE", "不明款"),
                    ("PAYABLE", "应付案款"),
                    ("FEES", "待缴诉讼费用"),
                    ("TREASURY", "待缴国库"),
                    ("REFUND", "待退余款"),
                    ("DEPOSIT", "提存"),
                    ("RELIEF", "司法救助金"),
                    ("REWARD", "悬赏金"),
                    ("GRANTS", "待付救助、悬赏"),
                ],
                default="CASE",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="payout",
            name="treasury_number",
            field=models.CharField(blank=True, max_length=60, verbose_name="缴款票据号"),
        ),
        migrations.AddField(
            model_name="payout",
            name="treasury_on",
            field=models.DateField(null=True, verbose_name="缴款日"),
        ),
        migrations.AddField(
            model_name="receipt",
            name="deposited_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="receipt",
            name="donor_kind",
            field=models.CharField(
                blank=True,
                choices=[("ON_BEHALF", "他人代付"), ("STAFF", "干警自愿")],
                max_length=10,
                verbose_name="代付人",
            ),
        ),
        migrations.AddField(
            model_name="receipt",
            name="donor_note",
            field=models.CharField(blank=True, max_length=300, verbose_name="廉政审批"),
        ),
        migrations.AlterField(
            model_name="account",
            name="kind",
            field=models.CharField(
                choices=[
                    ("BANK", "银行专户"),
                    ("CASE", "案件账户"),
                    ("SUSPENSE", "不明款"),
                    ("PAYABLE", "应付案款"),
                    ("FEES", "待缴诉讼费用"),
                    ("TREASURY", "待缴国库"),
                    ("REFUND", "待退余款"),
                    ("DEPOSIT", "提存"),
                    ("RELIEF", "司法救助金"),
                    ("REWARD", "悬赏金"),
                    ("GRANTS", "待付救助、悬赏"),
                ],
                max_length=10,
                verbose_name="科目",
            ),
        ),
        migrations.AlterField(
            model_name="payout",
            name="payee_kind",
            field=models.CharField(
                choices=[
                    ("PARTY", "当事人"),
                    ("COURT", "本院诉讼费用"),
                    ("TREASURY", "国库"),
                    ("PAYER", "退还付款人"),
                    ("RELIEF", "救助对象"),
                    ("REWARD", "悬赏举报人"),
                ],
                max_length=8,
                verbose_name="收款方",
            ),
        ),
        migrations.AlterField(
            model_name="payout",
            name="state",
            field=models.CharField(
                choices=[
                    ("DRAFT", "待承办确认"),
                    ("CONFIRMED", "待审批"),
                    ("APPROVED", "待付款"),
                    ("SENT", "银行处理中"),
                    ("UNKNOWN", "银行未答复"),
                    ("SETTLED", "已到账"),
                    ("RETURNED", "已退回"),
                    ("DEPOSITED", "已提存"),
                    ("VOID", "已作废"),
                ],
                default="DRAFT",
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="state",
            field=models.CharField(
                choices=[
                    ("MATCHED", "已入案"),
                    ("SUSPENSE", "不明款"),
                    ("CLAIMED", "认领入案"),
                    ("REVERSED", "已冲正"),
                    ("DIVIDED", "已分配"),
                    ("FUND", "专项资金"),
                    ("DEPOSITED", "已提存"),
                    ("TREASURY", "上缴国库"),
                ],
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("state__in", ["MATCHED", "CLAIMED"])),
                    models.Q(("case__isnull", True), ("state", "SUSPENSE"), models.Q(("reason", ""), _negated=True)),
                    ("state", "REVERSED"),
                    models.Q(("case__isnull", True), ("state__in", ["FUND", "DEPOSITED", "TREASURY"])),
                    _connector="OR",
                ),
                name="receipt_owned_or_explained",
            ),
        ),
        migrations.AddField(
            model_name="payout",
            name="grant",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="payouts", to="funds.grant"
            ),
        ),
        migrations.AddField(
            model_name="claim",
            name="switch_off",
            field=models.BooleanField(default=False, verbose_name="停用此付款人的自动匹配"),
        ),
        migrations.AddField(
            model_name="receipt",
            name="relation",
            field=models.CharField(blank=True, max_length=20, verbose_name="与被执行人的关系"),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("NO_REFERENCE", "未写案号或案款账号"),
                    ("WRONG_CHECK", "案款账号校验位不符"),
                    ("UNKNOWN_NUMBER", "没有这个案号或案款账号"),
                    ("AMBIGUOUS", "同时写了几个案件"),
                    ("CASE_CLOSED", "案件已结，且没有在执行的关联案件"),
                    ("OPENING", "期初余额，尚未分到案件"),
                    ("RULE_OFF", "此付款人的自动匹配已停用"),
                ],
                max_length=16,
                verbose_name="不明原因",
            ),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["court", "payer_name"], name="receipt_of_payer"),
        ),
        migrations.RemoveConstraint(
            model_name="receipt",
            name="receipt_owned_or_explained",
        ),
        migrations.AlterField(
            model_name="receipt",
            name="source",
            field=models.CharField(
                choices=[
                    ("BANK", "银行转入"),
                    ("LEVY", "网络扣划"),
                    ("CASH", "现金"),
                    ("OPENING", "期初余额"),
                    ("DIVIDED", "分配所得"),
                ],
                max_length=8,
                verbose_name="来源",
            ),
        ),
        migrations.AddConstraint(
            model_name="receipt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case__isnull", False), ("state__in", ["MATCHED", "CLAIMED"])),
                    models.Q(("case__isnull", True), ("state", "SUSPENSE"), models.Q(("reason", ""), _negated=True)),
                    ("state", "REVERSED"),
                    models.Q(("case__isnull", False), ("state", "DIVIDED")),
                    models.Q(("case__isnull", True), ("state__in", ["FUND", "DEPOSITED", "TREASURY"])),
                    _connector="OR",
                ),
                name="receipt_owned_or_explained",
            ),
        ),
        kernel.append_only.RefuseChanges(
            model="BatchFile",
        ),
        kernel.append_only.RefuseChanges(
            model="PlanVersion",
        ),
        kernel.append_only.RefuseChanges(
            model="PlanPart",
        ),
    ]
    operations = at_once(operations)
