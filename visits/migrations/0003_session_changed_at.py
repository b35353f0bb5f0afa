import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0002_public_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="liaisonsession",
            name="changed_at",
            field=models.DateTimeField(
                auto_now=True, default=django.utils.timezone.now, verbose_name="变动时间"
            ),
            preserve_default=False,
        ),
    ]
