from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workflows", "0006_assisted_owners")]

    operations = [
        migrations.AlterField(
            model_name="job",
            name="kind",
            field=models.CharField(
                choices=[
                    ("read_sheet", "Read Sheet"),
                    ("enter_sheet", "Enter Sheet"),
                    ("read_paper", "Read Paper"),
                    ("reread_paper", "Reread Paper"),
                    ("look_for_twins", "Look For Twins"),
                    ("write_letters", "Write Letters"),
                    ("write_notes", "Write Notes"),
                    ("preview_rules", "Preview Rules"),
                    ("judge_again", "Judge Again"),
                    ("ask_register", "Ask Register"),
                    ("merge_pairs", "Merge Pairs"),
                ],
                max_length=16,
            ),
        ),
    ]
