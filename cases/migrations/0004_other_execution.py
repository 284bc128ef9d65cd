from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_item_payers"),
    ]

    operations = [
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
    ]
