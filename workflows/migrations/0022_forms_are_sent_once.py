"""A form that was sent leads to the same page when it is sent again."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflows", "0021_events_are_chained")]

    operations = [
        migrations.CreateModel(
            name="PostedForm",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("attempt", models.CharField(max_length=32)),
                ("said", models.CharField(max_length=64)),
                ("outcome", models.TextField(blank=True)),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
        ),
    ]
