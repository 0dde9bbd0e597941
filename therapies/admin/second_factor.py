"""The second step of signing in: setting up an authenticator app, entering its code, and recovery codes."""

import base64
import secrets
from typing import Any

import django_otp
import segno
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from therapies.admin.render import render

RECOVERY_CODES = 10
RECOVERY_NAME = "recovery codes"


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=20,
        label="Code",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).replace(" ", "").lower()


def is_verified(user: Any) -> bool:
    """Whether this session has passed the second step, or the site does not require one."""
    return not settings.REQUIRE_SECOND_FACTOR or bool(getattr(user, "is_verified", lambda: False)())


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Asks for a code. Somebody without an authenticator sets one up first."""
    user = request.user
    if not (user.is_active and user.is_staff):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if TOTPDevice.objects.filter(user=user, confirmed=True).exists():
        return _ask(request, user)
    return _set_up(request, user)


def _ask(request: HttpRequest, user: Any) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device, refusal = _match(user, form.cleaned_data["code"])
        if device is not None:
            django_otp.login(request, device)
            if isinstance(device, StaticDevice):
                left = device.token_set.count()
                rest = f"{left} {'is' if left == 1 else 'are'} left"
                messages.warning(request, f"You used a recovery code; {rest}. Make new ones when you can.")
                _log(user, "Signed in with a recovery code.")
            return redirect(_next(request))
        form.add_error("code", refusal)
    return render(request, "admin/second_factor/ask.html", "Enter your code", form=form, next=_next(request))


def _match(user: Any, code: str) -> tuple[Any, str]:
    """(the device that accepts the code, "") or (None, why not). The devices themselves slow guessing down."""
    with transaction.atomic():  # the devices are locked, so that a code cannot be used twice at once
        for device in django_otp.devices_for_user(user, confirmed=True, for_verify=True):
            allowed, why = device.verify_is_allowed()
            if not allowed:
                wait = why.get("locked_until") if why else None
                until = f" Try again after {wait:%H:%M:%S} UTC." if wait else ""
                return None, f"Too many wrong codes.{until}"
            if device.verify_token(code):
                return device, ""
    return None, "That code is not right. Codes change every 30 seconds; check the clock of your phone."


def _set_up(request: HttpRequest, user: Any) -> HttpResponse:
    device, _ = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "authenticator"})
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["code"]):
            device.confirmed = True
            device.save()
            django_otp.login(request, device)
            _log(user, "Set up the second factor.")
            return _show_codes(request, user)
        form.add_error("code", "That code is not right. Wait for the next one and type it without spaces.")
    qr = segno.make(device.config_url).svg_data_uri(scale=5)
    context = {"form": form, "qr": qr, "key": _spaced(device), "next": _next(request)}
    return render(request, "admin/second_factor/set_up.html", "Set up your second factor", **context)


def _spaced(device: TOTPDevice) -> str:
    """The key to type if there is no camera, in groups of four."""
    text = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, shown once; the old ones stop working."""
    if request.method == "POST":
        return _show_codes(request, request.user)
    left = StaticDevice.objects.filter(user=request.user.pk, token_set__isnull=False).count()
    return render(request, "admin/second_factor/codes.html", "Recovery codes", left=left)


def _show_codes(request: HttpRequest, user: Any) -> HttpResponse:
    codes = make_recovery_codes(user)
    _log(user, "Made new recovery codes.")
    return render(request, "admin/second_factor/codes.html", "Your recovery codes", codes=codes, next=_next(request))


def make_recovery_codes(user: Any) -> list[str]:
    """Ten codes that each work once."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=RECOVERY_NAME)
    codes = [secrets.token_hex(5) for _ in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=code)
    return codes


def _log(user: Any, message: str) -> None:
    LogEntry.objects.log_actions(user.pk, [user], CHANGE, message, single_object=True)


def _next(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if safe and target.startswith(settings.CURATORS_PATH) else reverse("admin:index")
