"""Danger: whole sentences to learn from; what the kind of danger of a code is for."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('therapies', '0011_search_intents'),
    ]

    operations = [
        migrations.AddField(
            model_name='dangerphrase',
            name='is_sentence',
            field=models.BooleanField(default=False, help_text='An example to learn from of how people say it, such as “he put his hands round my neck last night”. Search does not look for its words.', verbose_name='whole sentence'),
        ),
        migrations.AlterField(
            model_name='coderange',
            name='danger',
            field=models.CharField(blank=True, choices=[('suicide', 'Suicide'), ('self-harm', 'Self-harm'), ('harm-to-others', 'Harm to others'), ('abuse', 'Abuse or violence'), ('emergency', 'Emergency'), ('eating-emergency', 'Eating emergency')], help_text='The kind of danger that such a code speaks of; the help panel then shows. Empty where the page of the concern is enough, as for abuse: it says when and where to get help.', max_length=20),
        ),
    ]
