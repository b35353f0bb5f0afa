from django.db import migrations, models

import liaison.personal


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0005_household_links"),
    ]

    operations = [
        migrations.AddField(
            model_name="liaisonteam",
            name="kind",
            field=models.CharField(
                choices=[("liaison", "驻点团队"), ("supervision", "督查小组")],
                default="liaison",
                max_length=12,
                verbose_name="类别",
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="phone",
            field=liaison.personal.EncryptedTextField(
                blank=True, default="", verbose_name="联系电话"
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="phone_index",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
        ),
        migrations.AlterField(
            model_name="seat",
            name="kind",
            field=models.CharField(
                choices=[
                    ("lead", "责任人"),
                    ("head", "组长"),
                    ("member", "成员"),
                    ("assistant", "驻点助理员"),
                    ("coordinator", "联络员"),
                    ("auxiliary", "辅助团队"),
                ],
                default="member",
                max_length=12,
                verbose_name="职责",
            ),
        ),
    ]
