"""Signing in and out, and one's own password."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views import View

from cadres import actions
from cadres.account_forms import LoginForm, OwnPasswordForm
from liaison.access import OPEN, SIGNED_IN


class Login(LoginView):
    """/accounts/login/"""

    access = OPEN
    template_name = "accounts/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        """Say when this account was last used: its owner notices a stranger. Nobody else is shown it."""
        before = form.get_user().last_login
        response = super().form_valid(form)
        if before:
            messages.info(self.request, f"上次登录时间：{localtime(before):%Y-%m-%d %H:%M}")
        return response

    def form_invalid(self, form):
        """A refused form answers 422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Logout(LogoutView):
    """/accounts/logout/ — by POST alone, so that no link signs anybody out."""

    access = OPEN


class Password(View):
    """/accounts/password/ — one's own; forced at the first log-in."""

    access = SIGNED_IN

    def get(self, request):
        return self._page(request, OwnPasswordForm(request.user))

    def post(self, request):
        form = OwnPasswordForm(request.user, request.POST)
        if not form.is_valid():
            return self._page(request, form, status=422)
        actions.change_own_password(by=request.user, password=form.cleaned_data["new_password1"])
        update_session_auth_hash(request, request.user)  # this session goes on, the others end
        messages.success(request, "密码已修改，在别处的登录已退出。")
        return redirect(settings.LOGIN_REDIRECT_URL)

    def _page(self, request, form, status=200):
        context = {"title": "修改密码", "form": form}
        return render(request, "accounts/password.html", context, status=status)
