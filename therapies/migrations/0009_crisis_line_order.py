from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('therapies', '0008_drop_seen'),
    ]

    operations = [
        migrations.AddField(
            model_name='crisisline',
            name='order',
            field=models.PositiveSmallIntegerField(default=100, help_text='Within the country; the lowest number comes first.'),
        ),
    ]
