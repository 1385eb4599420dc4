# All migrations up to the last that it replaces, as one: an empty database gets its tables at once. A desk that has some
# of them goes on with the others. tests/test_squashed_migrations.py compares both ways.


from importlib import import_module

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import workbench.desk.channels
import workbench.desk.word_search
from workbench.desk import actor_proof, log_chain
from workbench.database.create_tables import tables_together
from workbench.desk.seal_triggers import SealTables


class Migration(migrations.Migration):

    replaces = [
        ('workbench', '0001_initial'),
        ('workbench', '0002_plain_english_labels'),
        ('workbench', '0003_heartbeats'),
        ('workbench', '0004_word_search'),
        ('workbench', '0005_fill_word_index'),
        ('workbench', '0006_daily_size'),
        ('workbench', '0007_table_settings'),
        ('workbench', '0008_drafts'),
        ('workbench', '0009_four_eyes'),
        ('workbench', '0010_hold_chain'),
        ('workbench', '0011_sample_accounts'),
        ('workbench', '0012_mark_sample_accounts'),
        ('workbench', '0013_log_anchors'),
        ('workbench', '0014_seals'),
        ('workbench', '0015_seal_people'),
        ('workbench', '0016_log_tree_by_function'),
        ('workbench', '0017_two_step'),
        ('workbench', '0018_notifications'),
        ('workbench', '0019_whole_check_of_the_log'),
        ('workbench', '0020_proof_who_acts'),
        ('workbench', '0021_channels'),
        ('workbench', '0022_bylines_desk_and_sessions'),
        ('workbench', '0023_messages_refused_by_a_server'),
    ]

    initial = True

    dependencies = [
    ]

    operations = tables_together([
        migrations.CreateModel(
            name='DailySize',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(blank=True, default=django.utils.timezone.now, editable=False, null=True, verbose_name='due at')),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='reserved until')),
                ('fence', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='reservation number')),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='failed tries')),
                ('trouble', models.TextField(blank=True, editable=False, verbose_name='problem')),
                ('day', models.DateField(unique=True, verbose_name='day')),
                ('measured_at', models.DateTimeField(editable=False, null=True, verbose_name='measured at')),
                ('tables', models.JSONField(default=dict, editable=False, verbose_name='tables')),
                ('database_bytes', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='bytes of the database')),
                ('archive', models.JSONField(default=dict, editable=False, verbose_name='bytes of the archive by month')),
                ('disks', models.JSONField(default=list, editable=False, verbose_name='disks')),
            ],
            options={
                'verbose_name': 'daily size',
                'verbose_name_plural': 'daily sizes',
                'ordering': ['-day'],
                'abstract': False,
                'indexes': [models.Index(models.F('due_at'), condition=models.Q(('due_at__isnull', False)), name='dailysize_due'), models.Index(models.F('id'), condition=models.Q(('trouble', ''), _negated=True), name='dailysize_trouble'), models.Index(models.F('leased_until'), condition=models.Q(('leased_until__isnull', False)), name='dailysize_leased')],
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('name', models.CharField(max_length=100, primary_key=True, serialize=False, verbose_name='name')),
                ('at', models.DateTimeField(verbose_name='noted at')),
            ],
            options={
                'verbose_name': 'heartbeat',
                'verbose_name_plural': 'heartbeats',
            },
        ),
        migrations.CreateModel(
            name='LogHead',
            fields=[
                ('chain', models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name='chain')),
                ('seq', models.PositiveBigIntegerField(verbose_name='number')),
                ('hash', models.CharField(max_length=64, verbose_name='hash')),
            ],
            options={
                'verbose_name': 'end of a chain',
                'verbose_name_plural': 'ends of chains',
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='79de8e244eac656edf79f3c471a2f069698146cf', operation='DELETE', pgid='pgtrigger_append_only_29719', table='workbench_loghead', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='740e064e1dea8b697b5bcf27a7ff55529105beb4', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_62225', table='workbench_loghead', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='LogNode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField(verbose_name='level')),
                ('number', models.PositiveBigIntegerField(verbose_name='number')),
                ('hash', models.BinaryField(max_length=32, verbose_name='hash')),
            ],
            options={
                'verbose_name': 'node of the log’s tree',
                'verbose_name_plural': 'nodes of the log’s tree',
                'constraints': [models.UniqueConstraint(models.F('level'), models.F('number'), name='log_node_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='7d19de730167d6c0653173021488e60f64cb2c53', operation='DELETE OR UPDATE', pgid='pgtrigger_append_only_a674e', table='workbench_lognode', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='d4b4359355e9cf85447017d96d192e90b498c058', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f13c1', table='workbench_lognode', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='NotificationMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateTimeField(verbose_name='looked through until')),
                ('done', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None, verbose_name='newest entries looked at')),
            ],
            options={
                'verbose_name': 'mark of notifications',
                'verbose_name_plural': 'marks of notifications',
            },
        ),
        migrations.CreateModel(
            name='SigningKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public', models.CharField(max_length=44, unique=True, verbose_name='public key')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('endorsement', models.CharField(blank=True, max_length=88, verbose_name='signature of the key before')),
                ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='after', to='workbench.signingkey', verbose_name='signed by the key before')),
            ],
            options={
                'verbose_name': 'signing key',
                'verbose_name_plural': 'signing keys',
                'ordering': ['-pk'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='5be51c1ae5ac2e88993817655176375d14036275', operation='DELETE OR UPDATE', pgid='pgtrigger_append_only_33ba4', table='workbench_signingkey', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='231b0bf67a53da7c592e35cb07842dc3514cef11', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_94f4a', table='workbench_signingkey', when='BEFORE')), pgtrigger.compiler.Trigger(name='by_machine', sql=pgtrigger.compiler.UpsertTriggerSql(func="IF workbench_proved_actor() IS DISTINCT FROM 'machine' AND NOT workbench_is_owner() THEN RAISE EXCEPTION '%: nobody proved for whom this transaction speaks', TG_TABLE_NAME USING ERRCODE = '42501'; END IF; RETURN NEW;", hash='7118277fbc32a7293b34d39e9b2db7e9f5f0e083', operation='INSERT', pgid='pgtrigger_by_machine_9d22e', table='workbench_signingkey', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('role', models.CharField(choices=[('viewer', 'Viewer'), ('reporter', 'Reporter'), ('reviewer', 'Reviewer'), ('editor', 'Editor'), ('admin', 'Administrator')], default='viewer', max_length=10, verbose_name='role')),
                ('is_sample', models.BooleanField(default=False, editable=False, verbose_name='sample account')),
                ('word_index', workbench.desk.word_search.WordsField('username', 'first_name', 'last_name', 'email')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'indexes': [django.contrib.postgres.indexes.GinIndex(models.F('word_index'), name='user_words')],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['viewer', 'reporter', 'reviewer', 'editor', 'admin'])), name='user_role_known')],
                'triggers': [pgtrigger.compiler.Trigger(name='by_somebody', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="IF workbench_proved_actor() IS NULL AND NOT workbench_is_owner() THEN RAISE EXCEPTION '%: nobody proved for whom this transaction speaks', TG_TABLE_NAME USING ERRCODE = '42501'; END IF; RETURN NEW;", hash='30337f3c1a1faecbe3cd69fe7c7ab28e3b6725ca', operation='INSERT', pgid='pgtrigger_by_somebody_39387', table='workbench_user', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')), pgtrigger.compiler.Trigger(name='changed_by_somebody', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.username, OLD.password, OLD.role, OLD.is_superuser, OLD.is_staff, OLD.is_active, OLD.is_sample) IS DISTINCT FROM (NEW.username, NEW.password, NEW.role, NEW.is_superuser, NEW.is_staff, NEW.is_active, NEW.is_sample))', constraint='CONSTRAINT', func="IF workbench_proved_actor() IS NULL AND NOT workbench_is_owner() THEN RAISE EXCEPTION '%: nobody proved for whom this transaction speaks', TG_TABLE_NAME USING ERRCODE = '42501'; END IF; RETURN NEW;", hash='8b292b7dcdd554e022f56a469f23df953664c94a', operation='UPDATE', pgid='pgtrigger_changed_by_somebody_396cf', table='workbench_user', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name='Byline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('printed', models.CharField(choices=[('full', 'full name'), ('pen', 'pen name'), ('role', 'role and number, such as “Reviewer 1”')], max_length=4, verbose_name='named in reports')),
                ('pen_name', models.CharField(blank=True, max_length=100, verbose_name='pen name')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='byline', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'byline',
                'verbose_name_plural': 'bylines',
                'constraints': [models.CheckConstraint(condition=models.Q(('printed__in', ['full', 'pen', 'role'])), name='byline_known'), models.CheckConstraint(condition=models.Q(models.Q(('printed', 'pen'), models.Q(('pen_name', ''), _negated=True)), models.Q(models.Q(('printed', 'pen'), _negated=True), ('pen_name', '')), _connector='OR'), name='byline_has_its_pen_name')],
            },
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(blank=True, default=django.utils.timezone.now, editable=False, null=True, verbose_name='due at')),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='reserved until')),
                ('fence', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='reservation number')),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='failed tries')),
                ('trouble', models.TextField(blank=True, editable=False, verbose_name='problem')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('kind', models.CharField(choices=[('webhook', 'Signed webhook (Standard Webhooks)'), ('slack', 'Slack'), ('mattermost', 'Mattermost'), ('teams', 'Microsoft Teams (Workflows)'), ('discord', 'Discord')], max_length=12, verbose_name='kind')),
                ('host', models.CharField(max_length=260, verbose_name='server')),
                ('locked_address', models.TextField(verbose_name='address, encrypted')),
                ('locked_secret', models.TextField(blank=True, verbose_name='secret for signatures, encrypted')),
                ('is_on', models.BooleanField(default=True, verbose_name='in use')),
                ('is_own_network', models.BooleanField(default=False, verbose_name='server in the desk’s own network')),
                ('with_words', models.BooleanField(default=False, verbose_name='with the words of claims')),
                ('language', models.CharField(max_length=8, verbose_name='language')),
                ('events', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None, verbose_name='told of')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('set_at', models.DateTimeField(auto_now=True, verbose_name='set at')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
            ],
            options={
                'verbose_name': 'channel',
                'verbose_name_plural': 'channels',
                'ordering': ['name'],
                'abstract': False,
                'indexes': [models.Index(models.F('due_at'), condition=models.Q(('due_at__isnull', False)), name='channel_due'), models.Index(models.F('id'), condition=models.Q(('trouble', ''), _negated=True), name='channel_trouble'), models.Index(models.F('leased_until'), condition=models.Q(('leased_until__isnull', False)), name='channel_leased')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['webhook', 'slack', 'mattermost', 'teams', 'discord'])), name='channel_kind')],
            },
        ),
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(blank=True, default=django.utils.timezone.now, editable=False, null=True, verbose_name='due at')),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='reserved until')),
                ('fence', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='reservation number')),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='failed tries')),
                ('trouble', models.TextField(blank=True, editable=False, verbose_name='problem')),
                ('opened_at', models.DateTimeField(auto_now_add=True, verbose_name='started at')),
                ('size', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='log entries')),
                ('text', models.TextField(blank=True, editable=False, verbose_name='signed note')),
                ('heads', models.JSONField(default=dict, editable=False, verbose_name='ends of other chains')),
                ('made_at', models.DateTimeField(editable=False, null=True, verbose_name='made at')),
                ('authority', models.CharField(blank=True, editable=False, max_length=2048, verbose_name='timestamp authority')),
                ('token', models.BinaryField(null=True, verbose_name='answer from the authority')),
                ('certificates', models.TextField(blank=True, editable=False, verbose_name='certificates of the authority')),
                ('stamped_at', models.DateTimeField(editable=False, null=True, verbose_name='timestamped at')),
                ('key', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workbench.signingkey', verbose_name='signing key')),
            ],
            options={
                'verbose_name': 'checkpoint of the log',
                'verbose_name_plural': 'checkpoints of the log',
                'ordering': ['-pk'],
                'abstract': False,
                'indexes': [models.Index(models.F('due_at'), condition=models.Q(('due_at__isnull', False)), name='checkpoint_due'), models.Index(models.F('id'), condition=models.Q(('trouble', ''), _negated=True), name='checkpoint_trouble'), models.Index(models.F('leased_until'), condition=models.Q(('leased_until__isnull', False)), name='checkpoint_leased')],
                'constraints': [models.UniqueConstraint(models.F('text'), condition=models.Q(('text', '')), name='checkpoint_one_open_at_a_time')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='575d1781182b7567642254742b06958570e1a531', operation='DELETE', pgid='pgtrigger_append_only_6baa3', table='workbench_checkpoint', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='09b9a48ebf4813d6dd24d71ac0c55bf6fc67350f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e627a', table='workbench_checkpoint', when='BEFORE')), pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.made_at IS NOT NULL) AND (OLD."size" IS DISTINCT FROM NEW."size" OR OLD."text" IS DISTINCT FROM NEW."text" OR OLD."key_id" IS DISTINCT FROM NEW."key_id" OR OLD."heads" IS DISTINCT FROM NEW."heads" OR OLD."made_at" IS DISTINCT FROM NEW."made_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='c150e6cd2bd2d4e78cccbd40ff609018213efafa', operation='UPDATE', pgid='pgtrigger_frozen_f3fab', table='workbench_checkpoint', when='BEFORE')), pgtrigger.compiler.Trigger(name='stamp_is_kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.stamped_at IS NOT NULL) AND (OLD."authority" IS DISTINCT FROM NEW."authority" OR OLD."token" IS DISTINCT FROM NEW."token" OR OLD."certificates" IS DISTINCT FROM NEW."certificates" OR OLD."stamped_at" IS DISTINCT FROM NEW."stamped_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9b9142b4c76b51a1d28a2471a208f03ee34619e6', operation='UPDATE', pgid='pgtrigger_stamp_is_kept_0f6bc', table='workbench_checkpoint', when='BEFORE')), pgtrigger.compiler.Trigger(name='by_machine', sql=pgtrigger.compiler.UpsertTriggerSql(condition="WHEN (NEW.text <> '')", func="IF workbench_proved_actor() IS DISTINCT FROM 'machine' AND NOT workbench_is_owner() THEN RAISE EXCEPTION '%: nobody proved for whom this transaction speaks', TG_TABLE_NAME USING ERRCODE = '42501'; END IF; RETURN NEW;", hash='b94d57a2aadc432e7812d497b40e0be6c61fb019', operation='INSERT', pgid='pgtrigger_by_machine_003b8', table='workbench_checkpoint', when='BEFORE')), pgtrigger.compiler.Trigger(name='filled_by_machine', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.size, OLD.text, OLD.key_id, OLD.heads, OLD.made_at, OLD.authority, OLD.token, OLD.certificates, OLD.stamped_at) IS DISTINCT FROM (NEW.size, NEW.text, NEW.key_id, NEW.heads, NEW.made_at, NEW.authority, NEW.token, NEW.certificates, NEW.stamped_at))', func="IF workbench_proved_actor() IS DISTINCT FROM 'machine' AND NOT workbench_is_owner() THEN RAISE EXCEPTION '%: nobody proved for whom this transaction speaks', TG_TABLE_NAME USING ERRCODE = '42501'; END IF; RETURN NEW;", hash='922896ddec4bfcda2905d7c03bf964cc54067c99', operation='UPDATE', pgid='pgtrigger_filled_by_machine_31b86', table='workbench_checkpoint', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='DeskProfile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name of the desk')),
                ('contact', models.CharField(blank=True, max_length=300, verbose_name='contact for publishers')),
                ('time_zone', models.CharField(max_length=60, verbose_name='time zone')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), blank=True, default=list, size=None, verbose_name='languages')),
                ('names', models.CharField(choices=[('full', 'full name'), ('pen', 'pen name'), ('role', 'role and number, such as “Reviewer 1”')], default='full', max_length=4, verbose_name='names in reports')),
                ('set_at', models.DateTimeField(auto_now_add=True, verbose_name='set at')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='set by')),
            ],
            options={
                'verbose_name': 'desk',
                'verbose_name_plural': 'desk, in versions',
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='desk_has_a_name'), models.CheckConstraint(condition=models.Q(('names__in', ['full', 'role'])), name='desk_names_known')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='5efabec8be8cb1df4e1d2514318ee7f4fab3ecaf', operation='DELETE OR UPDATE', pgid='pgtrigger_append_only_cb718', table='workbench_deskprofile', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='ec6fe28cc4d74285eae40c5f938c953ecbdebd90', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_48ac5', table='workbench_deskprofile', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=300, verbose_name='address of the form')),
                ('title', models.CharField(blank=True, max_length=200, verbose_name='title')),
                ('fields', models.TextField(verbose_name='fields')),
                ('saved_at', models.DateTimeField(verbose_name='saved at')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by')),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
                'ordering': ['-saved_at', '-pk'],
                'indexes': [models.Index(models.F('saved_at'), name='draft_by_time')],
                'constraints': [models.UniqueConstraint(models.F('owner'), models.F('path'), name='one_draft_per_person_and_form')],
            },
        ),
        migrations.CreateModel(
            name='FourEyesPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposed_at', models.DateTimeField(auto_now_add=True, verbose_name='proposed at')),
                ('state', models.CharField(choices=[('proposed', 'Waits for a second person'), ('agreed', 'Agreed'), ('declined', 'Declined'), ('taken_back', 'Taken back'), ('alone', 'Done by one person, with a reason')], default='proposed', editable=False, max_length=10, verbose_name='status')),
                ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='agreed or declined at')),
                ('waiver', models.TextField(blank=True, editable=False, verbose_name='why one person did it alone')),
                ('version', models.PositiveIntegerField(editable=False, unique=True, verbose_name='version')),
                ('by_reason', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), blank=True, default=list, size=None, verbose_name='rules that a reason waives')),
                ('reason', models.TextField(verbose_name='reason')),
                ('proposed_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('second', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed or declined by')),
            ],
            options={
                'verbose_name': 'four-eyes policy',
                'verbose_name_plural': 'four-eyes policies',
                'ordering': ['-pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('second', None), ('state', 'proposed'), ('waiver', '')), models.Q(('answered_at__isnull', False), ('second', None), ('state', 'taken_back'), ('waiver', '')), models.Q(('answered_at__isnull', False), ('second', None), ('state', 'alone'), models.Q(('waiver', ''), _negated=True)), models.Q(('answered_at__isnull', False), ('second__isnull', False), ('state__in', ['agreed', 'declined']), ('waiver', ''), models.Q(('second', models.F('proposed_by')), _negated=True)), _connector='OR'), name='foureyespolicy_takes_two_people'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='policy_has_a_reason'), models.UniqueConstraint(models.F('state'), condition=models.Q(('state', 'proposed')), name='one_policy_proposed')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='4396955dd4b4d2bb87fbcc294c70cdcdc60884a0', operation='DELETE', pgid='pgtrigger_append_only_04d30', table='workbench_foureyespolicy', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='a75b724d0507c1fb17918318e65c0fc30cc972dc', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_36909', table='workbench_foureyespolicy', when='BEFORE')), pgtrigger.compiler.Trigger(name='proposer_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((TRUE) AND (OLD."proposed_by_id" IS DISTINCT FROM NEW."proposed_by_id" OR OLD."proposed_at" IS DISTINCT FROM NEW."proposed_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8a0dcd5c3cae07dec913a46dc7e0a2dfba3f98d5', operation='UPDATE', pgid='pgtrigger_proposer_stays_47cb3', table='workbench_foureyespolicy', when='BEFORE')), pgtrigger.compiler.Trigger(name='settled', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.state <> \'proposed\') AND (OLD."state" IS DISTINCT FROM NEW."state" OR OLD."second_id" IS DISTINCT FROM NEW."second_id" OR OLD."answered_at" IS DISTINCT FROM NEW."answered_at" OR OLD."waiver" IS DISTINCT FROM NEW."waiver"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7a3f4ccf338d3c23ea1155230b9cc23ca26a2c63', operation='UPDATE', pgid='pgtrigger_settled_a13f7', table='workbench_foureyespolicy', when='BEFORE')), pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((TRUE) AND (OLD."version" IS DISTINCT FROM NEW."version" OR OLD."by_reason" IS DISTINCT FROM NEW."by_reason" OR OLD."reason" IS DISTINCT FROM NEW."reason"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='4346eb01f9243454caac763fa2d384bccfdf5d8e', operation='UPDATE', pgid='pgtrigger_frozen_dc35f', table='workbench_foureyespolicy', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='LogEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('chain', models.CharField(editable=False, max_length=60, verbose_name='chain')),
                ('seq', models.PositiveBigIntegerField(editable=False, verbose_name='number')),
                ('previous', models.CharField(editable=False, max_length=64, verbose_name='previous hash')),
                ('hash', models.CharField(editable=False, max_length=64, verbose_name='hash')),
                ('recorded_at', models.DateTimeField(editable=False, verbose_name='when')),
                ('actor_name', models.CharField(max_length=150, verbose_name='user name')),
                ('verb', models.CharField(max_length=40, verbose_name='action')),
                ('subject', models.CharField(max_length=80, verbose_name='record')),
                ('facts', models.TextField(verbose_name='details')),
                ('form', models.PositiveSmallIntegerField(db_default=1, editable=False, verbose_name='form of the hash')),
                ('sealed_rows', models.PositiveIntegerField(db_default=0, editable=False, verbose_name='sealed rows')),
                ('seals_sha256', models.CharField(blank=True, db_default='', editable=False, max_length=64, verbose_name='SHA-256 of the seals')),
                ('nonce', models.CharField(blank=True, db_default='', editable=False, max_length=32, verbose_name='random part of the hash')),
                ('word_index', workbench.desk.word_search.WordsField('actor_name', 'verb', 'subject', 'chain', 'facts')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
            ],
            options={
                'verbose_name': 'log entry',
                'verbose_name_plural': 'log entries',
                'ordering': ['-recorded_at', '-seq'],
                'indexes': [models.Index(models.F('recorded_at'), name='log_by_time'), models.Index(models.F('subject'), name='log_by_subject'), django.contrib.postgres.indexes.GinIndex(models.F('word_index'), name='logentry_words')],
                'constraints': [models.UniqueConstraint(models.F('chain'), models.F('seq'), name='log_numbers_run_on')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='4b53ef19ecc2c13e50f93cb209301d8f6f66c1f7', operation='DELETE OR UPDATE', pgid='pgtrigger_append_only_f0afe', table='workbench_logentry', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='5407625c9942fc7e6b1b5592dbe3757072f94dae', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d3a33', table='workbench_logentry', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='NotificationChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(max_length=20, verbose_name='event')),
                ('way', models.CharField(choices=[('not', 'Not at all'), ('here', 'Here'), ('at_once', 'Here, and by mail at once'), ('daily', 'Here, and by mail once a day')], max_length=10, verbose_name='how')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notification_choices', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'choice of notifications',
                'verbose_name_plural': 'choices of notifications',
                'constraints': [models.UniqueConstraint(models.F('person'), models.F('event'), name='one_choice_per_event'), models.CheckConstraint(condition=models.Q(('way__in', ['not', 'here', 'at_once', 'daily'])), name='notice_way_known')],
            },
        ),
        migrations.CreateModel(
            name='NotificationMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(blank=True, default=django.utils.timezone.now, editable=False, null=True, verbose_name='due at')),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='reserved until')),
                ('fence', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='reservation number')),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='failed tries')),
                ('trouble', models.TextField(blank=True, editable=False, verbose_name='problem')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='notification_mail', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'mail of notifications',
                'verbose_name_plural': 'mails of notifications',
                'abstract': False,
                'indexes': [models.Index(models.F('due_at'), condition=models.Q(('due_at__isnull', False)), name='notificationmail_due'), models.Index(models.F('id'), condition=models.Q(('trouble', ''), _negated=True), name='notificationmail_trouble'), models.Index(models.F('leased_until'), condition=models.Q(('leased_until__isnull', False)), name='notificationmail_leased')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposed_at', models.DateTimeField(auto_now_add=True, verbose_name='proposed at')),
                ('state', models.CharField(choices=[('proposed', 'Waits for a second person'), ('agreed', 'Agreed'), ('declined', 'Declined'), ('taken_back', 'Taken back'), ('alone', 'Done by one person, with a reason')], default='proposed', editable=False, max_length=10, verbose_name='status')),
                ('answered_at', models.DateTimeField(editable=False, null=True, verbose_name='agreed or declined at')),
                ('waiver', models.TextField(blank=True, editable=False, verbose_name='why one person did it alone')),
                ('role', models.CharField(choices=[('viewer', 'Viewer'), ('reporter', 'Reporter'), ('reviewer', 'Reviewer'), ('editor', 'Editor'), ('admin', 'Administrator')], editable=False, max_length=10, verbose_name='role')),
                ('person', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='role_grants', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('proposed_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposed by')),
                ('second', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='agreed or declined by')),
            ],
            options={
                'verbose_name': 'proposed role',
                'verbose_name_plural': 'proposed roles',
                'ordering': ['-pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('second', None), ('state', 'proposed'), ('waiver', '')), models.Q(('answered_at__isnull', False), ('second', None), ('state', 'taken_back'), ('waiver', '')), models.Q(('answered_at__isnull', False), ('second', None), ('state', 'alone'), models.Q(('waiver', ''), _negated=True)), models.Q(('answered_at__isnull', False), ('second__isnull', False), ('state__in', ['agreed', 'declined']), ('waiver', ''), models.Q(('second', models.F('proposed_by')), _negated=True)), _connector='OR'), name='rolegrant_takes_two_people'), models.CheckConstraint(condition=models.Q(('role__in', ['viewer', 'reporter', 'reviewer', 'editor', 'admin'])), name='granted_role_known'), models.UniqueConstraint(models.F('person'), condition=models.Q(('state', 'proposed')), name='one_role_proposed_per_person'), models.CheckConstraint(condition=models.Q(('second', None), ('state', 'declined'), models.Q(('second', models.F('person')), _negated=True), _connector='OR'), name='nobody_agrees_to_their_own_role')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='f6061a17760da1e5c44e9967777daa8caf606266', operation='DELETE', pgid='pgtrigger_append_only_ec0c1', table='workbench_rolegrant', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='ff833c8b249fd6f4d5d1d02a294e54693f9ef796', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_e6c1f', table='workbench_rolegrant', when='BEFORE')), pgtrigger.compiler.Trigger(name='proposer_stays', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((TRUE) AND (OLD."proposed_by_id" IS DISTINCT FROM NEW."proposed_by_id" OR OLD."proposed_at" IS DISTINCT FROM NEW."proposed_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ff1875ae7ea90ff8546dfeaf826dbf937abb9f96', operation='UPDATE', pgid='pgtrigger_proposer_stays_cf865', table='workbench_rolegrant', when='BEFORE')), pgtrigger.compiler.Trigger(name='settled', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.state <> \'proposed\') AND (OLD."state" IS DISTINCT FROM NEW."state" OR OLD."second_id" IS DISTINCT FROM NEW."second_id" OR OLD."answered_at" IS DISTINCT FROM NEW."answered_at" OR OLD."waiver" IS DISTINCT FROM NEW."waiver"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='9453bf579f752e23d13aed9c6978dba630bf21a8', operation='UPDATE', pgid='pgtrigger_settled_52031', table='workbench_rolegrant', when='BEFORE')), pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((TRUE) AND (OLD."person_id" IS DISTINCT FROM NEW."person_id" OR OLD."role" IS DISTINCT FROM NEW."role"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='5bf5387ae858646431b51c6498897327e4f79819', operation='UPDATE', pgid='pgtrigger_frozen_2a8ff', table='workbench_rolegrant', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(editable=False, max_length=40, unique=True, verbose_name='session')),
                ('browser', models.CharField(max_length=80, verbose_name='browser')),
                ('since', models.DateTimeField(verbose_name='signed in since')),
                ('last_seen', models.DateTimeField(verbose_name='last used')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sign_ins', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
            },
        ),
        migrations.CreateModel(
            name='TwoStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField(blank=True, editable=False, verbose_name='key, encrypted')),
                ('since', models.DateTimeField(editable=False, null=True, verbose_name='since')),
                ('last_step', models.BigIntegerField(default=0, editable=False, verbose_name='last code used')),
                ('recovery', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), default=list, editable=False, size=None, verbose_name='recovery codes left')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='two_step', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'two-step sign-in',
                'verbose_name_plural': 'two-step sign-ins',
            },
        ),
        migrations.CreateModel(
            name='WholeCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField(blank=True, default=django.utils.timezone.now, editable=False, null=True, verbose_name='due at')),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='reserved until')),
                ('fence', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='reservation number')),
                ('tries', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='failed tries')),
                ('trouble', models.TextField(blank=True, editable=False, verbose_name='problem')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='requested at')),
                ('language', models.CharField(editable=False, max_length=10, verbose_name='language')),
                ('part', models.CharField(blank=True, editable=False, max_length=20, verbose_name='part')),
                ('place', models.TextField(blank=True, editable=False, verbose_name='place')),
                ('rows', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='rows checked')),
                ('errors', models.PositiveIntegerField(default=0, editable=False, verbose_name='errors')),
                ('faults', models.JSONField(default=list, editable=False, verbose_name='first errors')),
                ('done_at', models.DateTimeField(editable=False, null=True, verbose_name='done at')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by')),
            ],
            options={
                'verbose_name': 'check of the log',
                'verbose_name_plural': 'checks of the log',
                'ordering': ['-pk'],
                'abstract': False,
                'indexes': [models.Index(models.F('due_at'), condition=models.Q(('due_at__isnull', False)), name='wholecheck_due'), models.Index(models.F('id'), condition=models.Q(('trouble', ''), _negated=True), name='wholecheck_trouble'), models.Index(models.F('leased_until'), condition=models.Q(('leased_until__isnull', False)), name='wholecheck_leased')],
                'constraints': [models.UniqueConstraint(models.Value(1), condition=models.Q(('done_at', None)), name='log_check_one_open_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='ChannelMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(max_length=20, verbose_name='event')),
                ('number', models.CharField(default=workbench.desk.channels.message_number, editable=False, max_length=40, verbose_name='number of the message')),
                ('outcome', models.CharField(choices=[('pending', 'Waits to be sent'), ('sent', 'Sent'), ('left_out', 'Left out: not for everybody any more'), ('refused', 'Refused by the server')], default='pending', editable=False, max_length=10, verbose_name='outcome')),
                ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made at')),
                ('ended_at', models.DateTimeField(editable=False, null=True, verbose_name='ended at')),
                ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='workbench.channel', verbose_name='channel')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workbench.logentry', verbose_name='log entry')),
            ],
            options={
                'verbose_name': 'message to a channel',
                'verbose_name_plural': 'messages to channels',
                'ordering': ['-pk'],
                'indexes': [models.Index(models.F('channel'), models.F('id'), condition=models.Q(('outcome', 'pending')), name='message_pending')],
                'constraints': [models.UniqueConstraint(models.F('channel'), models.F('entry'), models.F('event'), name='channel_told_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('outcome', 'pending')), models.Q(models.Q(('outcome', 'pending'), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='message_ends_with_its_time')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='fb861c9db8437f609dea474e205e3ac3b8f8ea34', operation='DELETE', pgid='pgtrigger_append_only_181f8', table='workbench_channelmessage', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='1eed61b07d9a90b3c99526d1e96d46a013ef1026', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_82d28', table='workbench_channelmessage', when='BEFORE')), pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((TRUE) AND (OLD."channel_id" IS DISTINCT FROM NEW."channel_id" OR OLD."entry_id" IS DISTINCT FROM NEW."entry_id" OR OLD."event" IS DISTINCT FROM NEW."event" OR OLD."number" IS DISTINCT FROM NEW."number" OR OLD."made_at" IS DISTINCT FROM NEW."made_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='95e534618f338e0403cc2794c4758851233d3e6b', operation='UPDATE', pgid='pgtrigger_frozen_556b9', table='workbench_channelmessage', when='BEFORE')), pgtrigger.compiler.Trigger(name='message_ended_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.outcome <> \'pending\') AND (OLD."outcome" IS DISTINCT FROM NEW."outcome" OR OLD."ended_at" IS DISTINCT FROM NEW."ended_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='26e597ef7a871f6e03a516d717c29b642ccc5e2b', operation='UPDATE', pgid='pgtrigger_message_ended_once_9dda6', table='workbench_channelmessage', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='LogLeaf',
            fields=[
                ('number', models.PositiveBigIntegerField(primary_key=True, serialize=False, verbose_name='number')),
                ('line', models.CharField(max_length=160, verbose_name='line')),
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='leaf', to='workbench.logentry', verbose_name='log entry')),
            ],
            options={
                'verbose_name': 'leaf of the log’s tree',
                'verbose_name_plural': 'leaves of the log’s tree',
                'ordering': ['number'],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='c763a0fdcc3cb0929fbaf2f6455828ae3bf21700', operation='DELETE OR UPDATE', pgid='pgtrigger_append_only_bff2a', table='workbench_logleaf', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='02f80d98b38e2c6fc0f4200b74e4588dace19076', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_dbe54', table='workbench_logleaf', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.CharField(max_length=20, verbose_name='event')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='told at')),
                ('seen_at', models.DateTimeField(editable=False, null=True, verbose_name='seen at')),
                ('mail_at', models.DateTimeField(editable=False, null=True, verbose_name='mail due at')),
                ('mailed_at', models.DateTimeField(editable=False, null=True, verbose_name='mailed at')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workbench.logentry', verbose_name='log entry')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notifications', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'notification',
                'verbose_name_plural': 'notifications',
                'ordering': ['-pk'],
                'indexes': [models.Index(models.F('person'), models.F('id'), name='notification_of_person'), models.Index(models.F('person'), condition=models.Q(('seen_at', None)), name='notification_unseen')],
                'constraints': [models.UniqueConstraint(models.F('person'), models.F('entry'), models.F('event'), name='told_once')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c334b2bab0bc8298198d8ba4f4eae7fec929403e', operation='DELETE', pgid='pgtrigger_append_only_e863d', table='workbench_notification', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='7a9969f6db6d2793196044b6e7f2890619d5365d', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_7a254', table='workbench_notification', when='BEFORE')), pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((TRUE) AND (OLD."person_id" IS DISTINCT FROM NEW."person_id" OR OLD."entry_id" IS DISTINCT FROM NEW."entry_id" OR OLD."event" IS DISTINCT FROM NEW."event" OR OLD."made_at" IS DISTINCT FROM NEW."made_at" OR OLD."mail_at" IS DISTINCT FROM NEW."mail_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='177f245a63a5736f86053811c8f0982fa1f508c8', operation='UPDATE', pgid='pgtrigger_frozen_58212', table='workbench_notification', when='BEFORE')), pgtrigger.compiler.Trigger(name='mailed_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.mailed_at IS NOT NULL) AND (OLD."mailed_at" IS DISTINCT FROM NEW."mailed_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='7c440dfaf28f8b8845ee11505be4d197b1b8e678', operation='UPDATE', pgid='pgtrigger_mailed_once_1e1c4', table='workbench_notification', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=40, verbose_name='kind of row')),
                ('key', models.BigIntegerField(verbose_name='key')),
                ('form', models.PositiveSmallIntegerField(verbose_name='form')),
                ('sha256', models.BinaryField(verbose_name='SHA-256')),
                ('marks', models.BinaryField(verbose_name='first bytes of the hash of each column')),
                ('at', models.DateTimeField(verbose_name='sealed at')),
                ('xact', models.BigIntegerField(verbose_name='transaction')),
                ('entry', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seals', to='workbench.logentry', verbose_name='log entry')),
            ],
            options={
                'verbose_name': 'seal',
                'verbose_name_plural': 'seals',
                'indexes': [models.Index(models.F('model'), models.F('key'), models.F('id'), name='seal_by_row'), models.Index(models.F('xact'), condition=models.Q(('entry', None)), name='seal_waits')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='11d9326d9605f80bad216c41410adfab1f32dad1', operation='DELETE', pgid='pgtrigger_append_only_f4328', table='workbench_seal', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='e833fb355d3a82c717e4fc7b5bcf0cd1e1a032dd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_24423', table='workbench_seal', when='BEFORE')), pgtrigger.compiler.Trigger(name='frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((TRUE) AND (OLD."model" IS DISTINCT FROM NEW."model" OR OLD."key" IS DISTINCT FROM NEW."key" OR OLD."form" IS DISTINCT FROM NEW."form" OR OLD."sha256" IS DISTINCT FROM NEW."sha256" OR OLD."marks" IS DISTINCT FROM NEW."marks" OR OLD."at" IS DISTINCT FROM NEW."at" OR OLD."xact" IS DISTINCT FROM NEW."xact"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='934bd979a7ae7fe1b3cf40188da5846e12791e5f', operation='UPDATE', pgid='pgtrigger_frozen_b1deb', table='workbench_seal', when='BEFORE')), pgtrigger.compiler.Trigger(name='carried_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN ((OLD.entry_id IS NOT NULL) AND (OLD."entry_id" IS DISTINCT FROM NEW."entry_id"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='bdd7a9380dc24f8d9743e7568bd707dc3cdfdb97', operation='UPDATE', pgid='pgtrigger_carried_once_6111a', table='workbench_seal', when='BEFORE'))],
            },
        ),
        migrations.CreateModel(
            name='Witness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('desk', 'another desk'), ('mailbox', 'a mailbox'), ('paper', 'a printed page'), ('other', 'another place')], max_length=10, verbose_name='kind of witness')),
                ('holder', models.CharField(max_length=300, verbose_name='who holds it, and where')),
                ('noted_at', models.DateTimeField(auto_now_add=True, verbose_name='noted at')),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='witnesses', to='workbench.checkpoint', verbose_name='checkpoint')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='noted by')),
            ],
            options={
                'verbose_name': 'witness of the log',
                'verbose_name_plural': 'witnesses of the log',
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['desk', 'mailbox', 'paper', 'other'])), name='witness_kind_known'), models.CheckConstraint(condition=models.Q(('holder', ''), _negated=True), name='witness_named')],
                'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete or update rows from % table', TG_TABLE_NAME;", hash='6a77dfc847d45a9531b46c56e98d9555bab4611f', operation='DELETE OR UPDATE', pgid='pgtrigger_append_only_96215', table='workbench_witness', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: % may not be truncated', TG_TABLE_NAME;", hash='7b2f36d50e7767fb08f6eb0d9e16169d48ae76f8', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_98f24', table='workbench_witness', when='BEFORE'))],
            },
        ),
        *import_module('workbench.migrations.0007_table_settings').Migration.operations,
        *import_module('workbench.migrations.0010_hold_chain').Migration.operations,
        *(migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in log_chain.INSTALL),
        *import_module('workbench.migrations.0016_log_tree_by_function').Migration.operations,
        *(
            migrations.RunSQL(forwards, backwards)
            for forwards, backwards in zip(actor_proof.INSTALL, reversed(actor_proof.REMOVE), strict=True)
        ),
        migrations.RunSQL(log_chain.CHAIN_ENTRY, migrations.RunSQL.noop),
        SealTables(
            {
                'User': 'id username first_name last_name email password role is_active is_staff is_superuser date_joined is_sample',
                'FourEyesPolicy': 'id version by_reason reason proposed_by_id proposed_at state second_id answered_at waiver',
                'RoleGrant': 'id person_id role proposed_by_id proposed_at state second_id answered_at waiver',
                'Witness': 'id checkpoint_id kind holder noted_by_id noted_at',
                'SigningKey': 'id public made_at before_id endorsement',
                'TwoStep': 'id person_id key since recovery',
                'Channel': 'id name kind host locked_address locked_secret is_on is_own_network with_words language events made_at set_by_id set_at',
                'Byline': 'id person_id printed pen_name',
                'DeskProfile': 'id name contact time_zone languages names set_by_id set_at',
            },
        ),
    ])
