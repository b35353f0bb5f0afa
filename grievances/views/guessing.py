"""/ledger/guess/ — which category a summary would be put into, while it is being typed."""

from django.shortcuts import render
from django.views.decorators.http import require_POST

from grievances.guessing import guess
from grievances.models import Category
from liaison.access import allow


@require_POST
@allow("grievances.register")
def guessed_category(request):
    """A sentence below the field; by POST, since what a villager said stays out of addresses."""
    text = request.POST.get(request.headers.get("HX-Trigger-Name", ""), "")[:60].strip()
    found = guess(text, Category.objects.filter(is_active=True)) if text else None
    return render(request, "grievances/_guessed.html", {"guess": found})
