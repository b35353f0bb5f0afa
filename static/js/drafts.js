// Nothing is lost, on every page: what this browser keeps of forms not saved yet, how many there are, and
// the key that opens them. The words lie in IndexedDB encrypted; the key comes from the server for the person
// signed in, stays in this tab's memory and goes at log-out. docs/decisions/0035.
(function () {
  "use strict";
  const root = document.documentElement, link = document.querySelector("[data-unsent]");
  const HELD = "drafts-key";
  const isShell = "draftsShell" in root.dataset;
  const drafts = { tag: root.dataset.drafts || "", own: new Set() };
  window.drafts = drafts;
  let held = readHeld(), gone = false, opening, loading;
  const others = "BroadcastChannel" in window ? new BroadcastChannel("drafts") : null;

  // --- The key: of this tab, and of nobody but who is signed in ---
  function readHeld() {
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(HELD)); } catch { return null; }
    if (kept && isShell) drafts.tag = kept.tag;
    if (kept && kept.tag === drafts.tag) return kept;
    sessionStorage.removeItem(HELD);
    return null;
  }
  drafts.forget = function () {
    gone = true;
    held = null;
    try { sessionStorage.removeItem(HELD); } catch { /* nothing was held */ }
  };
  drafts.headers = function (key) { return { "X-Draft": key, "X-Draft-Owner": drafts.tag }; };
  drafts.token = function () { return (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || ["", ""])[1]; };
  drafts.fetchKey = async function () {
    if (gone) throw new Error("signed out");
    const answer = await fetch(root.dataset.draftsKey, { headers: drafts.headers("key"), cache: "no-store" });
    if (!answer.ok) throw new Error("no key");
    held = await answer.json();
    sessionStorage.setItem(HELD, JSON.stringify(held));
    return held;
  };
  async function key() {
    const kept = held || await drafts.fetchKey();
    return Uint8Array.from(atob(kept.key), function (one) { return one.charCodeAt(0); });
  }

  // --- Encrypting: XSalsa20-Poly1305, the same on http and https ---
  drafts.load = function (address) {
    return new Promise(function (resolve, reject) {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = function () { script.remove(); reject(new Error("script")); };
      document.head.append(script);
    });
  };
  function library() {
    if (window.nacl) return Promise.resolve();
    loading = loading || drafts.load(root.dataset.draftsLibrary).catch(function (fault) { loading = null; throw fault; });
    return loading;
  }
  // Everything that is needed to keep a draft even where the line breaks a moment later.
  drafts.prepare = function () { return Promise.all([base(), key(), library()]); };
  drafts.seal = async function (item, told) {
    const [, secret] = await drafts.prepare();
    const nonce = nacl.randomBytes(nacl.secretbox.nonceLength);
    // Who, which form and where stand inside as well: a box put under another name does not open.
    const inside = JSON.stringify({ ...told, bound: [item.tag, item.key, item.address] });
    return { ...item, nonce, box: nacl.secretbox(new TextEncoder().encode(inside), nonce, secret) };
  };
  drafts.open = async function (item) {
    const [, secret] = await drafts.prepare();
    const plain = nacl.secretbox.open(item.box, item.nonce, secret);
    const told = plain && JSON.parse(new TextDecoder().decode(plain));
    if (!told || told.bound.join() !== [item.tag, item.key, item.address].join()) throw new Error("sealed");
    return told;
  };

  // --- The store: {key, tag, address, at, rev, state, why, tries, next, nonce, box} by key ---
  function base() {
    opening = opening || new Promise(function (resolve, reject) {
      const asked = indexedDB.open("liaison-drafts", 1);
      asked.onupgradeneeded = function () {
        asked.result.createObjectStore("items", { keyPath: "key" }).createIndex("tag", "tag");
      };
      asked.onsuccess = function () { resolve(asked.result); };
      asked.onerror = function () { reject(asked.error); };
    });
    return opening;
  }
  async function work(mode, act) {
    const db = await base();
    return new Promise(function (resolve, reject) {
      const turn = db.transaction("items", mode, { durability: "strict" });
      let result;
      act(turn.objectStore("items"), function (value) { result = value; });
      turn.oncomplete = function () { resolve(result); };
      turn.onerror = turn.onabort = function () { reject(turn.error); };
    });
  }
  drafts.all = async function () {
    if (!drafts.tag) return [];
    const rows = await work("readonly", function (items, give) {
      const asked = items.index("tag").getAll(drafts.tag);
      asked.onsuccess = function () { give(asked.result); };
    });
    return rows.sort(function (one, other) { return one.at - other.at; });
  };
  // Read, change and write in one turn: ``act`` answers the new item, null to delete it, undefined to leave it.
  drafts.change = async function (key, act) {
    const kept = await work("readwrite", function (items, give) {
      const asked = items.get(key);
      asked.onsuccess = function () {
        const before = asked.result && asked.result.tag === drafts.tag ? asked.result : undefined;
        const after = act(before);
        if (after) items.put(after); else if (after === null && before) items.delete(key);
        give(after);
      };
    });
    tell();
    return kept;
  };
  // The server named its record: the browser may forget what it holds, unless more was typed since.
  drafts.stored = function (key, rev) {
    return drafts.change(key, function (item) {
      if (!item) return undefined;
      return item.rev === rev ? null : { ...item, state: "unsent", why: "different" };
    });
  };
  drafts.keep = function (key, why) {
    return drafts.change(key, function (item) {
      if (!item) return undefined;
      const tries = (item.tries || 0) + 1;
      const pause = Math.min(300, 5 * 2 ** (tries - 1)) * (0.8 + Math.random() * 0.4);
      return { ...item, state: "unsent", why, tries, next: Date.now() + pause * 1000 };
    });
  };

  // --- The count, in every tab ---
  function tell() {
    if (others) others.postMessage({ changed: true });
    count();
  }
  async function count() {
    if (!drafts.tag) return;
    const rows = (await drafts.all()).filter(function (item) { return !drafts.own.has(item.key) || item.state !== "draft"; });
    if (link) {
      link.hidden = !rows.length;
      link.querySelector(".top-count").textContent = rows.length > 99 ? "99+" : rows.length;
      link.title = "本机有 " + rows.length + " 项没有发出的内容";
    }
    document.dispatchEvent(new CustomEvent("drafts:counted", { detail: rows }));
    // What another tab has sent or let go since is not offered any more (drafts-form.js)
    document.querySelectorAll("[data-offers]").forEach(function (note) {
      if (!rows.some(function (item) { return item.key === note.dataset.offers; })) note.remove();
    });
    if (link && rows.some(function (item) { return item.state === "unsent"; })) replayer();
  }
  drafts.count = count;
  // Said to the page that still shows the form, in whichever tab it stands.
  function sent(detail) { document.dispatchEvent(new CustomEvent("drafts:sent", { detail })); }
  drafts.tellSent = function (detail) {
    if (others) others.postMessage({ sent: detail });
    sent(detail);
  };
  let sending;
  function replayer() {
    if (!link) return Promise.resolve();  // the page without a line sends nothing
    sending = sending || drafts.load(link.dataset.send).catch(function () { sending = null; });
    return sending;
  }
  drafts.replayer = replayer;
  if (others) {
    others.onmessage = function (event) {
      if (event.data.out === drafts.tag) drafts.forget();
      else if (event.data.sent) sent(event.data.sent);
      else count();
    };
  }

  // --- Leaving: said, and kept for whoever wrote it ---
  async function leave(form) {
    let rows = [];
    // The field he still stands in, too
    try { await drafts.saveForms?.(); rows = await drafts.all(); } catch { /* nothing is kept where nothing can be */ }
    const ask = "本机还有 " + rows.length + " 项没有发出的内容。\n退出后仍加密留在这台设备上，只有您本人登录后才能看到和发出。\n现在退出吗？";
    if (rows.length && !confirm(ask)) return;
    drafts.forget();
    if (others) others.postMessage({ out: drafts.tag });
    form.submit();
  }
  document.addEventListener("submit", function (event) {
    if (!event.target.matches("form[data-logout]")) return;
    event.preventDefault();
    leave(event.target);
  }, true);

  window.addEventListener("online", function () { count().catch(function () { /* see below */ }); });
  if (drafts.tag && "indexedDB" in window) count().catch(function () { /* a browser that keeps nothing */ });
})();
