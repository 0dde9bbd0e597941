"""The three roles as groups: Curator edits, Reviewer also signs off, Publisher makes releases."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

CATALOGUE = (
    *("family", "conditiongroup", "source", "format", "condition", "therapy", "technique", "recommendation"),
    *("conditionstatement", "outcome", "lookalike", "ambiguousterm", "crisisline", "topic", "glossaryterm"),
)
VIEW = {f"view_{model}" for model in (*CATALOGUE, "release", "signoff", "check", "linkcheck", "correction")}
EDIT = {f"{verb}_{model}" for verb in ("add", "change", "delete") for model in CATALOGUE}
ROLES = {
    "Curator": VIEW | EDIT | {"add_check", "change_correction"},
    "Reviewer": VIEW | EDIT | {"add_check", "change_correction", "sign_off_entry"},
    "Publisher": VIEW | {"publish_release"},
}


def make_roles(apps, schema_editor):
    # Permissions are usually made after the last migration, which is too late for the groups.
    config = apps.get_app_config("therapies")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codenames in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="therapies", codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0002_sign_off_and_queue"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
