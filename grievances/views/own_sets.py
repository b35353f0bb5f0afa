"""/settings/<table>/adopt/ — a township takes a general set over as its own."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views import View

from grievances import actions
from grievances.actions.own_sets import PERMISSION
from liaison.errors import NotAllowed


class Adopt(View):
    """By POST; opened as a page it leads to the list."""

    access = PERMISSION
    table = None

    def get(self, request):
        """Nothing is done by looking."""
        return HttpResponseRedirect(reverse(f"settings:{self.table.key}"))

    def post(self, request):
        """Copy the rows; a second time says that they are there."""
        try:
            count = actions.adopt_general(model=self.table.model, by=request.user)
            messages.success(request, f"已照通用的设好一套，共{count}条，可以修改。")
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        return self.get(request)
