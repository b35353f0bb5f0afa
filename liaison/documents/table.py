"""文书模板 among the reference tables: it has pages of its own, one a paper."""

from django.urls import path

from liaison.models import DocumentTemplate
from liaison.reference.tables import ReferenceTable

from .actions import PERMISSION
from .kinds import KINDS


class DocumentTemplates(ReferenceTable):
    """Townships' own templates of papers."""

    key, title, rank, group = "documents", "文书模板", 45, "打印和文书"
    about = "考勤表、驻点日志等文书导出成 .docx 时用的模板，可换成本镇自己的；改动从当时起用，旧模板都留着。"
    permission = PERMISSION
    is_shared = False
    model = DocumentTemplate
    active_field = ""
    page = "settings:documents"

    def extra_urls(self) -> list:
        """/settings/documents/…"""
        from . import views  # noqa: PLC0415 (views must not be read with the models)

        pages = [
            path("documents/", views.Documents.as_view(), name="documents"),
            path("documents/versions/<int:pk>/", views.Version.as_view(), name="document_version"),
        ]
        kinds_of_page = {
            "": views.Document, "template": views.Template, "sample": views.Sample,
            "restore": views.Restore,
        }  # fmt: skip
        for kind in KINDS.values():
            for name, view in kinds_of_page.items():
                page = type(f"{view.__name__}Of{kind.key.title()}", (view,), {"kind": kind})
                address = f"documents/{kind.key}/{name}/" if name else f"documents/{kind.key}/"
                named = f"document_{kind.key}_{name}" if name else f"document_{kind.key}"
                pages.append(path(address, page.as_view(), name=named))
        return pages


TABLES = (DocumentTemplates(),)
