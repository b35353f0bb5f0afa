"""/plans/ /calendar/ /notices/; included by cadres.urls, in its namespace."""

from django.urls import path

from cadres.views import calendar, imports, meetings, notices, plan_grid, plans, reminders

urlpatterns = [
    # /plans/
    path("plans/", plans.Plans.as_view(), name="plans"),
    path("plans/new/", plans.NewPlan.as_view(), name="plan_new"),
    path("plans/preview/", plans.PlanPreview.as_view(), name="plan_preview"),
    path("plans/grid/", plan_grid.PlanGrid.as_view(), name="plan_grid"),
    path("plans/import/", imports.PlanUpload.as_view(), name="import_plans"),
    path("plans/meetings/", meetings.Meetings.as_view(), name="meetings"),
    path("plans/meetings/new/", meetings.NewMeeting.as_view(), name="meeting_new"),
    path("plans/meetings/<int:pk>/", meetings.ChangeMeeting.as_view(), name="meeting"),
    path("plans/<int:pk>/", plans.ChangePlan.as_view(), name="plan"),
    # /calendar/
    path("calendar/", calendar.YearPage.as_view(), name="calendar"),
    path("calendar/days/new/", calendar.NewLocalDay.as_view(), name="local_day_new"),
    path(
        "calendar/days/<int:pk>/remove/",
        calendar.TakeBackLocalDay.as_view(),
        name="local_day_remove",
    ),
    # /notices/
    path("notices/", notices.Notices.as_view(), name="notices"),
    path("notices/read/", notices.read_all, name="notices_read"),
    path("notices/stuck/", notices.StuckDeliveries.as_view(), name="stuck"),
    path("notices/stuck/retry/", notices.retry_all, name="retry_all"),
    path("notices/stuck/<int:pk>/retry/", notices.retry_one, name="retry"),
    path("notices/times/", reminders.ReminderTimesPage.as_view(), name="reminder_times"),
    path("notices/robots/", reminders.Robots.as_view(), name="robots"),
    path("notices/robots/new/", reminders.NewRobot.as_view(), name="robot_new"),
    path("notices/robots/<int:pk>/", reminders.ChangeRobot.as_view(), name="robot"),
    path("notices/robots/<int:pk>/test/", reminders.send_test, name="robot_test"),
    path("notices/<int:pk>/", notices.OneNotice.as_view(), name="notice"),
]
