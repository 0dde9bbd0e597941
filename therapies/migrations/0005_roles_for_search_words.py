"""The roles may work on the kinds that came after them."""

from importlib import import_module

from django.db import migrations

make_roles = import_module("therapies.migrations.0003_roles").make_roles


class Migration(migrations.Migration):
    dependencies = [("therapies", "0004_search_words")]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
