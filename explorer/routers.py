"""Keeps the installed release read-only: migrations and writes reach the working database and no other."""

from typing import Any


class CatalogueIsReadOnly:
    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == "catalogue" else None

    def db_for_write(self, model: type, **hints: Any) -> str:
        return "default"

    def allow_relation(self, obj1: Any, obj2: Any, **hints: Any) -> bool | None:
        return obj1._state.db == obj2._state.db or None
