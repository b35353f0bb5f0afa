"""/ledger/route/ — which unit a matter would go to by the office's rules, while its form is being filled in."""

from django.shortcuts import render
from django.views.decorators.http import require_POST

from grievances.forms.routed import NO_ROUTE, RouteAskForm
from grievances.routing import Facts, route, rules_of
from liaison.access import allow


@require_POST
@allow("grievances.register")
def routed(request):
    """The sentence and the key of the rule; nothing is stored. By POST, as a form's other questions."""
    form = RouteAskForm(request.POST, user=request.user)
    found, name = None, "rule" if request.POST.get("named") == "rule" else ""
    if form.is_valid():
        said = form.cleaned_data
        facts = Facts(said["category"].pk, said["village"].pk, said["kind"], said["is_urgent"])
        found = route(facts, rules_of(said["village"].township_id))
    asked = {key: request.POST.get(key, "")[:20] for key in ("village", "kind")} if name else {}
    told = {"route": found, "name": name, "asked": asked, "none": NO_ROUTE if name else ""}
    return render(request, "grievances/_routed.html", told)
