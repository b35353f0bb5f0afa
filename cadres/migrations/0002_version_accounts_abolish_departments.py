from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cadres", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="department",
            name="abolished_on",
            field=models.DateField(blank=True, null=True, verbose_name="撤销日期"),
        ),
        migrations.AddField(
            model_name="user",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name="版本"),
        ),
    ]
