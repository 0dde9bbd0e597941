"""/correct/: “something wrong on this page?” No cookie, no address kept; without the working database it says so."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from therapies.serving import catalogue
from therapies.serving.render import page
from therapies.site import corrections


def correct(request: HttpRequest) -> HttpResponse:
    about = corrections.page_named(request.POST.get("page") or request.GET.get("page") or "/")
    text, refusal = request.POST.get("text", ""), None
    if request.method == "POST":
        refusal = corrections.receive(
            path=about,
            text=text,
            trap=request.POST.get("website", ""),
            ticket=request.POST.get("ticket", ""),
            release=catalogue.release().number,
        )
        if refusal is None:
            return redirect("correct_thanks")
    context = {"about": about, "text": text, "refusal": refusal, "ticket": corrections.ticket()}
    response = page(request, "therapies/site/correct.html", context, status=refusal.status if refusal else 200)
    response["Cache-Control"] = "private, no-store"
    return response


def thanks(request: HttpRequest) -> HttpResponse:
    return page(request, "therapies/site/correct_thanks.html", {})
