"""The three roles as groups: Curator edits, Reviewer also signs off, Publisher makes releases."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

OWN = ("release", "signoff", "check", "linkcheck", "correction")  # what only the working database knows
VIEW = {f"view_{model}" for model in OWN}
WORK = {"add_check", "change_correction"}
EXTRA = {"Curator": WORK, "Reviewer": WORK | {"sign_off_entry"}, "Publisher": {"publish_release"}}


def make_roles(apps, schema_editor):
    # Permissions are usually made after the last migration, which is too late for the groups.
    config = apps.get_app_config("therapies")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    kinds = [model._meta.model_name for model in config.get_models() if model._meta.model_name not in OWN]
    edit = {f"{verb}_{kind}" for verb in ("add", "change", "delete") for kind in kinds}
    for name, extra in EXTRA.items():
        codenames = VIEW | {f"view_{kind}" for kind in kinds} | extra | (set() if name == "Publisher" else edit)
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="therapies", codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0002_sign_off_and_queue"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
