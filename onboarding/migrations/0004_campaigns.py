from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("onboarding", "0003_lists_in_their_own_columns")]

    operations = []
