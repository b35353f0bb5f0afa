"""A .docx filled in. What a template may do is bounded twice: by what it may say (saying.py) and by a sandbox.

Every value comes out as text: < and & are escaped, a line break is a line break, control characters go.
"""

import io
from contextlib import contextmanager

from docx.opc.exceptions import OpcError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from liaison.excel_sheet import clean_text

from .refusing import DocumentRefused
from .saying import FILTERS, check_words, unknown_field

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def environment() -> ImmutableSandboxedEnvironment:
    """Jinja without its globals, with a handful of filters, where an unknown field is an error."""
    env = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    env.globals.clear()
    env.filters = {name: env.filters[name] for name in FILTERS}
    return env


def check_template_words(template: bytes, sample: dict) -> None:
    """Refuse a template that says more than it may, in whatever part or branch of it.

    Args:
        sample: a context with every field there is (Kind.sample), to tell unknown fields by.
    Raises:
        DocumentRefused: what it says is not allowed, not known or not written right.
    """
    with _told():
        document, env = _opened(template), environment()
        for source in sources_of(document):
            check_words(env, source, sample)


def fill_in(template: bytes, context: dict) -> bytes:
    """The template with these words in it.

    Args:
        context: texts, and lists of rows of texts.
    Raises:
        DocumentRefused: a field that is not there (any more), or no whole document comes of it.
    """
    with _told():
        document, out = _opened(template), io.BytesIO()
        document.render(cleaned(context), environment(), autoescape=True)
        document.save(out)
    return out.getvalue()


def _opened(template):
    document = DocxTemplate(io.BytesIO(template))
    document.init_docx()
    return document


@contextmanager
def _told():
    """What jinja, python-docx and the parser of XML say, as a sentence."""
    try:
        yield
    except TemplateError as error:
        raise DocumentRefused.of_template(error, unknown_field(error)) from error
    except (OpcError, KeyError, ValueError, SyntaxError, AttributeError, TypeError) as error:
        raise DocumentRefused("模板填入内容后不是完整的文档，请检查标记的位置后再上传。") from error


def sources_of(document) -> list[str]:
    """Every text of a .docx that is filled in: the body, heads and feet, its properties, footnotes."""
    parts = [document.get_xml()]
    for kind in (document.HEADER_URI, document.FOOTER_URI):
        parts += [document.get_part_xml(part) for _, part in document.get_headers_footers(kind)]
    properties = document.docx.core_properties
    parts += [str(getattr(properties, name)) for name in PROPERTIES]
    sources = [document.patch_xml(part) for part in parts]
    notes = (part for part in document.docx.part.package.parts if part.partname.endswith(NOTES))
    return [*sources, *(document.patch_xml(part.blob.decode("utf-8")) for part in notes)]


# Those docxtpl fills in
NOTES = ("/footnotes.xml", "/endnotes.xml")
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")


def cleaned(value):
    """The same context with control characters gone; nothing but texts, dicts and lists passes."""
    if isinstance(value, dict):
        return {name: cleaned(each) for name, each in value.items()}
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    return clean_text(value)
