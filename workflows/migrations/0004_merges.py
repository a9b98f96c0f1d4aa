from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("workflows", "0003_jobs_of_referrals")]

    operations = []
