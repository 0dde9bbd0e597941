from django.db import migrations, models

from therapies.releases.bundle import entry_digest


def keep_records(apps, schema_editor):
    """What was recorded of a line's content is now said of the same content with its place."""
    records = [apps.get_model("therapies", name) for name in ("SignOff", "Check")]
    kinds = {"kind": "crisis_lines"}
    recorded = set().union(*(set(r.objects.filter(**kinds).values_list("digest", flat=True)) for r in records))
    for line in apps.get_model("therapies", "CrisisLine").objects.all() if recorded else ():
        fields = (field for field in line._meta.concrete_fields if not field.primary_key)
        row = {field.name: getattr(line, field.name) for field in fields}
        row = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        before = entry_digest({name: value for name, value in row.items() if name != "order"})
        if before in recorded:
            for record in records:
                record.objects.filter(**kinds, slug=line.slug, digest=before).update(digest=entry_digest(row))


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
        migrations.RunPython(keep_records, migrations.RunPython.noop),
    ]
