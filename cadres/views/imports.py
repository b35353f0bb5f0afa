"""Schedules and lists of cadres come in. All that follows is common to every kind of file (liaison/imports/)."""

from liaison.imports.views import Upload


class PlanUpload(Upload):
    """/plans/import/ — choose a place and a file; below, the last imports."""

    kind = "plans"
    access = "cadres.manage_plans"


class CadreUpload(Upload):
    """/cadres/import/ — the same for a list of cadres."""

    kind = "cadres"
    access = "cadres.manage_accounts"
