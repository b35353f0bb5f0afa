from django.urls import path

from cadres.views import accounts, appointments, handovers, posts, users

app_name = "accounts"
urlpatterns = [
    path("login/", accounts.Login.as_view(), name="login"),
    path("logout/", accounts.Logout.as_view(), name="logout"),
    path("password/", accounts.Password.as_view(), name="password"),
    # The system administrator's pages
    path("", users.Users.as_view(), name="users"),
    path("new/", users.NewAccount.as_view(), name="new"),
    path("posts/", posts.Posts.as_view(), name="posts"),
    path("posts/new/", posts.NewPost.as_view(), name="new_post"),
    path("posts/<int:pk>/abolish/", posts.AbolishPost.as_view(), name="abolish_post"),
    path("departments/", posts.Departments.as_view(), name="departments"),
    path("departments/new/", posts.NewDepartment.as_view(), name="new_department"),
    path(
        "departments/<int:pk>/abolish/",
        posts.AbolishDepartment.as_view(),
        name="abolish_department",
    ),
    path("<int:pk>/", users.Account.as_view(), name="account"),
    path("<int:pk>/edit/", users.EditAccount.as_view(), name="edit"),
    path("<int:pk>/appoint/", appointments.Appoint.as_view(), name="appoint"),
    path("<int:pk>/handover/", handovers.HandOver.as_view(), name="handover"),
    path("<int:pk>/reset/", users.ResetPassword.as_view(), name="reset"),
    path("<int:pk>/deactivate/", users.Deactivate.as_view(), name="deactivate"),
    path("<int:pk>/reactivate/", users.Reactivate.as_view(), name="reactivate"),
]
