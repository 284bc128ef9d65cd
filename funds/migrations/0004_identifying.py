import django.db.models.deletion
import kernel.encryption
import kernel.keys
import kernel.money
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("cases", "0004_other_execution"),
        ("funds", "0003_money_kept_apart"),
    ]

    operations = [
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
        migrations.CreateModel(
            name="PublicNotice",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[("ASKED", "待批准"), ("PUBLISHED", "已公告")],
                        default="ASKED",
                        max_length=10,
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
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["court", "payer_name"], name="receipt_of_payer"),
        ),
        migrations.AddIndex(
            model_name="publicnotice",
            index=models.Index(fields=["court", "-asked_at", "-id"], name="notice_recent"),
        ),
        migrations.AddIndex(
            model_name="publicnotice",
            index=models.Index(condition=models.Q(("state", "PUBLISHED")), fields=["until_on"], name="notice_running"),
        ),
        migrations.AddConstraint(
            model_name="publicnotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("published_at__isnull", False), ("state", "PUBLISHED"), ("until_on__isnull", False)),
                    models.Q(("state", "PUBLISHED"), _negated=True),
                    _connector="OR",
                ),
                name="notice_published_until",
            ),
        ),
        migrations.AddConstraint(
            model_name="noticeitem",
            constraint=models.UniqueConstraint(fields=("notice", "receipt"), name="notice_item_once"),
        ),
        migrations.AddConstraint(
            model_name="noticeitem",
            constraint=models.UniqueConstraint(fields=("notice", "ordinal"), name="notice_item_place"),
        ),
    ]
