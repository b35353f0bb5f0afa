"""``python -m benchmarks.search``: 全局查找 at 100,000 and at 1,600,000 residents, on SQLite and PostgreSQL.

A township has 100,000 residents in 29,000 households and 25 villages, whatever the size of the whole. Each size
and database runs in a process of its own. "db" is every statement of a search with its rows fetched (PostgreSQL
by its own clock; "cpu p95" is what SQLite spent of the processor, which works in this process), "box" what the box
suggests while somebody types, "page" all that was found, both over Django's test client. Ratios are of medians by
the clock, in the last line of what all queries together took of the processor in this process (so without what
PostgreSQL does in its own): on a busy machine read those, and "db least".

The bare view (benchmarks/urls.py) stands behind the same middleware, session, account and permission, answers with
as many bytes and looks for nothing. Beside the page it draws the site's frame: a page of this site cannot be had
without its menu, box and bell, and every other page pays for them too. It is the frame alone, emptier than any real
page, so that nothing heavy makes the ratio look small ("x frame"). What the box shows has no frame, so neither has
the floor beside it, which is asked by the same POST ("x bare"). "x blank" is the page beside bytes without a frame:
no aim, but it shows what the frame itself costs.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "bench"
SIZES = {"100k": 1, "1600k": 16}  # townships
ROUNDS = 20
SERVER = os.environ.get("BENCH_SERVER", "postgres://postgres@127.0.0.1:5432")


def main(arguments=None):
    """Measure what can be reached, print a table each, and how the medians grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, help="measure one size in this process")
    parser.add_argument("--on", choices=("sqlite", "postgres"), help="one database alone")
    options = parser.parse_args(arguments)
    if options.size:
        return one(options.size, options.on or "sqlite")
    for kind in [options.on] if options.on else ["sqlite", "postgres"]:
        medians = {}
        for size in SIZES:
            answer = _apart(size, kind)
            if answer is None:
                print(f"\n{kind}: not measured, the server cannot be reached")
                break
            medians[size] = answer
        if len(medians) == len(SIZES):
            print(
                f"\n{kind}: 1,600,000 as a multiple of 100,000{'db least':>10}{'db p50':>10}{'box p50':>10}"
            )
            for name, figures in medians["1600k"].items():
                growth = [
                    now / was for now, was in zip(figures, medians["100k"][name], strict=True)
                ]
                print(f"{name:<{len(kind) + 36}}" + "".join(f"{each:>10.2f}" for each in growth))
    return None


def _apart(size, kind):
    command = [sys.executable, "-m", "benchmarks.search", "--size", size, "--on", kind]
    done = subprocess.run(command, check=False, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        return None
    *table, last = done.stdout.rstrip().split("\n")
    print("\n".join(table), flush=True)
    return json.loads(last)


def one(size, kind):
    """Fill if need be, measure every query, print the table and a last line of JSON."""
    os.environ.update(DJANGO_SETTINGS_MODULE="liaison.settings", DEBUG="false", LOG_LEVEL="ERROR")
    os.environ["DATABASE_URL"] = _database(size, kind)
    import django
    from django.conf import settings

    settings.ROOT_URLCONF = "benchmarks.urls"
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    django.setup()
    from benchmarks import search_data

    search_data.fill(SIZES[size])
    print(f"\n{size} on {kind}: {search_data.counts()}")
    heads = (
        "hits", "db least", "db p50", "db p95", "cpu p95",
        "box p50", "x bare", "page p50", "x frame", "x blank",
    )  # fmt: skip
    print(f"{'query':<26}" + "".join(f"{head:>10}" for head in heads), flush=True)
    results, everything = {}, []
    for name, text in search_data.queries():
        result = measure(text)
        everything.append(result)
        results[name] = (result["db least"], result["db p50"], result["box p50"])
        cells = "".join(f"{result[head]:>10.2f}" for head in heads[1:])
        print(f"{name:<26}{result['hits']:>10}{cells}", flush=True)
    print(_last_line(everything))
    print(json.dumps(results))


def _last_line(results):
    """All queries together: their times in the database, and the ratios of the processor's time."""
    inside, own = (
        sorted(taken for result in results for taken in result[which]["db"])
        for which in ("times", "processor")
    )
    took = {
        name: sum(statistics.median(result["processor"][name]) for result in results)
        for name in results[0]["processor"]
    }
    return (
        f"{'all of them':<26}{'':>20}{_at(inside, 50):>10.2f}{_at(inside, 95):>10.2f}{_at(own, 95):>10.2f}"
        f"{'':>10}{took['box'] / took['bare']:>10.2f}"
        f"{'':>10}{took['page'] / took['frame']:>10.2f}{took['page'] / took['blank']:>10.2f}"
    )


def _database(size, kind):
    FOLDER.mkdir(parents=True, exist_ok=True)
    if kind == "sqlite":
        return f"sqlite:///{FOLDER / f'search_{size}.sqlite3'}"
    import psycopg2

    name = f"bench_search_{size}"
    server = psycopg2.connect(f"{SERVER}/postgres")
    server.autocommit = True
    with server.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {name}")
    return f"{SERVER}/{name}"


def measure(text):
    """Milliseconds of one query: its statements with their rows fetched, suggestions and page beside the floor."""
    from benchmarks import search_data

    statements, hits = search_data.statements_of(text)
    suggest, page, bare, blank, frame = search_data.requests_for(text)
    few, many = len(suggest().content), len(page().content)
    calls = {
        "box": suggest,
        "bare": partial(bare, few),
        "page": page,
        "frame": partial(frame, many),
        "blank": partial(blank, many),
    }
    taken = {name: [] for name in ("db", *calls)}
    for _ in range(ROUNDS):  # turn by turn, so that a slow moment of the machine hits all
        taken["db"].append(search_data.in_database(statements))
        for name, call in calls.items():
            taken[name].append(_timed(call))
    times = {name: sorted(wall for wall, _ in each) for name, each in taken.items()}
    processor = {name: sorted(own for _, own in each) for name, each in taken.items()}
    middle = {name: statistics.median(each) for name, each in times.items()}
    return {
        "hits": hits,
        "times": times,
        "processor": processor,
        "db least": times["db"][0],
        "db p50": middle["db"],
        "db p95": _at(times["db"], 95),
        "cpu p95": _at(processor["db"], 95),
        "box p50": middle["box"],
        "x bare": middle["box"] / middle["bare"],
        "page p50": middle["page"],
        "x frame": middle["page"] / middle["frame"],
        "x blank": middle["page"] / middle["blank"],
    }


def _at(ordered, percent):
    return ordered[min(len(ordered) - 1, round(len(ordered) * percent / 100))]


def _timed(call):
    """(milliseconds by the clock, of the processor)."""
    start, own = perf_counter(), process_time()
    call()
    return (perf_counter() - start) * 1000, (process_time() - own) * 1000


if __name__ == "__main__":
    main()
