"""Check what ruff does not read: templates, stylesheets and scripts.

Every template must compile, hold no half of a tag, say nothing inline that our content security policy would refuse,
and fetch nothing from another host; every script must parse (where Node.js is found).
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[0] = str(ROOT)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings")

import django  # noqa: E402 (the path must be set first)
from django.template import TemplateSyntaxError, engines  # noqa: E402
from jinja2 import TemplateSyntaxError as RowSyntaxError  # noqa: E402

REFUSED = {
    re.compile(r"<script(?![^>]*\bsrc=)", re.I): "inline script",
    re.compile(r"<style\b", re.I): "inline style sheet",
    re.compile(r"<[^>]*\sstyle\s*=", re.I): "style attribute",
    re.compile(r"<[^>]*\son[a-z]+\s*=", re.I): "event handler attribute",
    re.compile(r"javascript:", re.I): "javascript: address",
    re.compile(r"""(?:src|href|url)\s*[=(]\s*["']?(?:https?:)?//""", re.I): "another host",
}
TAG = re.compile(r"{{.*?}}|{%.*?%}", re.S)
HALF_A_TAG = re.compile(r"{{|}}|{%|%}")
COMMENT = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}|<!--.*?-->", re.S)


def blanked(match):
    """A comment's line breaks alone, so that line numbers stay true."""
    return "\n" * match[0].count("\n")


def refused(path):
    """Sentences on what the policy would refuse in one template."""
    text = COMMENT.sub(blanked, path.read_text(encoding="utf-8"))
    # What an editing slip leaves of a tag compiles, and is shown to everybody
    whole = TAG.sub(blanked, text)
    searched = [(pattern, what, text) for pattern, what in REFUSED.items()]
    for pattern, what, text in [*searched, (HALF_A_TAG, "half a tag", whole)]:
        for match in pattern.finditer(text):
            yield f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}: {what}"


def uncompiled(path):
    """A sentence when the engine that renders this template cannot compile it."""
    rows = ROOT / "templates" / "rows"
    engine = engines["rows"] if rows in path.parents else engines["django"]
    try:
        engine.from_string(path.read_text(encoding="utf-8"))
    except (TemplateSyntaxError, RowSyntaxError) as error:
        yield f"{path.relative_to(ROOT)}: {error}"


def unparsed(path):
    """A sentence when Node.js cannot parse a script."""
    answer = subprocess.run(
        ["node", "--check", str(path)], capture_output=True, text=True, check=False
    )
    if answer.returncode:
        yield f"{path.relative_to(ROOT)}: {answer.stderr.strip().splitlines()[-1]}"


def main():
    """Print every finding; exit code 1 when there is one."""
    django.setup()
    templates = sorted(ROOT.glob("templates/**/*.html")) + sorted(
        ROOT.glob("*/templates/**/*.html")
    )
    scripts = sorted((ROOT / "static").glob("**/*.js")) if shutil.which("node") else []
    found = [line for path in templates for check in (refused, uncompiled) for line in check(path)]
    found += [line for path in scripts for line in unparsed(path)]
    print(
        "\n".join(found) or f"{len(templates)} templates and {len(scripts)} scripts are in order."
    )
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
