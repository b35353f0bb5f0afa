"""The house keeps its shape: imports point left, rooms stay small, every table has one owner."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = settings.LOCAL_APPS
RANK = {name: rank for rank, name in enumerate(APPS)}


def source_files(app):
    """Python files of an app without tests and migrations."""
    return [
        path
        for path in sorted((ROOT / app).rglob("*.py"))
        if not {"tests", "migrations", "__pycache__"} & set(path.relative_to(ROOT).parts)
    ]


def imported_modules(path):
    """(line, dotted name) of every import, the ones inside functions too; relative ones made absolute."""
    package = path.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            name = ".".join(part for part in (base, node.module) if part)
            yield node.lineno, name
            yield from ((node.lineno, f"{name}.{alias.name}") for alias in node.names)


def upward_imports(app, files):
    """Imports of an app that stands to the right of this one."""
    return [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in files
        for line, name in imported_modules(path)
        if RANK.get(name.split(".")[0], -1) > RANK[app]
    ]


@pytest.mark.parametrize("app", APPS)
def test_an_app_imports_only_from_its_left(app):
    assert not upward_imports(app, source_files(app))


def test_an_upward_import_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
    (tmp_path / "villages").mkdir()
    inside = tmp_path / "villages" / "sly.py"
    inside.write_text(
        "def late():\n    from grievances.models import Grievance\n    return Grievance\n"
    )
    assert upward_imports("villages", [inside])


@pytest.mark.parametrize("app", APPS)
def test_foreign_keys_point_left_too(app):
    for model in apps.get_app_config(app).get_models():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                owner = field.related_model._meta.app_label
                assert RANK.get(owner, -1) <= RANK[app], (
                    f"{model._meta.label}.{field.name} points right"
                )


def test_the_desk_and_the_reports_keep_no_tables():
    assert not list(apps.get_app_config("desk").get_models())


EDGE = ("views", "forms", "filters", "templatetags", "tasks", "management", "build")
# Uploads are read and stored by a job, which is an edge too.
JOBS = ("imports", "links_import", "roster")
# Who somebody is, he is today: the gate is asked without a day.
WHO = ("cadres/models/people.py", "grievances/gate.py", "cadres/lockout.py")


def is_edge(path):
    """Whether a file may ask what time it is: a page, its form or filter, a command, a task, a job."""
    parts = [part.removesuffix(".py") for part in path.relative_to(ROOT).parts[1:]]
    named = any(part.split("_")[-1] in EDGE or part.split("_")[0] in EDGE for part in parts)
    return named or bool(set(parts) & set(JOBS)) or str(path.relative_to(ROOT)) in WHO


def clock_calls(path):
    """Lines on which a file asks for the day or the moment."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            asked, name = node.func.value, node.func.attr
            module = asked.id if isinstance(asked, ast.Name) else ""
            if module in ("clock", "timezone") and name in ("now", "today", "localdate"):
                yield node.lineno


@pytest.mark.parametrize("app", [app for app in APPS if app != "liaison"])
def test_only_the_edge_reads_the_clock(app):
    """Rules take ``on`` / ``now``: below pages, tasks and commands nobody asks what time it is."""
    asking = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in source_files(app)
        if not is_edge(path)
        for line in clock_calls(path)
    ]
    assert not asking


def test_a_rule_that_reads_the_clock_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_architecture.ROOT", tmp_path)
    (tmp_path / "villages").mkdir()
    rule = tmp_path / "villages" / "rules.py"
    rule.write_text(
        "from liaison import clock\n\n\ndef is_late(row):\n    return row.due < clock.today()\n"
    )
    assert list(clock_calls(rule)) == [5] and not is_edge(rule)


def test_no_room_is_too_large():
    large = {
        str(path.relative_to(ROOT)): lines
        for app in APPS
        for path in source_files(app)
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert not large


def test_templates_hold_no_inline_script_or_style():
    """The content security policy would block them; a page that needs one is a page that half works."""
    faults = []
    for path in (ROOT / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8").lower()
        signs = (" style=", "<style", " onclick=", " onchange=", " onsubmit=", "javascript:")
        faults += [f"{path.relative_to(ROOT)}: {sign.strip()}" for sign in signs if sign in text]
        for piece in text.split("<script")[1:]:
            head = piece.split(">", 1)[0]
            if "src=" not in head and "application/json" not in head:
                faults.append(f"{path.relative_to(ROOT)}: inline script")
    assert not faults


def test_no_template_loads_from_outside():
    faults = [
        f"{path.relative_to(ROOT)}"
        for path in (ROOT / "templates").rglob("*.html")
        if any(
            sign in path.read_text(encoding="utf-8")
            for sign in ('src="http', "src='http", 'href="http', "//cdn")
        )
    ]
    assert not faults
