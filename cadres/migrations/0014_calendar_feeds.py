import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0013_texts_of_service_cards"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=32, unique=True, verbose_name="地址摘要")),
                ("made_at", models.DateTimeField(verbose_name="生成时间")),
                (
                    "revoked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="停用时间"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feeds",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="订阅人",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="feeds",
                        to="cadres.liaisonteam",
                        verbose_name="团队",
                    ),
                ),
            ],
            options={
                "verbose_name": "日历订阅",
                "verbose_name_plural": "日历订阅",
                "ordering": ["owner", "team"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("team", None)),
                        fields=("owner",),
                        name="feed_of_ones_own_once",
                    ),
                    models.UniqueConstraint(fields=("owner", "team"), name="feed_once_per_team"),
                ],
            },
        ),
    ]
