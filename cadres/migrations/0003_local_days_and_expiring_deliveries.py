import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0002_version_accounts_abolish_departments"),
        ("villages", "0001_initial"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="calendarday",
            name="is_local",
        ),
        migrations.AddField(
            model_name="calendarday",
            name="township",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calendar_days",
                to="villages.township",
                verbose_name="乡镇",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="not_after",
            field=models.DateTimeField(blank=True, null=True, verbose_name="最迟发出"),
        ),
        migrations.AlterField(
            model_name="calendarday",
            name="on",
            field=models.DateField(verbose_name="日期"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "待发"),
                    ("claimed", "发送中"),
                    ("sent", "已发"),
                    ("failed", "发送失败"),
                    ("expired", "过期未发"),
                ],
                default="queued",
                max_length=8,
                verbose_name="状态",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarday",
            constraint=models.UniqueConstraint(
                condition=models.Q(("township", None)),
                fields=("on",),
                name="calendar_day_once_for_the_country",
            ),
        ),
        migrations.AddConstraint(
            model_name="calendarday",
            constraint=models.UniqueConstraint(
                fields=("township", "on"), name="calendar_day_once_per_township"
            ),
        ),
    ]
