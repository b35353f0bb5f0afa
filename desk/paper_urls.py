"""Papers: /sessions/papers/, /sessions/<pk>/papers/…, /visits/diary/, a meeting's sign-in sheet."""

from django.urls import path

from .papers.kinds import OF_A_DAY
from .views import papers

urlpatterns = [
    path("sessions/papers/", papers.Batch.as_view(), name="papers"),
    *(
        path(f"sessions/<int:pk>/papers/{kind.key}/", papers.of_day(kind), name=f"paper_{kind.key}")
        for kind in OF_A_DAY
    ),
    path("visits/diary/", papers.Diary.as_view(), name="diary"),
    path("plans/meetings/<int:pk>/sign-in/", papers.SignIn.as_view(), name="sign_in"),
]
