"""Dated local rules, payers with their share and order, objections to the execution, criminal items."""

import django.contrib.postgres.fields
import django.db.models.deletion
import kernel.append_only
import kernel.clock
import kernel.keys
import kernel.money
from django.db import migrations, models

from kernel.migrating import at_once


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("cases", "0001_initial"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="ruleoverride",
            name="override_once",
        ),
        migrations.AddField(
            model_name="ruleoverride",
            name="set_at",
            field=models.DateTimeField(default=kernel.clock.now),
        ),
        migrations.AlterField(
            model_name="ruleoverride",
            name="from_on",
            field=models.DateField(verbose_name="自何日起"),
        ),
        migrations.AlterField(
            model_name="ruleoverride",
            name="rule",
            field=models.CharField(max_length=40, verbose_name="规则"),
        ),
        migrations.AlterField(
            model_name="ruleoverride",
            name="value",
            field=models.CharField(max_length=40, verbose_name="本院数值"),
        ),
        migrations.AlterField(
            model_name="ruleoverride",
            name="why",
            field=models.CharField(max_length=200, verbose_name="依据"),
        ),
        migrations.AddIndex(
            model_name="ruleoverride",
            index=models.Index(fields=["court", "rule", "from_on", "set_at"], name="override_of_court"),
        ),
        kernel.append_only.RefuseChanges(
            model="RuleOverride",
        ),
        migrations.CreateModel(
            name="ItemPayer",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                ("share", kernel.money.MoneyField(blank=True, null=True, verbose_name="份额或限额")),
                ("later", models.BooleanField(default=False, verbose_name="补充承担")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sides", to="cases.judgmentitem"
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.party"),
                ),
            ],
            options={
                "verbose_name": "给付义务人",
                "ordering": ["later", "id"],
            },
        ),
        migrations.RunSQL(
            sql="\nINSERT INTO cases_itempayer (id, item_id, party_id, later)\nSELECT gen_random_uuid(), judgmentitem_id, party_id, false FROM cases_judgmentitem_payers;\nSET CONSTRAINTS ALL IMMEDIATE;\n",
            reverse_sql="",
        ),
        migrations.RemoveField(
            model_name="judgmentitem",
            name="payers",
        ),
        migrations.AddField(
            model_name="judgmentitem",
            name="payers",
            field=models.ManyToManyField(
                related_name="owes", through="cases.ItemPayer", to="cases.party", verbose_name="给付义务人"
            ),
        ),
        migrations.RemoveField(
            model_name="judgmentitem",
            name="joint",
        ),
        migrations.AddField(
            model_name="judgmentitem",
            name="liability",
            field=models.CharField(
                choices=[("JOINT", "连带"), ("SEVERAL", "按份"), ("SUPPLEMENTARY", "补充")],
                default="JOINT",
                max_length=13,
                verbose_name="责任形式",
            ),
        ),
        migrations.AddField(
            model_name="judgmentitem",
            name="called_on",
            field=models.DateField(blank=True, null=True, verbose_name="补充责任启动日"),
        ),
        migrations.AddConstraint(
            model_name="itempayer",
            constraint=models.UniqueConstraint(fields=("item", "party"), name="item_payer_once"),
        ),
        migrations.AddConstraint(
            model_name="itempayer",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__isnull", True), ("share__gt", 0), _connector="OR"),
                name="item_share_positive",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="closed_how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("JUDGED", "判决"),
                    ("MEDIATED", "调解"),
                    ("WITHDRAWN", "撤诉"),
                    ("CONTROLLED", "保全完毕"),
                    ("PARTLY_CONTROLLED", "部分保全"),
                    ("NOTHING_TO_CONTROL", "无标的物可保全"),
                    ("LIFTED", "保全解除"),
                    ("PERFORMED", "执行完毕"),
                    ("ROUND_ENDED", "终结本次执行程序"),
                    ("TERMINATED", "终结执行"),
                    ("RULED", "裁决"),
                    ("REFUSED", "不予受理"),
                    ("CLEARED", "清理完毕"),
                ],
                max_length=20,
                verbose_name="结案方式",
            ),
        ),
        migrations.AlterField(
            model_name="case",
            name="kind",
            field=models.CharField(
                choices=[
                    ("CIVIL", "民事一审"),
                    ("PRE_SUIT_PRESERVATION", "诉前保全审查"),
                    ("PRESERVATION", "保全执行"),
                    ("EXECUTION", "首次执行"),
                    ("RESUMED_EXECUTION", "恢复执行"),
                    ("OBJECTION", "执行异议"),
                    ("SANCTION", "司法制裁"),
                    ("OTHER_EXECUTION", "其他执行"),
                ],
                max_length=24,
                verbose_name="案件类型",
            ),
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.UUIDField(default=kernel.keys.uuid7, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("CONDUCT", "执行行为异议"), ("TITLE", "执行标的异议")],
                        max_length=8,
                        verbose_name="异议类型",
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=80)),
                ("contested", models.CharField(max_length=200, verbose_name="所针对的行为或者标的")),
                ("request", models.TextField(verbose_name="请求和理由")),
                ("received_on", models.DateField(verbose_name="收到日")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("UPHELD", "成立"), ("PARTLY", "部分成立"), ("REJECTED", "不成立")],
                        max_length=8,
                        verbose_name="审查结果",
                    ),
                ),
                ("reasons", models.TextField(blank=True, verbose_name="裁定理由")),
                ("order", models.TextField(blank=True, verbose_name="裁定主文")),
                (
                    "panel",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None, verbose_name="合议庭"
                    ),
                ),
                (
                    "against",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objections", to="cases.case"
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="objection", to="cases.case"
                    ),
                ),
                (
                    "objector",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="cases.party",
                        verbose_name="异议人",
                    ),
                ),
                (
                    "ruling",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.document"
                    ),
                ),
            ],
            options={
                "verbose_name": "执行异议",
                "ordering": ["received_on", "id"],
            },
        ),
        migrations.AlterField(
            model_name="judgmentitem",
            name="nature",
            field=models.CharField(
                choices=[
                    ("PRINCIPAL", "金钱给付"),
                    ("GENERAL_INTEREST", "一般债务利息"),
                    ("COSTS", "诉讼费用"),
                    ("EXECUTION_FEE", "申请执行费"),
                    ("RESTITUTION", "责令退赔"),
                    ("FINE", "罚金"),
                    ("CONFISCATION", "没收财产"),
                ],
                default="PRINCIPAL",
                max_length=20,
                verbose_name="性质",
            ),
        ),
        migrations.AddIndex(
            model_name="performance",
            index=models.Index(fields=["subject"], name="performance_of_subject", opclasses=["varchar_pattern_ops"]),
        ),
    ]
    operations = at_once(operations)
