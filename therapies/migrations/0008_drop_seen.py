from django.contrib.auth.management import create_permissions
from django.db import migrations


def let_roles_follow_leads(apps, schema_editor):
    """Who edits may handle leads; who publishes may see them."""
    config = apps.get_app_config("therapies")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for group in Group.objects.filter(name__in=("Curator", "Reviewer", "Publisher")):
        names = {"view_lead"} if group.name == "Publisher" else {"view_lead", "change_lead"}
        group.permissions.add(*Permission.objects.filter(content_type__app_label="therapies", codename__in=names))


class Migration(migrations.Migration):

    dependencies = [
        ('therapies', '0007_basis_of_statements'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='conditionstatement',
            name='secondary',
        ),
        migrations.RemoveField(
            model_name='conditionstatement',
            name='seen',
        ),
        migrations.RemoveField(
            model_name='outcome',
            name='secondary',
        ),
        migrations.RemoveField(
            model_name='outcome',
            name='seen',
        ),
        migrations.RemoveField(
            model_name='recommendation',
            name='secondary',
        ),
        migrations.RemoveField(
            model_name='recommendation',
            name='seen',
        ),
        migrations.RunPython(let_roles_follow_leads, migrations.RunPython.noop),
    ]
