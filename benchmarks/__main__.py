"""``make bench``: pages on 100,000 residents, 200,000 visits, 50,000 matters by their floor; roster; search; prints;
reminders; overdue matters; saves.

Each size runs in a process of its own, because Django is set up once a process. Figures are ratios of one
run on one machine: quote them with the machine, not as times.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from . import data, measure, prints, reminders, rises, roster, saves, search

ROOT = Path(__file__).resolve().parent.parent


def main():
    """Run every size, print its table, then how the medians grew between the sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=data.SIZES, help="measure one size in this process")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument(
        "--only",
        choices=("pages", "roster", "search", "prints", "reminders", "rises", "saves"),
        help="one of them alone",
    )
    options = parser.parse_args()
    if options.size:
        return one(options.size, options.rounds)
    wanted = (
        [options.only]
        if options.only
        else ["roster", "search", "prints", "reminders", "rises", "saves", "pages"]
    )
    if "roster" in wanted:
        roster.main()
    if "search" in wanted:
        search.main([])
    if "prints" in wanted:
        prints.main()
    if "reminders" in wanted:
        reminders.main([])
    if "rises" in wanted:
        rises.main([])
    if "saves" in wanted:
        saves.main()
    return pages(options) if "pages" in wanted else None


def pages(options) -> None:
    """Measure the pages on every size."""
    medians = {}
    for size in data.SIZES:
        command = [
            sys.executable,
            "-m",
            "benchmarks",
            "--size",
            size,
            "--rounds",
            str(options.rounds),
        ]
        done = subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        *table, last = done.stdout.rstrip().split("\n")
        print("\n".join(table), flush=True)
        if done.returncode:
            sys.exit(done.returncode)
        medians[size] = json.loads(last)
    print("\nmedian at 10 x the rows, as a multiple")
    for name, median in medians["full"].items():
        print(f"{name:<26}{median / medians['tenth'][name]:>9.2f}")


def one(size: str, rounds: int) -> None:
    """Fill if need be, measure every page, print the table and a last line of JSON."""
    os.environ.update(DJANGO_SETTINGS_MODULE="liaison.settings", DEBUG="false", LOG_LEVEL="ERROR")
    data.use(size)
    import django
    from django.conf import settings

    settings.ROOT_URLCONF = "benchmarks.urls"
    settings.ALLOWED_HOSTS = ["testserver"]
    # Pages are measured, not the hashing of names that collectstatic does once.
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    django.setup()
    data.fill(size)
    from . import pages

    print(f"\n{size}: {pages.counts()}\n{measure.HEAD}", flush=True)
    results = [measure.measure(*case, rounds=rounds) for case in pages.cases()]
    for result in results:
        print(result.line(), flush=True)
    print(json.dumps({result.name: result.median for result in results}))


if __name__ == "__main__":
    main()
