from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0005_rules_as_data")]

    operations = [
        migrations.CreateModel(
            name="FirmWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=40, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="WordsLearnt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("vendor_id", models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.AddField(
            model_name="referral",
            name="programme",
            field=models.CharField(
                blank=True, default="", max_length=120, verbose_name="fostering programme"
            ),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="referral",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("agency__isnull", True), models.Q(("form_key", ""), _negated=True)
                ),
                fields=("form_key",),
                name="a_form_of_its_own_counts_once",
            ),
        ),
    ]
