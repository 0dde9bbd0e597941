"""One process that serves before and after a restore gives a release number again. Run by test_bad_days.py."""

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from tests.own_site import CONTENT  # noqa: E402
from therapies.models import Therapy  # noqa: E402
from therapies.releases.publish import publish  # noqa: E402

PAGE = "/catalogue.json"


def publish_with(summary: str) -> None:
    Therapy.objects.update(summary=summary)
    publish(notes=summary)


def shown(body: str) -> str:
    return " ".join(words for words in ("Before.", "Second.") if words in body)


if __name__ == "__main__":
    settings.ALLOWED_HOSTS = ["testserver"]
    exec(CONTENT)
    publish(notes="First.")
    call_command("backup", settings.DATA_DIR / "kept.backup")
    publish_with("Before.")
    old = Client().get(PAGE)
    call_command("restore", settings.DATA_DIR / "kept.backup", replace=True)
    publish_with("Second.")
    new = Client().get(PAGE, headers={"if-none-match": old["ETag"]})
    same = Client().get(PAGE, headers={"if-none-match": new["ETag"]})
    print(
        old.status_code,
        shown(old.content.decode()),
        new.status_code,
        shown(new.content.decode()),
        same.status_code,
        end=" ",
    )
    print(old["ETag"].rpartition("-")[2] == new["ETag"].rpartition("-")[2])
