"""What the browser tests of drafts look at and do: the browser's store, a visit's page, a line that breaks."""

from django.urls import reverse

NEW, WHO = "/visits/new/", "#id_row-0-visitor"
KEPT = """async () => {
  const db = await new Promise(done => { const asked = indexedDB.open("liaison-drafts", 1);
    asked.onsuccess = () => done(asked.result); });
  return await new Promise(done => { const asked = db.transaction("items").objectStore("items").getAll();
    asked.onsuccess = () => done(asked.result.map(one => ({...one, box: Array.from(one.box), nonce: [] }))); });
}"""


def kept(page):
    """What lies in the browser's store, whoever wrote it."""
    return page.evaluate(KEPT)


def badge(page):
    """The count in the top bar."""
    return page.locator("[data-unsent] .top-count")


def until_kept(page, **wanted):
    """Wait for an item with these marks."""
    for _ in range(100):
        rows = kept(page)
        if any(all(row[name] == value for name, value in wanted.items()) for row in rows):
            return rows
        page.wait_for_timeout(50)
    raise AssertionError(f"not kept: {wanted} in {[(r['state'], r['why']) for r in kept(page)]}")


def until_empty(page):
    for _ in range(200):
        if not kept(page):
            return
        page.wait_for_timeout(50)
    raise AssertionError([(row["state"], row["why"]) for row in kept(page)])


def open_day(page, day):
    page.goto(reverse("desk:day", args=[day.pk]))
    page.wait_for_load_state("load")


def row(page, at, name):
    return page.locator(f"#id_row-{at}-{name}")


def write_visit(page, visitor):
    """The page of a visit, filled in but for the button."""
    page.goto(NEW)
    page.wait_for_load_state("load")
    page.fill(WHO, visitor)


def save(page):
    page.locator(".day-save").click()


def cut(answered):
    """A line that breaks: before the request arrives, or when the server has stored and not yet answered."""

    def handle(route):
        if route.request.method != "POST":
            route.continue_()
            return
        if answered:
            route.fetch(max_redirects=0)
        route.abort()

    return handle
