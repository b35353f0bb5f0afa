"""Copy the third-party files of pages and prints out of node_modules: into var/vendor and var/fonts.

Only what a page names is copied, with the licence beside it. `sourceMappingURL` lines are cut:
the maps are not shipped, and Django's manifest storage refuses a file that names a missing one.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "var" / "vendor"
FONTS = ROOT / "var" / "fonts"

# Below var/vendor (served below /static/vendor/): below node_modules
FILES = {
    "bootstrap/bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/bootstrap.bundle.min.js": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap/LICENSE": "bootstrap/LICENSE",
    "bootstrap-icons/bootstrap-icons.min.css": ("bootstrap-icons/font/bootstrap-icons.min.css"),
    "bootstrap-icons/fonts/bootstrap-icons.woff2": (
        "bootstrap-icons/font/fonts/bootstrap-icons.woff2"
    ),
    "bootstrap-icons/fonts/bootstrap-icons.woff": (
        "bootstrap-icons/font/fonts/bootstrap-icons.woff"
    ),
    "bootstrap-icons/LICENSE": "bootstrap-icons/LICENSE",
    "echarts/echarts.min.js": "echarts/dist/echarts.min.js",
    "echarts/LICENSE": "echarts/LICENSE",
    "echarts/NOTICE": "echarts/NOTICE",
    "tweetnacl/nacl.min.js": "tweetnacl/nacl.min.js",
    "tweetnacl/LICENSE": "tweetnacl/LICENSE",
}
# Below var/fonts: what a PDF embeds pieces of (liaison/pdf/fonts.py). Browsers are never sent them.
FONT_FILES = {
    target: f"@expo-google-fonts/noto-serif-sc/{source}"
    for target, source in {
        "NotoSerifSC-Regular.ttf": "400Regular/NotoSerifSC_400Regular.ttf",
        "NotoSerifSC-Bold.ttf": "700Bold/NotoSerifSC_700Bold.ttf",
        "LICENSE": "LICENSE_FONT",
    }.items()
}
SOURCE_MAP = re.compile(rb"\n?(//[#@]\s*sourceMappingURL=\S*|/\*[#@]\s*sourceMappingURL=.*?\*/)\n?")


def copy_assets(modules=MODULES, vendor=VENDOR, fonts=FONTS):
    """Replace `vendor` and `fonts` by fresh copies from `modules`; FileNotFoundError if one is missing."""
    _replace(fonts, FONT_FILES, modules)
    _replace(vendor, FILES, modules)


def _replace(folder, files, modules):
    """Build beside and swap in: a start that is interrupted leaves no half-filled folder."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for target, source in files.items():
        data = (modules / source).read_bytes()
        if source.endswith((".js", ".css")):
            data = SOURCE_MAP.sub(b"\n", data)
        path = fresh / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)


if __name__ == "__main__":
    copy_assets()
