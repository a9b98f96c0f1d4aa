from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("workflows", "0024_audits_by_assignment"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="errors",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(
                condition=models.Q(("state", "GIVEN_UP")),
                fields=["finished_at"],
                name="job_given_up",
            ),
        ),
    ]
