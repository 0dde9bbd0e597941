"""Ranges of diagnosis codes become a kind of entry, which the roles may work on."""

from importlib import import_module

import django.db.models.deletion
import therapies.models.fields
from django.db import migrations, models

make_roles = import_module('therapies.migrations.0003_roles').make_roles


class Migration(migrations.Migration):

    dependencies = [
        ('therapies', '0009_crisis_line_order'),
    ]

    operations = [
        migrations.CreateModel(
            name='CodeRange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', therapies.models.fields.KeySlug(help_text="Part of the entry's address. Do not change it once published.", max_length=120, unique=True)),
                ('reviewed_on', models.DateField(blank=True, editable=False, null=True)),
                ('review_due', models.DateField(blank=True, editable=False, null=True)),
                ('system', models.CharField(choices=[('icd10cm', 'ICD-10-CM'), ('icd11', 'ICD-11')], max_length=10)),
                ('prefix', models.CharField(help_text='What the codes begin with, such as F41 or F41.1. A ? stands for any character, as in T36.??2.', max_length=10)),
                ('relation', models.CharField(choices=[('exact', 'The code is this concern'), ('narrower', 'The code is a part of this concern'), ('broader', 'The code holds more than this concern'), ('related', 'The concern is near to the code'), ('none', 'We have no page for it')], help_text='For the code of the prefix itself.', max_length=10)),
                ('danger', models.CharField(blank=True, choices=[('suicide', 'Suicide'), ('self-harm', 'Self-harm'), ('harm-to-others', 'Harm to others'), ('abuse', 'Abuse or violence'), ('emergency', 'Emergency'), ('eating-emergency', 'Eating emergency')], help_text='The kind of danger that such a code speaks of; the help panel then shows.', max_length=20)),
                ('say', models.CharField(blank=True, help_text='In plain words, such as “a spell of depression”. Empty if the title is plain.', max_length=160)),
                ('note', models.TextField(blank=True, help_text='For curators, such as why this concern.')),
                ('condition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='code_ranges', to='therapies.condition')),
                ('second_condition', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='second_code_ranges', to='therapies.condition')),
            ],
            options={
                'ordering': ('slug',),
                'abstract': False,
            },
        ),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
