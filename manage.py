#!/usr/bin/env python
"""Django's command line for Therapy Explorer."""

import os
import sys


def main() -> None:
    os.umask(0o077)  # databases and backups hold password hashes
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "explorer.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
    except ImportError:
        sys.exit("The libraries are missing. Run “make run” once; then: .venv/bin/python manage.py …")
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError
    from environs import EnvError

    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EnvError) as error:
        hint = " Install it: .venv/bin/pip install -r requirements-postgres.txt" if "psycopg" in str(error) else ""
        sys.exit(f"Settings: {error}.{hint}" if hint else f"Settings: {error}")
    except DatabaseError as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(f"The working database cannot be used: {str(error).strip()} (--traceback shows where)")
    except KeyboardInterrupt:
        sys.exit("Stopped.")


if __name__ == "__main__":
    main()
