"""All migrations until 0.6.0 in one: an empty database is laid in half the time; one that stands goes on
from where it is. The single ones stay for as long as an installation may be older."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('training', '0001_initial'), ('training', '0002_from_plan_to_certificate'), ('training', '0003_halls_links_and_feeds'), ('training', '0004_answers_and_lists_worked_out'), ('training', '0006_certificates_are_numbered'), ('training', '0007_passes_and_devices')]

    initial = True

    dependencies = [
        ('onboarding', '0010_sign_in'),
        ('onboarding', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='CertificateYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Syllabus',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=20, unique=True)),
                ('title', models.CharField(max_length=160)),
                ('in_force_on', models.DateField()),
            ],
            options={
                'verbose_name_plural': 'syllabi',
                'ordering': ('-in_force_on',),
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person_name', models.CharField(blank=True, max_length=120, verbose_name='who comes')),
                ('person_role', models.CharField(blank=True, max_length=80, verbose_name='position')),
                ('state', models.CharField(choices=[('INVITED', 'Invited'), ('CONFIRMED', 'Will come'), ('DECLINED', 'Declined'), ('RELEASED', 'Seat released'), ('WAITING', 'On the waiting list')], default='INVITED', max_length=10)),
                ('is_walk_in', models.BooleanField(default=False)),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('hold_until', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_via', models.CharField(blank=True, choices=[('link', 'by the link'), ('phone', 'by telephone, written down by staff'), ('page', 'on the page of the business')], max_length=8)),
                ('wish', models.CharField(blank=True, max_length=160, verbose_name='another date')),
                ('link_seed', models.CharField(blank=True, max_length=16)),
                ('reminded_at', models.DateTimeField(blank=True, null=True)),
                ('arrived_at', models.DateTimeField(blank=True, null=True)),
                ('arrived_via', models.CharField(blank=True, choices=[('pass', 'pass scanned'), ('code', 'pass code typed'), ('self', 'code on the hall’s screen'), ('hand', 'marked by hand'), ('paper', 'copied from the signed list')], max_length=8)),
                ('left_at', models.DateTimeField(blank=True, null=True)),
                ('mark_reason', models.CharField(blank=True, max_length=160)),
                ('pass_version', models.PositiveSmallIntegerField(default=1)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='onboarding.agency')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('marked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to=settings.AUTH_USER_MODEL)),
                ('vendor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='onboarding.vendor')),
            ],
            options={
                'ordering': ('vendor__name', 'person_name', 'pk'),
                'indexes': [models.Index(fields=['vendor', '-id'], name='seat_by_vendor'), models.Index(condition=models.Q(('hold_until__isnull', False)), fields=['hold_until'], name='seat_held_until')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('agency__isnull', True), ('vendor__isnull', False)), models.Q(('agency__isnull', False), ('vendor__isnull', True), models.Q(('person_name', ''), _negated=True)), _connector='OR'), name='seat_of_firm_or_office'), models.CheckConstraint(condition=models.Q(models.Q(('arrived_at__isnull', True), ('marked_by__isnull', True)), models.Q(('arrived_at__isnull', False), ('marked_by__isnull', False)), _connector='OR'), name='seat_arrived_at_and_marked_by'), models.CheckConstraint(condition=models.Q(('left_at__isnull', True), ('arrived_at__isnull', False), _connector='OR'), name='seat_left_after_arriving')],
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('useful', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='useful')),
                ('clear', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='clear')),
                ('ready', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(5)], verbose_name='ready')),
                ('remark', models.CharField(blank=True, max_length=500, verbose_name='remark')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seat', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='training.seat')),
            ],
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'series',
                'ordering': ('-created_at',),
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('audience', models.CharField(choices=[('vendors', 'MSMEs'), ('government', 'Government users')], default='vendors', max_length=10, verbose_name='audience')),
                ('way', models.CharField(choices=[('hall', 'in a hall'), ('online', 'online'), ('both', 'in a hall and online')], default='hall', max_length=6, verbose_name='how')),
                ('place', models.CharField(max_length=160, verbose_name='place')),
                ('address', models.CharField(blank=True, max_length=250, verbose_name='address')),
                ('starts_at', models.DateTimeField(verbose_name='starts at')),
                ('ends_at', models.DateTimeField(verbose_name='ends at')),
                ('capacity', models.PositiveSmallIntegerField(verbose_name='seats')),
                ('map_url', models.URLField(blank=True, max_length=300, verbose_name='link to the map')),
                ('online_url', models.URLField(blank=True, max_length=300, verbose_name='link to the online meeting')),
                ('category', models.CharField(blank=True, max_length=120, verbose_name='category of goods')),
                ('language', models.CharField(choices=[('id', 'Indonesian'), ('jv', 'Javanese'), ('mad', 'Madurese')], default='id', max_length=3, verbose_name='language')),
                ('cost', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='cost (rupiah)')),
                ('changes', models.PositiveSmallIntegerField(default=0)),
                ('move_reason', models.CharField(blank=True, max_length=160)),
                ('cancel_reason', models.CharField(blank=True, max_length=160)),
                ('late_after', models.PositiveSmallIntegerField(default=15, verbose_name='minutes until late')),
                ('state', models.CharField(choices=[('PLANNED', 'Planned'), ('CANCELLED', 'Cancelled'), ('CLOSED', 'Closed')], default='PLANNED', max_length=10)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('co_trainers', models.ManyToManyField(blank=True, limit_choices_to={'is_active': True, 'role': 'trainer'}, related_name='assisted_sessions', to=settings.AUTH_USER_MODEL, verbose_name='other trainers')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='onboarding.region', verbose_name='region')),
                ('series', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.series')),
                ('serves', models.ManyToManyField(blank=True, related_name='served_by', to='onboarding.region', verbose_name='regions served')),
                ('trainer', models.ForeignKey(limit_choices_to={'is_active': True, 'role': 'trainer'}, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to=settings.AUTH_USER_MODEL, verbose_name='trainer')),
                ('syllabus', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.syllabus', verbose_name='syllabus')),
            ],
            options={
                'ordering': ('-starts_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_it_starts'), models.CheckConstraint(condition=models.Q(('capacity__gte', 1)), name='session_has_seats'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', True), ('closed_by__isnull', True)), models.Q(('closed_at__isnull', False), ('closed_by__isnull', False)), _connector='OR'), name='session_closed_at_and_by')],
            },
        ),
        migrations.AddField(
            model_name='seat',
            name='session',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='training.session'),
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scan_id', models.UUIDField(unique=True)),
                ('what', models.CharField(choices=[('in', 'arrived'), ('out', 'left early'), ('undo', 'mark taken back'), ('walk_in', 'guest without invitation')], max_length=8)),
                ('via', models.CharField(choices=[('pass', 'pass scanned'), ('code', 'pass code typed'), ('self', 'code on the hall’s screen'), ('hand', 'marked by hand'), ('paper', 'copied from the signed list')], max_length=8)),
                ('device', models.CharField(max_length=36)),
                ('device_at', models.DateTimeField()),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('clock_ahead', models.IntegerField(default=0)),
                ('reason', models.CharField(blank=True, max_length=160)),
                ('guest', models.JSONField(blank=True, default=dict)),
                ('outcome', models.CharField(choices=[('counted', 'counted'), ('repeated', 'already counted'), ('disputed', 'devices disagree'), ('refused', 'refused')], max_length=8)),
                ('remark', models.CharField(blank=True, max_length=40)),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('seat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='training.seat')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='training.session')),
            ],
            options={
                'ordering': ('device_at', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('settled_at__isnull', True), ('settled_by__isnull', True)), models.Q(('settled_at__isnull', False), ('settled_by__isnull', False)), _connector='OR'), name='scan_settled_at_and_by')],
            },
        ),
        migrations.CreateModel(
            name='DoorDevice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('device', models.CharField(max_length=36)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('reported_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('unsent', models.PositiveIntegerField(default=0)),
                ('clock_ahead', models.IntegerField(default=0)),
                ('is_done', models.BooleanField(default=False)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='devices', to='training.session')),
            ],
            options={
                'ordering': ('opened_at', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('session', 'device'), name='one_row_per_device')],
            },
        ),
        migrations.CreateModel(
            name='CertificateBatch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wanted', models.PositiveIntegerField()),
                ('made', models.PositiveIntegerField(default=0)),
                ('ordered_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('finished_at', models.DateTimeField(blank=True, null=True)),
                ('stored_as', models.CharField(blank=True, max_length=100)),
                ('has_failed', models.BooleanField(default=False)),
                ('ordered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='training.session')),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.CreateModel(
            name='Allocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.PositiveBigIntegerField()),
                ('formula', models.CharField(max_length=20)),
                ('inputs', models.JSONField(default=dict)),
                ('inputs_sha256', models.CharField(max_length=64)),
                ('outcome', models.JSONField(default=dict)),
                ('seats', models.PositiveSmallIntegerField()),
                ('waiting', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('WORKING', 'Being worked out'), ('DRAFT', 'Proposed'), ('INVITING', 'Being invited'), ('USED', 'Invited'), ('DROPPED', 'Dropped')], default='DRAFT', max_length=8)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('has_own_letters', models.BooleanField(default=False)),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ordered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='training.session')),
            ],
            options={
                'ordering': ('-made_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='SessionPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('signed', 'signed attendance list'), ('photo', 'photograph of the session')], max_length=6)),
                ('caption', models.CharField(blank=True, max_length=120, verbose_name='caption')),
                ('stored_as', models.CharField(max_length=100)),
                ('sha256', models.CharField(max_length=64)),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pictures', to='training.session')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('session', 'sha256'), name='one_picture_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='QuizQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300, verbose_name='question')),
                ('answers', models.JSONField(default=list, verbose_name='answers')),
                ('right', models.PositiveSmallIntegerField(verbose_name='right answer')),
                ('syllabus', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='questions', to='training.syllabus')),
            ],
            options={
                'ordering': ('syllabus', 'number'),
                'constraints': [models.UniqueConstraint(fields=('syllabus', 'number'), name='one_question_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('url', models.URLField(max_length=300, verbose_name='link')),
                ('syllabus', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='training.syllabus')),
            ],
            options={
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('address', models.CharField(blank=True, max_length=250, verbose_name='address')),
                ('map_url', models.URLField(blank=True, max_length=300, verbose_name='link to the map')),
                ('chairs', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='chairs')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='onboarding.region', verbose_name='region')),
            ],
            options={
                'ordering': ('name',),
                'constraints': [models.UniqueConstraint(fields=('region', 'name'), name='one_venue_of_a_name')],
            },
        ),
        migrations.AddField(
            model_name='session',
            name='venue',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='training.venue', verbose_name='hall'),
        ),
        migrations.CreateModel(
            name='AllocationRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveIntegerField()),
                ('score', models.FloatField()),
                ('terms', models.JSONField(default=dict)),
                ('is_in', models.BooleanField()),
                ('reason', models.CharField(max_length=40)),
                ('override_reason', models.CharField(blank=True, max_length=160)),
                ('allocation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='training.allocation')),
                ('overridden_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('vendor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='onboarding.vendor')),
            ],
            options={
                'ordering': ('rank',),
                'constraints': [models.UniqueConstraint(fields=('allocation', 'vendor'), name='one_row_per_firm')],
            },
        ),
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calendar_feeds', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-pk',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('user',), name='one_calendar_feed_a_person')],
            },
        ),
        migrations.CreateModel(
            name='QuizResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('moment', models.CharField(choices=[('before', 'before'), ('after', 'after')], max_length=6)),
                ('answers', models.JSONField(default=dict)),
                ('score', models.PositiveSmallIntegerField()),
                ('out_of', models.PositiveSmallIntegerField()),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='quiz_results', to='training.seat')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('seat', 'moment'), name='one_quiz_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True)),
                ('code', models.CharField(max_length=24, unique=True)),
                ('facts', models.JSONField(default=dict)),
                ('stored_as', models.CharField(blank=True, max_length=100)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('issued_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoke_reason', models.CharField(blank=True, max_length=160)),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='training.certificatebatch')),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='training.seat')),
            ],
            options={
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('seat',), name='one_valid_certificate_a_seat'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at__isnull', True), ('revoked_by__isnull', True)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='certificate_revoked_at_and_by')],
            },
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('session', 'vendor'), name='one_seat_per_firm'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.UniqueConstraint(fields=('session', 'agency', 'person_name'), name='one_seat_per_person_of_office'),
        ),
    ]
