"""Questions that people ask become a kind of entry, which the roles may work on; learn pages get the words of theirs."""

from importlib import import_module

import therapies.models.fields
from django.db import migrations, models

make_roles = import_module('therapies.migrations.0003_roles').make_roles


class Migration(migrations.Migration):

    dependencies = [
        ('therapies', '0010_code_ranges'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchIntent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', therapies.models.fields.KeySlug(help_text="Part of the entry's address. Do not change it once published.", max_length=120, unique=True)),
                ('reviewed_on', models.DateField(blank=True, editable=False, null=True)),
                ('review_due', models.DateField(blank=True, editable=False, null=True)),
                ('title', models.CharField(help_text="What the page has, in readers' words, such as “Therapies in only a few sessions”.", max_length=60)),
                ('line', models.TextField(help_text='One plain sentence on what the page shows.')),
                ('leads_to', models.CharField(help_text='The path of the page with its query, such as /therapies/?length=brief&sort=sessions.', max_length=400)),
                ('phrases', therapies.models.fields.Lines(blank=True, default=list, help_text='What people type or ask that this page answers, one a line, Spanish too; 15 or more.')),
            ],
            options={
                'ordering': ('slug',),
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='topic',
            name='phrases',
            field=therapies.models.fields.Lines(blank=True, default=list, help_text='What people type or ask that this page answers.'),
        ),
        migrations.AlterField(
            model_name='condition',
            name='phrases',
            field=therapies.models.fields.Lines(blank=True, default=list, help_text="What people type, in the first person, such as “I can't stop worrying”. Search reads them all; the page shows the first twelve."),
        ),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
