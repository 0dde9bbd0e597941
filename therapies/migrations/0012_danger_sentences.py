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
    ]
