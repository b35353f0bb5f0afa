"""Fifty people save at once over HTTP, each by a connection of his own that stays open. A process of its own.

Reads one line of JSON from its standard input for each round and answers with one.
"""

import asyncio
import json
import re
import statistics
import sys
import uuid
from html.parser import HTMLParser
from time import perf_counter
from urllib.parse import urlencode

TOKEN = "csrfmiddlewaretoken"
SAID = "家里老人住院，问大病救助怎样申请，已答复。"


class Form(HTMLParser):
    """The fields of a page's forms as a browser would send them untouched."""

    def __init__(self, text):
        super().__init__()
        self.fields, self._select, self._area = {}, None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        name, value = said.get("name"), said.get("value") or ""
        if tag == "input" and name and said.get("type") not in ("checkbox", "radio", "submit"):
            self.fields[name] = value
        elif (
            tag == "input"
            and name
            and said.get("type") in ("checkbox", "radio")
            and "checked" in said
        ):
            self.fields[name] = value or "on"
        elif tag == "select" and name:
            self._select = name
            self.fields.setdefault(name, None)
        elif tag == "textarea" and name:
            self.fields[name] = ""
        elif tag == "option" and self._select:
            first = self.fields[self._select] is None
            if first or "selected" in said:
                self.fields[self._select] = value

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None


class Person:
    """One connection, signed in."""

    def __init__(self, port, name):
        self.port, self.name, self.cookies = port, name, {}

    async def open(self):
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, method, path, body=None):
        """(status, headers, text) of one request."""
        data = urlencode(body).encode() if body else b""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookies}\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        self.writer.write(head.encode() + data)
        lines = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            name, value = name.lower(), value.strip()
            if name == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
            headers[name] = value
        text = await self._body(headers)
        return int(lines[0].split()[1]), headers, text.decode()

    async def _body(self, headers):
        if "content-length" in headers:
            return await self.reader.readexactly(int(headers["content-length"]))
        if headers.get("transfer-encoding") != "chunked":
            return b""
        parts = []
        while size := int(await self.reader.readline(), 16):
            parts.append(await self.reader.readexactly(size))
            await self.reader.readline()
        await self.reader.readline()
        return b"".join(parts)

    async def sign_in(self, password):
        _, _, text = await self.ask("GET", "/accounts/login/")
        body = {"username": self.name, "password": password, TOKEN: Form(text).fields[TOKEN]}
        status, _, _ = await self.ask("POST", "/accounts/login/", body)
        if status != 302:
            raise SystemExit(f"{self.name} could not sign in: {status}")
        status, _, text = await self.ask("GET", "/visits/new/")
        if status != 200:
            raise SystemExit(f"/visits/new/: {status}")
        self.form = Form(text).fields


def visit(person, at, facts):
    """(path, body) of one visit by the site's form."""
    body = person.form | {
        "row-0-household": f"{at % 200 + 1:03d}",
        "row-0-said": SAID,
        "row-0-nothing_asked": "on",
        "form_key": str(uuid.uuid4()),
    }
    return "/visits/new/", body


def bare(person, at, facts):
    """The same by the bare view."""
    body = {
        TOKEN: person.form[TOKEN], "form_key": str(uuid.uuid4()), "village": person.form["village"],
        "township": facts["township"], "household": facts["households"][person.form["village"]] + at % 200,
        "said": SAID, "on": person.form["occurred_on"],
    }  # fmt: skip
    return f"/bench/bare/{facts['rows']}/", body


KINDS = {"visit": visit, "bare": bare}


async def save(person, make, facts, until, told):
    """Save again and again until it is time."""
    at = 0
    while perf_counter() < until:
        path, body = make(person, at, facts)
        begun = perf_counter()
        status, headers, text = await person.ask("POST", path, body)
        told["times"].append((perf_counter() - begun) * 1000)
        if status != 302 or not headers.get("location", "").startswith(facts["leads_to"]):
            said = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", text))[:300]
            told["errors"].append(f"{status} {headers.get('location', '')} {said}")
        at += 1


async def round_of(people, said):
    """One round; what came of it. The server has closed what was idle meanwhile, so each opens again first."""
    await asyncio.gather(*(each.open() for each in people))
    told, begun = {"times": [], "errors": []}, perf_counter()
    facts = said["facts"]
    make = KINDS[said["kind"]]
    tasks = [save(each, make, facts, begun + said["seconds"], told) for each in people]
    await asyncio.gather(*tasks)
    took, times = perf_counter() - begun, sorted(told["times"])
    for each in people:
        each.writer.close()
    return {
        "saves": len(times), "seconds": took, "errors": len(told["errors"]), "seen": told["errors"][:3],
        "median": statistics.median(times), "p95": times[int(len(times) * 0.95) - 1],
    }  # fmt: skip


async def main():
    """Sign in once at every port; then a round for each line."""
    setting = json.loads(sys.stdin.readline())
    everybody = {}
    for name, port in setting["ports"].items():
        people = [Person(port, each) for each in setting["people"]]
        if name == "site":
            await asyncio.gather(*(each.open() for each in people))
            await asyncio.gather(*(each.sign_in(setting["password"]) for each in people))
        everybody[name] = people
    for name, people in everybody.items():
        if name != "site":  # the session is the same row
            for each, other in zip(people, everybody["site"], strict=True):
                each.cookies, each.form = other.cookies, other.form
    print("ready", flush=True)
    for line in iter(sys.stdin.readline, ""):
        said = json.loads(line)
        print(json.dumps(await round_of(everybody[said["at"]], said)), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
