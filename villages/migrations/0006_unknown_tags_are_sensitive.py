"""A tag that comes along with a roster is for the assigned team only until somebody says otherwise; the known ones stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("villages", "0005_usual_validity_of_tags")]
    operations = [
        migrations.AlterField(
            "residenttag", "sensitive", models.BooleanField(default=True, verbose_name="敏感")
        ),
    ]
