"""Auditors see by assignment; they draw samples, have red flags counted, take packs away."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('onboarding', '0010_sign_in'),
        ('training', '0007_passes_and_devices'),
        ('workflows', '0023_heads_erasures_breaches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='job',
            name='kind',
            field=models.CharField(choices=[('read_sheet', 'Read Sheet'), ('enter_sheet', 'Enter Sheet'), ('screen_sheet', 'Screen Sheet'), ('read_paper', 'Read Paper'), ('reread_paper', 'Reread Paper'), ('look_for_twins', 'Look For Twins'), ('look_again', 'Look Again'), ('write_letters', 'Write Letters'), ('write_notes', 'Write Notes'), ('preview_rules', 'Preview Rules'), ('merge_pairs', 'Merge Pairs'), ('judge_again', 'Judge Again'), ('ask_register', 'Ask Register'), ('allocate_seats', 'Allocate Seats'), ('invite_allocated', 'Invite Allocated'), ('certificates', 'Issue Certificates'), ('count_figures', 'Count Figures'), ('approve_many', 'Approve Many'), ('verify_trail', 'Verify Trail'), ('list_erasures', 'List Erasures'), ('erase_firm', 'Erase Firm'), ('tell_breach', 'Tell Breach'), ('count_flags', 'Count Flags'), ('make_pack', 'Make Pack')], max_length=16),
        ),
        migrations.AlterField(
            model_name='look',
            name='what',
            field=models.CharField(choices=[('case', 'Case with its papers'), ('vendor', 'Page of the business'), ('original', 'Original file'), ('export', 'Copy of the data'), ('page', 'Page of a paper'), ('pack', 'Pack of evidence')], max_length=10),
        ),
        migrations.CreateModel(
            name='AuditAssignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letter_number', models.CharField(max_length=80, verbose_name='number of the assignment letter')),
                ('letter_on', models.DateField(verbose_name='date of the letter')),
                ('issued_by', models.CharField(max_length=160, verbose_name='issued by')),
                ('access_from', models.DateField(verbose_name='access from')),
                ('access_until', models.DateField(verbose_name='access until')),
                ('audited_from', models.DateField(verbose_name='audited period from')),
                ('audited_until', models.DateField(verbose_name='audited period until')),
                ('regions', models.JSONField(blank=True, default=list)),
                ('agencies', models.JSONField(blank=True, default=list)),
                ('scan_as', models.CharField(blank=True, max_length=120)),
                ('shows_numbers', models.BooleanField(default=False)),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('auditors', models.ManyToManyField(related_name='audit_assignments', to=settings.AUTH_USER_MODEL, verbose_name='auditors')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='AuditPack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('stored_as', models.CharField(blank=True, max_length=120)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('head', models.CharField(blank=True, max_length=64)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('has_failed', models.BooleanField(default=False)),
                ('taken', models.PositiveIntegerField(default=0)),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packs', to='workflows.auditassignment')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.case')),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='AuditSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('method', models.CharField(choices=[('random', 'At random, every case alike'), ('weighted', 'At random, weighted by risk')], max_length=8, verbose_name='method')),
                ('seed', models.CharField(max_length=40, verbose_name='seed')),
                ('size', models.PositiveIntegerField(verbose_name='number of cases')),
                ('weights', models.JSONField(default=dict)),
                ('drawn_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='samples', to='workflows.auditassignment')),
                ('drawn_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='FlagCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ordered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('cut_at', models.DateTimeField(blank=True, null=True)),
                ('counts', models.JSONField(default=dict)),
                ('bounds', models.JSONField(default=dict)),
                ('has_failed', models.BooleanField(default=False)),
                ('assignment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flag_counts', to='workflows.auditassignment')),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='RedFlag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(max_length=24)),
                ('facts', models.JSONField(default=dict)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.case')),
                ('count', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='flags', to='workflows.flagcount')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='training.session')),
                ('vendor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='onboarding.vendor')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='SampledCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('weight', models.PositiveIntegerField(default=1)),
                ('outcome', models.CharField(blank=True, choices=[('fine', 'Looked at, nothing found'), ('finding', 'Finding')], max_length=8, verbose_name='result')),
                ('note', models.CharField(blank=True, max_length=1000, verbose_name='note')),
                ('looked_at', models.DateTimeField(blank=True, null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workflows.case')),
                ('looked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='workflows.auditsample')),
            ],
            options={
                'ordering': ('position',),
            },
        ),
        migrations.AddConstraint(
            model_name='auditassignment',
            constraint=models.CheckConstraint(condition=models.Q(('access_until__gte', models.F('access_from'))), name='audit_access_has_days'),
        ),
        migrations.AddConstraint(
            model_name='auditassignment',
            constraint=models.CheckConstraint(condition=models.Q(('audited_until__gte', models.F('audited_from'))), name='audited_period_has_days'),
        ),
        migrations.AddConstraint(
            model_name='auditassignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='audit_ended_at_and_by'),
        ),
        migrations.AddIndex(
            model_name='redflag',
            index=models.Index(fields=['count', 'kind', 'id'], name='flag_by_kind'),
        ),
        migrations.AddConstraint(
            model_name='sampledcase',
            constraint=models.UniqueConstraint(fields=('sample', 'case'), name='a_case_once_in_a_sample'),
        ),
        migrations.AddConstraint(
            model_name='sampledcase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('looked_at__isnull', True), ('looked_by__isnull', True)), models.Q(('looked_at__isnull', False), ('looked_by__isnull', False)), _connector='OR'), name='sampled_case_looked_at_and_by'),
        ),
    ]
