"""阶段性办结 and 纳入项目库 name a day on which one looks again; the office may change it in 基础数据."""

from django.db import migrations

PROJECT = "⑥纳入项目库"


def mark(apps, schema_editor):
    """Tick the shipped methods that promise something for later."""
    methods = apps.get_model("grievances", "SettlementMethod").objects
    methods.filter(settlement="interim").update(comes_back=True)
    methods.filter(name=PROJECT).update(comes_back=True)


class Migration(migrations.Migration):
    dependencies = [("grievances", "0015_honest_end")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
