"""An act that may be taken back stands on the pages of whoever pressed, found by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflows", "0019_owners_correct_facts")]

    operations = [
        migrations.AddField(
            model_name="pendingact",
            name="is_shown",
            field=models.BooleanField(default=True),
        ),
        migrations.AddIndex(
            model_name="pendingact",
            index=models.Index(
                condition=models.Q(("is_shown", True)), fields=["by"], name="pending_act_shown"
            ),
        ),
    ]
