"""All migrations until 0.6.0 in one: an empty database is laid in half the time; one that stands goes on
from where it is. The single ones stay for as long as an installation may be older."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_initial'), ('documents', '0003_reading_kept_whole'), ('documents', '0004_value_reviewed'), ('documents', '0005_value_objected'), ('documents', '0006_papers_on_their_way'), ('documents', '0007_draft_page_judged'), ('documents', '0008_deeds_are_found_by_number'), ('documents', '0009_paper_valid_until'), ('documents', '0010_files_are_flagged')]

    initial = True

    dependencies = [
        ('onboarding', '0010_sign_in'),
        ('onboarding', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentType',
            fields=[
                ('slug', models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ('name_id', models.CharField(max_length=120)),
                ('name_en', models.CharField(max_length=120)),
                ('issuer', models.CharField(blank=True, max_length=120)),
                ('validity', models.CharField(blank=True, max_length=160)),
                ('note', models.CharField(blank=True, max_length=250)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('is_read', models.BooleanField(default=False)),
                ('is_statement', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('RECEIVED', 'Received'), ('READ', 'Read'), ('UNREADABLE', 'Needs a person to look'), ('ACCEPTED', 'Accepted'), ('RETURNED', 'To be corrected'), ('REPLACED', 'Replaced')], default='RECEIVED', max_length=10)),
                ('declared', models.JSONField(blank=True, default=dict)),
                ('digest', models.CharField(max_length=64)),
                ('upload_key', models.CharField(blank=True, max_length=36)),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('frozen_at', models.DateTimeField(blank=True, null=True)),
                ('sighted_at', models.DateTimeField(blank=True, null=True)),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('reviewed', models.JSONField(blank=True, default=dict)),
                ('document_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='documents.documenttype')),
                ('received_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vendor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='onboarding.vendor')),
            ],
            options={
                'ordering': ('document_type__position', '-version'),
                'indexes': [models.Index(condition=models.Q(('valid_until__isnull', False), models.Q(('state', 'REPLACED'), _negated=True)), fields=['valid_until'], name='paper_expires')],
                'constraints': [models.UniqueConstraint(fields=('vendor', 'document_type', 'version'), name='one_paper_per_version'), models.UniqueConstraint(condition=models.Q(('state', 'REPLACED'), _negated=True), fields=('vendor', 'document_type'), name='one_paper_in_force'), models.UniqueConstraint(condition=models.Q(('upload_key', ''), _negated=True), fields=('vendor', 'upload_key'), name='an_upload_counts_once')],
            },
        ),
        migrations.CreateModel(
            name='PageImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('stored_as', models.CharField(max_length=120, unique=True)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='documents.paper')),
            ],
            options={
                'ordering': ('number',),
                'constraints': [models.UniqueConstraint(fields=('paper', 'number'), name='one_image_per_page')],
            },
        ),
        migrations.CreateModel(
            name='PaperDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=36, unique=True)),
                ('declared', models.JSONField(blank=True, default=dict)),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('document_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.documenttype')),
                ('vendor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='onboarding.vendor')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('vendor', 'document_type'), name='one_draft_a_paper')],
            },
        ),
        migrations.CreateModel(
            name='DraftPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=36)),
                ('position', models.PositiveSmallIntegerField()),
                ('original_name', models.CharField(max_length=120)),
                ('stored_as', models.CharField(max_length=120, unique=True)),
                ('size', models.PositiveIntegerField()),
                ('received', models.PositiveIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('kind', models.CharField(blank=True, max_length=8)),
                ('pages', models.PositiveSmallIntegerField(default=0)),
                ('flags', models.JSONField(blank=True, default=list)),
                ('small_as', models.CharField(blank=True, max_length=120)),
                ('refusal', models.CharField(blank=True, max_length=20)),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('draft', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='documents.paperdraft')),
            ],
            options={
                'ordering': ('position', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('draft', 'key'), name='one_page_a_photo'), models.CheckConstraint(condition=models.Q(('received__lte', models.F('size'))), name='no_more_than_its_size')],
            },
        ),
        migrations.CreateModel(
            name='PaperFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('original_name', models.CharField(max_length=120)),
                ('stored_as', models.CharField(max_length=120, unique=True)),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=8)),
                ('flags', models.JSONField(blank=True, default=list)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='documents.paper')),
            ],
            options={
                'ordering': ('position',),
                'constraints': [models.UniqueConstraint(fields=('paper', 'position'), name='one_file_per_position')],
            },
        ),
        migrations.CreateModel(
            name='PaperMissed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('document_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='missed', to='documents.documenttype')),
                ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vendor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers_missed', to='onboarding.vendor')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('vendor', 'document_type'), name='missed_once')],
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reader_version', models.CharField(blank=True, max_length=20)),
                ('pages_done', models.PositiveSmallIntegerField(default=0)),
                ('pages_total', models.PositiveSmallIntegerField(default=0)),
                ('kind', models.CharField(blank=True, max_length=24)),
                ('refusal', models.CharField(blank=True, max_length=40)),
                ('warnings', models.JSONField(blank=True, default=list)),
                ('checks', models.JSONField(blank=True, default=list)),
                ('text', models.JSONField(blank=True, default=list)),
                ('fields', models.JSONField(blank=True, default=dict)),
                ('confidence', models.JSONField(blank=True, default=dict)),
                ('evidence', models.JSONField(blank=True, default=list)),
                ('further', models.JSONField(blank=True, default=dict)),
                ('source_hash', models.CharField(blank=True, db_index=True, max_length=64)),
                ('identity', models.CharField(blank=True, db_index=True, max_length=200)),
                ('seconds', models.FloatField(blank=True, null=True)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('paper', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reading', to='documents.paper')),
            ],
        ),
        migrations.CreateModel(
            name='ReadValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('field', models.CharField(max_length=40)),
                ('declared', models.CharField(blank=True, max_length=250)),
                ('value', models.CharField(blank=True, max_length=250)),
                ('verdict', models.CharField(choices=[('agrees', 'Agrees'), ('differs', 'Differs'), ('cannot_tell', 'Cannot tell')], max_length=12)),
                ('confidence', models.FloatField(blank=True, null=True)),
                ('page', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('box', models.JSONField(blank=True, default=list)),
                ('shown_box', models.JSONField(blank=True, default=list)),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values_read', to='documents.reading')),
            ],
            options={
                'ordering': ('position',),
                'indexes': [models.Index(condition=models.Q(('field__in', ('deed_number', 'sk_ahu_number'))), fields=['value'], name='value_by_deed_number'), models.Index(condition=models.Q(('field__in', ('deed_number', 'sk_ahu_number'))), fields=['declared'], name='declared_by_deed_number')],
                'constraints': [models.UniqueConstraint(fields=('reading', 'position'), name='one_value_per_position')],
            },
        ),
        migrations.CreateModel(
            name='Requirement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('legal_form', models.CharField(max_length=16)),
                ('level', models.CharField(choices=[('required', 'Required'), ('conditional', 'When it applies'), ('optional', 'Optional')], max_length=12)),
                ('from_on', models.DateField()),
                ('until_on', models.DateField(blank=True, null=True)),
                ('basis', models.CharField(blank=True, max_length=160)),
                ('document_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='requirements', to='documents.documenttype')),
            ],
            options={
                'ordering': ('legal_form', 'document_type__position'),
                'constraints': [models.UniqueConstraint(fields=('document_type', 'legal_form', 'from_on'), name='one_rule_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Rereading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_version', models.CharField(max_length=20)),
                ('to_version', models.CharField(max_length=20)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('is_in_force', models.BooleanField(default=False)),
                ('refusal', models.CharField(blank=True, max_length=40)),
                ('changes', models.JSONField(blank=True, default=list)),
                ('aside', models.JSONField(blank=True, default=dict)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rereadings', to='documents.paper')),
            ],
            options={
                'ordering': ('-finished_at', '-pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('paper',), name='one_open_rereading_per_paper')],
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=120, verbose_name='where')),
                ('sighted_on', models.DateField(verbose_name='seen on')),
                ('note', models.CharField(blank=True, max_length=250, verbose_name='note')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sightings', to='documents.paper')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='ValueObjection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(max_length=40)),
                ('machine_value', models.CharField(blank=True, max_length=250)),
                ('note', models.CharField(max_length=250)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objections', to='documents.paper')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='ValueReview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=40)),
                ('field', models.CharField(max_length=40)),
                ('machine_value', models.CharField(blank=True, max_length=250)),
                ('machine_confidence', models.FloatField(blank=True, null=True)),
                ('outcome', models.CharField(choices=[('right', 'The machine is right'), ('wrong', 'Something else is right'), ('unreadable', 'Cannot be read')], max_length=12)),
                ('value', models.CharField(blank=True, max_length=250)),
                ('comparison', models.CharField(blank=True, choices=[('agrees', 'Agrees'), ('differs', 'Differs'), ('cannot_tell', 'Cannot tell')], max_length=12)),
                ('note', models.CharField(blank=True, max_length=250)),
                ('kind', models.CharField(blank=True, max_length=24)),
                ('capture', models.CharField(choices=[('layer', 'PDF with text'), ('scan', 'Scan'), ('bilevel', 'Black-and-white scan'), ('photo', 'Photo')], max_length=8)),
                ('reader_version', models.CharField(blank=True, max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='value_reviews', to='documents.paper')),
            ],
            options={
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['paper', 'path', 'id'], name='review_of_a_value'), models.Index(fields=['at'], name='review_by_day')],
            },
        ),
    ]
