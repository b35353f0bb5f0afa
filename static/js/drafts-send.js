// Sends what did not get through, in the order it was written: one at a time, one tab at a time. Loaded by
// drafts.js when there is something to send.
(function () {
  "use strict";
  const LEASE = "drafts-lease", LEASE_MS = 70000, TIMEOUT_MS = 60000;
  // These may go through by themselves; every other reason waits for the person who wrote it.
  const AGAIN = new Set(["sending", "network", "signed_out", "form_token", "fault"]);
  const STOPS = new Set(["network", "signed_out", "another"]);  // the next one would fare no better
  const me = Math.random().toString(36).slice(2);
  let timer, turn = Promise.resolve();

  // --- One tab at a time ---
  function locked(act) {
    if (navigator.locks) {
      return navigator.locks.request("drafts", { ifAvailable: true }, function (lock) { return lock ? act() : undefined; });
    }
    return leased(act);
  }
  function readLease() {
    try { return JSON.parse(localStorage.getItem(LEASE)) || {}; } catch { return {}; }
  }
  function renew() {
    if (!navigator.locks) localStorage.setItem(LEASE, JSON.stringify({ by: me, until: Date.now() + LEASE_MS }));
  }
  // On plain http browsers lend no locks: a lease is written, and held if it still stands a moment later.
  async function leased(act) {
    const lease = readLease();
    if (lease.by !== me && lease.until > Date.now()) return;
    renew();
    await new Promise(function (resolve) { setTimeout(resolve, 50 + Math.random() * 100); });
    if (readLease().by !== me) return;
    try { await act(); } finally { if (readLease().by === me) localStorage.removeItem(LEASE); }
  }

  // --- One item ---
  function post(told, key) {
    const body = new URLSearchParams(told.fields);
    body.set("csrfmiddlewaretoken", drafts.token());
    const stop = new AbortController();
    setTimeout(function () { stop.abort(); }, TIMEOUT_MS);
    return fetch(told.action, {
      method: "POST", body, redirect: "manual", cache: "no-store", signal: stop.signal,
      headers: { ...drafts.headers(key), "X-CSRFToken": drafts.token(), Accept: "application/json" },
    });
  }
  drafts.reason = function (status, named) {
    const known = { 401: "signed_out", 403: "forbidden", 404: "gone", 409: "changed", 413: "too_large", 422: "to_mend" };
    return named || known[status] || (status >= 500 ? "fault" : "refused");
  };
  // "" when the server named its record; else why not.
  async function attempt(item, told) {
    let answer, said = {};
    try {
      answer = await post(told, item.key);
      if ((answer.headers.get("Content-Type") || "").startsWith("application/json")) said = await answer.json();
    } catch { return "network"; }
    if (answer.ok && said.id) {
      await drafts.stored(item.key, item.rev);
      drafts.tellSent({ key: item.key, rev: item.rev, url: said.url });
      return "";
    }
    if (answer.ok || answer.type === "opaqueredirect") return "signed_out";
    return drafts.reason(answer.status, said.why);
  }
  async function send(item) {
    let told;
    try { told = await drafts.open(item); } catch (fault) { return fault.message === "sealed" ? "sealed" : "signed_out"; }
    let why = await attempt(item, told);
    if (why === "form_token") {
      try { await drafts.fetchKey(); why = await attempt(item, told); } catch { why = "signed_out"; }
    }
    if (why) await drafts.keep(item.key, why);
    return why;
  }

  // --- All of them ---
  function due(item, forced) {
    if (typeof forced === "string") return forced === item.key;
    if (item.state !== "unsent" || !AGAIN.has(item.why)) return false;
    return (item.next || 0) <= Date.now() || (forced && item.why !== "sending");
  }
  // ``forced``: a key, or true for all that may go by themselves, without waiting for their time.
  function run(forced) {
    turn = turn.then(function () { return round(forced); });
    return turn;
  }
  async function round(forced) {
    const tried = new Set();
    let went = "";
    await locked(async function () {
      for (;;) {
        const item = (await drafts.all()).find(function (one) { return !tried.has(one.key) && due(one, forced); });
        if (!item) return;
        tried.add(item.key);
        renew();
        went = await send(item);
        if (STOPS.has(went)) return;
      }
    });
    await plan();
    return went;
  }
  async function plan() {
    clearTimeout(timer);
    const times = (await drafts.all()).filter(function (item) { return item.state === "unsent" && AGAIN.has(item.why); })
      .map(function (item) { return item.next || 0; });
    if (times.length) timer = setTimeout(run, Math.max(1000, Math.min(...times) - Date.now()));
  }
  drafts.send = run;
  drafts.plan = plan;  // for what fails while this page stays open
  window.addEventListener("online", function () { run(true); });
  run(true);  // whoever comes to a page may send what waited for the log-in or the line
})();
