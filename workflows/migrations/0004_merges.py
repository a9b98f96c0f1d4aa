import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('onboarding', '0002_firms_may_be_one'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('workflows', '0003_jobs_of_referrals'),
    ]

    operations = [
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='onboarding.vendor')),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='onboarding.vendor')),
                ('pair', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='onboarding.firmpair')),
                ('values', models.JSONField(default=list)),
                ('moved', models.JSONField(default=list)),
                ('in_force', models.JSONField(default=dict)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('merged_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('merged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('undo_reason', models.CharField(blank=True, max_length=500)),
                ('left', models.JSONField(default=list)),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('merged',), name='a_firm_is_merged_into_one'), models.CheckConstraint(condition=models.Q(('kept', models.F('merged')), _negated=True), name='a_firm_is_not_merged_into_itself'), models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='merge_undone_at_and_by')],
            },
        ),
        migrations.CreateModel(
            name='PairSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('band', models.CharField(max_length=9)),
                ('seed', models.PositiveBigIntegerField()),
                ('pairs', models.JSONField(default=list)),
                ('until_pair', models.PositiveBigIntegerField()),
                ('drawn_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stopped_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('merged', models.PositiveIntegerField(default=0)),
                ('left', models.PositiveIntegerField(default=0)),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True), ('stopped_at__isnull', True)), fields=('band',), name='one_open_sample_per_band'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='sample_confirmed_at_and_by')],
            },
        ),
        migrations.AlterField(
            model_name='job',
            name='kind',
            field=models.CharField(choices=[('read_sheet', 'Read Sheet'), ('enter_sheet', 'Enter Sheet'), ('read_paper', 'Read Paper'), ('reread_paper', 'Reread Paper'), ('look_for_twins', 'Look For Twins'), ('write_letters', 'Write Letters'), ('write_notes', 'Write Notes'), ('preview_rules', 'Preview Rules'), ('merge_pairs', 'Merge Pairs')], max_length=16),
        ),
    ]
