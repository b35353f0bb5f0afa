"""/ledger/route/ — which unit a matter would go to by the office's rules, while its form is being filled in."""

from django.shortcuts import render
from django.views.decorators.http import require_POST

from grievances.forms.routed import NO_ROUTE, RouteAskForm
from grievances.routing import route, rules_of
from liaison.access import allow

KEPT = ("village", "section", "kind")  # what a form about a matter that stands does not ask


@require_POST
@allow("grievances.register")
def routed(request):
    """The sentence and the key of the rule; nothing is stored. By POST, as a form's other questions."""
    form = RouteAskForm(request.POST, user=request.user)
    found, name = None, "rule" if request.POST.get("named") == "rule" else ""
    if form.is_valid():
        found = route(form.facts(), rules_of(form.cleaned_data["village"].township_id))
    asked = {key: request.POST.get(key, "")[:20] for key in KEPT} if name else {}
    told = {"route": found, "name": name, "asked": asked, "none": NO_ROUTE if name else ""}
    return render(request, "grievances/_routed.html", told)
