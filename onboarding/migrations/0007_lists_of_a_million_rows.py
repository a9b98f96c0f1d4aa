from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0006_firms_are_found_by_words")]

    operations = [
        migrations.AddField(
            model_name="referralsheet",
            name="is_streamed",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="referralsheet",
            name="records_entered",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="referralsheet",
            name="counts",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="referralsheet",
            name="screened_up_to",
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
