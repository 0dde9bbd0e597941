"""Pooled effects become a kind of entry, which the roles may see."""

from importlib import import_module

import django.db.models.deletion
import therapies.models.fields
from django.db import migrations, models

make_roles = import_module('therapies.migrations.0003_roles').make_roles


class Migration(migrations.Migration):

    dependencies = [
        ('therapies', '0016_early_or_in_a_crisis'),
    ]

    operations = [
        migrations.CreateModel(
            name='PooledEffect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', therapies.models.fields.KeySlug(help_text="Part of the entry's address. Do not change it once published.", max_length=120, unique=True)),
                ('reviewed_on', models.DateField(blank=True, editable=False, null=True)),
                ('review_due', models.DateField(blank=True, editable=False, null=True)),
                ('ages', therapies.models.fields.Lines(blank=True, default=list)),
                ('population', models.CharField(blank=True, help_text='Who they were, if not people in general.', max_length=120)),
                ('comparison', models.CharField(choices=[('waiting-list', 'a waiting list'), ('usual-care', 'usual care'), ('placebo', 'a dummy treatment'), ('any-control', 'control groups of several kinds')], max_length=20)),
                ('measure', models.CharField(help_text='What those had who are counted as better off.', max_length=160)),
                ('trials', models.PositiveIntegerField(help_text='Trials behind the effect; if it has no size, those counted.')),
                ('people', models.PositiveIntegerField(help_text='People in these trials, both groups together.')),
                ('low_risk_trials', models.PositiveIntegerField(blank=True, help_text='Trials at low risk of bias; empty if the database does not say.', null=True)),
                ('g', models.FloatField(blank=True, help_text="Hedges' g; above 0 the therapy did better. Empty for a result that is counted alone.", null=True)),
                ('g_low', models.FloatField(blank=True, help_text='Lower end of its 95 % interval (Hartung-Knapp).', null=True)),
                ('g_high', models.FloatField(blank=True, null=True)),
                ('predicted_low', models.FloatField(blank=True, help_text='Where the effect of the next trial should lie, 95 % prediction interval.', null=True)),
                ('predicted_high', models.FloatField(blank=True, null=True)),
                ('tau_squared', models.FloatField(blank=True, help_text="How much the trials' true effects vary (Paule-Mandel).", null=True)),
                ('i_squared', models.PositiveSmallIntegerField(blank=True, help_text='Of 100: the share of the variation that is not chance.', null=True)),
                ('asymmetry_p', models.FloatField(blank=True, help_text="Egger's test of the funnel; below 0.05 small trials found more. Ten trials or more.", null=True)),
                ('low_risk_g', models.FloatField(blank=True, help_text='The same from the trials at low risk of bias alone.', null=True)),
                ('low_risk_g_low', models.FloatField(blank=True, null=True)),
                ('low_risk_g_high', models.FloatField(blank=True, null=True)),
                ('outliers', models.PositiveIntegerField(blank=True, help_text='Trials whose interval lies wholly outside that of the pooled effect.', null=True)),
                ('trimmed_g', models.FloatField(blank=True, help_text='The same without these.', null=True)),
                ('trimmed_g_low', models.FloatField(blank=True, null=True)),
                ('trimmed_g_high', models.FloatField(blank=True, null=True)),
                ('counted_trials', models.PositiveIntegerField(blank=True, help_text='Trials behind the people of 100.', null=True)),
                ('counted_people', models.PositiveIntegerField(blank=True, null=True)),
                ('counted_by', models.CharField(blank=True, choices=[('counted', 'counted in the trials'), ('worked-out', "worked out from the trials' averages"), ('both', 'counted in the trials, or worked out from their averages')], max_length=20)),
                ('treated_per_100', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('treated_low', models.PositiveSmallIntegerField(blank=True, help_text='Lower end of its 95 % interval.', null=True)),
                ('treated_high', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('comparison_per_100', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('comparison_low', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('comparison_high', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('left_trials', models.PositiveIntegerField(blank=True, help_text='Trials that say how many people left before the end.', null=True)),
                ('left_people', models.PositiveIntegerField(blank=True, null=True)),
                ('left_per_100', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('left_low', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('left_high', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('comparison_left_per_100', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('comparison_left_low', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('comparison_left_high', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('database', models.CharField(max_length=120)),
                ('version', models.DateField(help_text="The day of the database's version.")),
                ('last_search', models.DateField(help_text='Until when its makers looked for trials.')),
                ('doi', models.CharField(max_length=80)),
                ('pooled_on', models.DateField()),
                ('condition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pooled_effects', to='therapies.condition')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pooled_effects', to='therapies.source')),
                ('therapy', models.ForeignKey(blank=True, help_text='Empty: talking therapies taken together.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pooled_effects', to='therapies.therapy')),
            ],
            options={
                'ordering': ('slug',),
                'abstract': False,
            },
        ),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
