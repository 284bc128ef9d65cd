"""The objection table: what stands in a 执异 case."""

import django.contrib.postgres.fields
import django.db.models.deletion
import kernel.keys
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_other_execution"),
    ]

    operations = [
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
    ]
