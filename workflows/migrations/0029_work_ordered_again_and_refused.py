from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0028_why_nobody_was_told"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="again",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="job",
            name="refused_since",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
