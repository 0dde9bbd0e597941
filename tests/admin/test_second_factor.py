"""Signing in with a password, then a code; wrong guesses are slowed down, and lock the account."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from tests.admin.test_entries import INLINE
from tests.builders import catalogue
from tests.people import browser, person
from therapies.admin import sign_in as limits
from therapies.admin.audit import events
from therapies.admin.sign_in import limiter
from therapies.releases import bundle
from therapies.releases.publish import publish

STEP = "/admin/second-factor/"
PASSWORD = "seven quiet otters swim"


@pytest.fixture
def ada(db: None, settings: Settings) -> User:
    settings.REQUIRE_SECOND_FACTOR = True
    limiter.tries.clear()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick; nothing here is secret
    return person("ada", "Curator", password=PASSWORD)


@pytest.fixture
def enrolled(ada: User) -> tuple[Client, Callable[[], str]]:
    """A browser that has passed the password, and the authenticator that knows the next code."""
    device = TOTPDevice.objects.create(user=ada, confirmed=True)
    return browser(ada), lambda: code_of(device)


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key, device.step, device.t0, device.digits):06d}"


def sign_in(client: Client, password: str) -> int:
    return client.post("/admin/login/", {"username": "ada", "password": password, "next": "/admin/"}).status_code


def test_after_the_password_nothing_opens_before_the_code(ada: User) -> None:
    client = Client()
    assert sign_in(client, PASSWORD) == 302
    answer = client.get("/admin/therapies/therapy/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(STEP)
    assert client.get("/admin/releases/").status_code == 302


def test_a_new_curator_sets_up_an_authenticator_and_gets_recovery_codes(ada: User) -> None:
    client = browser(ada)
    page = client.get(STEP).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert not INLINE.search(page)
    assert "not right" in client.post(STEP, {"code": "000000"}).content.decode()
    device = TOTPDevice.objects.get(user=ada)
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    page = client.post(STEP, {"code": code_of(device)}).content.decode()
    assert page.count("<li><code>") == 10
    assert client.get("/admin/").status_code == 200


def test_the_right_code_opens_and_leads_where_one_wanted_to_go(enrolled: tuple[Client, Callable[[], str]]) -> None:
    client, code = enrolled
    answer = client.post(STEP, {"code": code(), "next": "/admin/therapies/therapy/"})
    assert answer["Location"] == "/admin/therapies/therapy/"
    assert client.get("/admin/").status_code == 200


def test_nobody_is_led_off_the_site(enrolled: tuple[Client, Callable[[], str]]) -> None:
    client, code = enrolled
    assert client.post(STEP, {"code": code(), "next": "https://evil.example/"})["Location"] == "/admin/"


def test_a_code_works_once(enrolled: tuple[Client, Callable[[], str]], ada: User) -> None:
    client, code = enrolled
    used = code()
    client.post(STEP, {"code": used})
    assert "not right" in browser(ada).post(STEP, {"code": used}).content.decode()


def test_guessing_is_slowed_down(enrolled: tuple[Client, Callable[[], str]]) -> None:
    client, code = enrolled
    client.post(STEP, {"code": "111111"})
    assert TOTPDevice.objects.get().throttling_failure_count == 1
    TOTPDevice.objects.update(throttling_failure_count=20)  # after the first, the door opens again within a second
    assert "Too many wrong codes." in client.post(STEP, {"code": code()}).content.decode()


def test_a_recovery_code_works_once_without_the_phone(enrolled: tuple[Client, Callable[[], str]], ada: User) -> None:
    device = StaticDevice.objects.create(user=ada, name="recovery codes")
    device.token_set.create(token="abcdef0123")
    client, _ = enrolled
    page = client.post(STEP, {"code": "ABCDE F0123"}, follow=True).content.decode()
    assert "You used a recovery code; 0 are left." in page
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    StaticDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert "not right" in browser(ada).post(STEP, {"code": "abcdef0123"}).content.decode()


def test_new_recovery_codes_take_the_place_of_the_old_ones(
    enrolled: tuple[Client, Callable[[], str]], ada: User
) -> None:
    client, code = enrolled
    client.post(STEP, {"code": code()})
    first = client.post("/admin/recovery-codes/").content.decode()
    client.post("/admin/recovery-codes/")
    assert StaticDevice.objects.get(user=ada).token_set.count() == 10
    assert not any(token.token in first for token in StaticDevice.objects.get(user=ada).token_set.all())
    assert "10 recovery codes left" in client.get("/admin/recovery-codes/").content.decode()


def test_a_local_trial_may_go_without(ada: User, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    assert browser(ada).get("/admin/").status_code == 200


def test_five_wrong_passwords_lock_the_account_and_are_written_down(ada: User) -> None:
    client = Client()
    answers = [sign_in(client, "wrong") for _ in range(5)]
    assert answers[-1] == 429
    assert sign_in(client, PASSWORD) == 429
    assert {"was refused", "was locked out"} <= {event.what for event in events()}


def test_a_flood_of_tries_is_refused_before_a_password_is_looked_at(
    ada: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the real hash, which is dear; it is counted, not timed."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
    hashed: list[str] = []
    encode = ScryptPasswordHasher.encode

    def counted(self: ScryptPasswordHasher, password: str, *args: object, **options: object) -> str:
        hashed.append(password)
        return str(encode(self, password, "salt", n=2, r=1, p=1))

    monkeypatch.setattr(ScryptPasswordHasher, "encode", counted)

    def tries(address: str, count: int) -> int:
        """How many of them reached the hash; each with another name, so that no account is locked."""
        before = len(hashed)
        for number in range(count):
            form = {"username": f"{address}-{number}", "password": "wrong"}
            Client(REMOTE_ADDR=address).post("/admin/login/", form)
        return len(hashed) - before

    assert tries("203.0.113.1", 40) == limits.MOST_OF_ONE_ADDRESS
    assert tries("203.0.113.2", 3) == 3, "another address is not held back"
    assert sum(tries(f"198.51.100.{number}", 1) for number in range(60)) == limits.MOST - limits.MOST_OF_ONE_ADDRESS - 3


def test_who_guesses_from_elsewhere_does_not_lock_the_account_out(ada: User, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    attacker = Client(REMOTE_ADDR="203.0.113.1")
    assert [sign_in(attacker, "wrong") for _ in range(5)][-1] == 429
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7"), PASSWORD) == 302


def test_signing_in_appears_in_the_audit(ada: User, settings: Settings, published: Path) -> None:
    bundle.load(catalogue())
    publish(notes="First.")
    settings.REQUIRE_SECOND_FACTOR = False
    sign_in(Client(), PASSWORD)
    assert ("ada", "signed in") in [(event.who, event.what) for event in events()]
    boss = browser(User.objects.create_superuser("boss"))
    assert "signed in" in boss.get("/admin/audit/").content.decode()
    assert browser(ada).get("/admin/audit/").status_code == 403


def test_the_session_cookie_goes_to_the_admin_alone_and_ends_with_the_browser(ada: User) -> None:
    client = Client()
    sign_in(client, PASSWORD)
    cookie = client.cookies["sessionid"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (
        "/admin/",
        True,
        "Strict",
        "",
    )


# ── Accounts by command ──


def test_createcurator_makes_an_account_in_a_role_and_says_the_next_step(
    db: None, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    call_command("createcurator", "cora", "--role", "Curator", "--role", "Publisher", "--generate")
    user = User.objects.get(username="cora")
    assert set(user.groups.values_list("name", flat=True)) == {"Curator", "Publisher"}
    assert user.is_staff
    assert not user.is_superuser
    output = capsys.readouterr().out
    assert "QR code" in output
    assert user.check_password(output.split("Password: ")[1].split()[0])
    with pytest.raises(CommandError, match="already"):
        call_command("createcurator", "cora", "--generate")


def test_a_weak_password_is_refused_with_the_reason(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getpass", lambda prompt: "password")
    with pytest.raises(CommandError, match="too short"):
        call_command("createcurator", "cora")
    assert not User.objects.exists()


def test_without_a_terminal_the_way_out_is_said(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", ended)
    with pytest.raises(CommandError, match="Say --generate"):
        call_command("createcurator", "cora")
    assert not User.objects.exists()


def test_a_lost_phone_is_replaced_by_command(enrolled: tuple[Client, Callable[[], str]], ada: User) -> None:
    call_command("reset_second_factor", "ada")
    assert not TOTPDevice.objects.filter(user=ada).exists()
    with pytest.raises(CommandError, match="no account"):
        call_command("reset_second_factor", "nobody")
