"""What a criminal judgment orders about property is an item of its own nature."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_objections")]

    operations = [
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
    ]
