"""/roster/ — a roster comes in. All that follows is common to every kind of file (liaison/imports/)."""

from liaison.imports.views import Upload


class RosterUpload(Upload):
    """/roster/ — choose a place and a file; below, the last imports."""

    kind = "roster"
    access = "villages.import"
