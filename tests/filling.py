"""Fill in a page's own form as a browser without JavaScript would: read its fields, change some, send all."""

import re
from html.parser import HTMLParser
from urllib.parse import urljoin


class _Forms(HTMLParser):
    """Collects every form: its address and its successful controls."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.forms, self._form, self._select, self._area = [], None, None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "main":
            self.forms.clear()  # those of the frame: look up, sign out
        if tag == "form":
            self._form = {
                "action": attrs.get("action") or "",
                "method": attrs.get("method", "get"),
                "data": {},
            }
            self.forms.append(self._form)
        if self._form is None:
            return
        name = attrs.get("name")
        if tag == "input" and name:
            self._input(name, attrs)
        elif tag == "select" and name:
            self._select = {"name": name, "values": [], "first": None, "many": "multiple" in attrs}
        elif tag == "option" and self._select:
            value = attrs.get("value", "")
            if self._select["first"] is None:
                self._select["first"] = value
            if "selected" in attrs:
                self._select["values"].append(value)
        elif tag == "textarea" and name:
            self._area = (name, [])

    def _input(self, name, attrs):
        kind = attrs.get("type", "text")
        if kind in ("submit", "button", "file", "image"):
            return
        if kind in ("checkbox", "radio"):
            if "checked" in attrs:
                self._form["data"].setdefault(name, []).append(attrs.get("value", "on"))
        else:
            self._form["data"].setdefault(name, []).append(attrs.get("value", ""))

    def handle_data(self, data):
        if self._area:
            self._area[1].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select and self._form is not None:
            chosen = self._select["values"]
            if not chosen and not self._select["many"] and self._select["first"] is not None:
                chosen = [self._select["first"]]
            self._form["data"][self._select["name"]] = chosen
            self._select = None
        elif tag == "textarea" and self._area and self._form is not None:
            self._form["data"].setdefault(self._area[0], []).append(
                "".join(self._area[1]).removeprefix("\n")
            )
            self._area = None


def form_on(response, action="", holding=""):
    """(address, data) of a POST form of a page: the one whose address ends with ``action``, or that holds a field.

    Raises AssertionError when the page has no such form: then a person could not go on either.
    """
    reader = _Forms()
    reader.feed(response.content.decode())
    here = response.wsgi_request.get_full_path()
    found = [
        form
        for form in reader.forms
        if form["method"].lower() == "post" and "logout" not in form["action"]
    ]
    for form in found:
        address = urljoin(here, form["action"])
        if address.endswith(action) and (not holding or holding in form["data"]):
            return address, form["data"]
    raise AssertionError(
        f"no form for {action or holding} on {here}: {[form['action'] for form in found]}"
    )


def fill_in(client, page, action="", holding="", files=None, **values):
    """Open a page, fill in its form and send it.

    Args:
        page: an address or a response already at hand.
        values: field name -> value, list of values, or None to leave a ticked box empty; "__" stands for "-".
    Returns:
        The answer, after redirects.
    Raises:
        AssertionError: the form was refused; the message holds what the page says is wrong.
    """
    response = client.get(page) if isinstance(page, str) else page
    assert response.status_code == 200, (page, response.status_code)
    address, data = form_on(response, action, holding)
    for field, value in values.items():
        data[field.replace("__", "-")] = value if isinstance(value, list) else [value]
    sent = {field: value for field, value in data.items() if value != [None]}
    answer = client.post(address, {**sent, **(files or {})}, follow=True)
    assert answer.status_code == 200, (address, answer.status_code, complaints(answer))
    return answer


def complaints(answer) -> list[str]:
    """The sentences of a refused form."""
    text = re.sub(r"<[^>]+>", "\n", answer.content.decode())
    return [line.strip() for line in text.splitlines() if "请" in line or "不" in line][:12]
