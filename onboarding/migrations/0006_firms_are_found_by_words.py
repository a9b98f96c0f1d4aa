from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0005_rules_as_data")]

    operations = []
