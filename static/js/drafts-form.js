// A form marked data-draft: kept while it is filled in (on leaving a field, and after a pause), offered again
// when its page is opened anew, and forgotten only when the server has named the record it became.
// data-draft: what it is, in words; data-draft-rows: the prefix of its rows; data-draft-more: the name under
// which it may be posted to be drawn again as it was filled in; data-draft-here: it belongs to this address, query and all.
(function () {
  "use strict";
  const PAUSE = 1500, SENDING_MS = 70000;
  const HIDDEN = new Set(["csrfmiddlewaretoken"]);
  const kept = new Map();  // what lies in the store, by form_key
  const blank = new Map();  // what the page began with, by form_key
  let timer, turn = Promise.resolve();

  const forms = function () { return [...document.querySelectorAll("form[data-draft]")]; };
  const isOffline = function (form) { return "draftOffline" in form.dataset; };
  const keyOf = function (form) { return form.elements.form_key.value; };
  function fieldsOf(form) {
    return [...new FormData(form)].filter(function (pair) { return typeof pair[1] === "string" && !HIDDEN.has(pair[0]); });
  }
  function say(sentence, isCalm) {
    const word = document.querySelector("[data-draft-word], #day-word");
    if (!word) return;
    word.textContent = sentence;
    word.classList.toggle("is-calm", Boolean(isCalm));
  }
  drafts.say = say;
  function texts(fields) { return JSON.stringify(fields.filter(function (pair) { return pair[0] !== "form_key"; })); }

  // How many rows hold something the blank page did not.
  function rowsIn(form, fields) {
    if (!form.dataset.draftRows) return 0;
    const before = new Set(JSON.parse(blank.get(keyOf(form)) || "[]").map(String));
    const start = new RegExp("^" + form.dataset.draftRows + "-\\d+-");
    const rows = fields.filter(function (pair) {
      return start.test(pair[0]) && pair[1] && !before.has(String(pair)) && !/-(TOTAL|INITIAL)_FORMS$/.test(pair[0]);
    });
    // A row the page had not yet comes with its choices; they make no row by themselves.
    const told = rows.filter(function (pair) { return !form.elements[pair[0]]?.options; });
    return new Set(told.map(function (pair) { return pair[0].match(start)[0]; })).size;
  }
  function told(form, more) {
    const fields = [...fieldsOf(form), ...(form.keptBeside || []), ...(more || [])];
    const of = (form.dataset.draftOf || "").split(" ").map(function (name) {
      const field = form.elements[name];
      return field?.selectedOptions ? (field.value && field.selectedOptions[0].textContent.trim()) : field?.value;
    });
    return { fields, title: [form.dataset.draft, ...of].filter(Boolean).join(" "), rows: rowsIn(form, fields), action: form.getAttribute("hx-post") || location.pathname };
  }

  // --- Keeping ---
  function begin(form) {
    if (isOffline(form) && !keyOf(form)) form.elements.form_key.value = crypto.randomUUID();
    const key = keyOf(form);
    if (!blank.has(key)) blank.set(key, texts(fieldsOf(form)));
    drafts.own.add(key);
  }
  // ``typed``: what stood in the form itself, without the button it was sent by.
  async function write(key, content, state, why, typed) {
    const rev = (kept.get(key)?.rev || 0) + 1, words = texts(content.fields);
    kept.set(key, { rev, words, typed: typed || words });
    const bare = { tag: drafts.tag, key, address: location.pathname + location.search };
    const sealed = await drafts.seal(bare, content);
    await drafts.change(key, function (before) {
      const next = why === "sending" ? Date.now() + SENDING_MS : 0;
      return { ...sealed, at: before?.at || Date.now(), touched: Date.now(), rev, state, why, next, tries: 0 };
    });
    forms().filter(function (form) { return keyOf(form) === key; }).forEach(function (form) { form.dataset.kept = ""; });
  }
  function save(form) {
    const key = keyOf(form), content = told(form), words = texts(content.fields);
    if (words === blank.get(key) && !kept.has(key)) return turn;
    if (words === kept.get(key)?.words) return turn;
    turn = turn.then(function () {
      return words === blank.get(key) ? drop(key) : write(key, content, "draft", "unfinished");
    }).catch(cannot);
    return turn;
  }
  function drop(key) {
    kept.delete(key);
    return drafts.change(key, function () { return null; });
  }
  function cannot() {
    forms().forEach(function (form) { delete form.dataset.kept; });
    say("本机现在不能留存没有保存的内容，请不要关闭本页，填好就点“保存”。");
  }
  function saveAll() { clearTimeout(timer); forms().forEach(save); return turn; }
  drafts.saveForms = saveAll;
  const mine = function (event) { return event.target.closest && event.target.closest("form[data-draft]"); };
  document.addEventListener("focusin", function (event) { if (mine(event)) drafts.prepare().catch(function () { /* told when it is written */ }); });
  document.addEventListener("focusout", function (event) { if (mine(event)) save(mine(event)); });
  document.addEventListener("change", function (event) { if (mine(event)) save(mine(event)); });
  document.addEventListener("input", function (event) {
    if (!mine(event)) return;
    clearTimeout(timer);
    timer = setTimeout(saveAll, PAUSE);
  });
  document.addEventListener("visibilitychange", function () { if (document.hidden) saveAll(); });
  window.addEventListener("pagehide", saveAll);

  // --- Offering what was kept ---
  function button(word, kind, act) {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "btn btn-sm " + kind;
    one.textContent = word;
    one.addEventListener("click", act);
    return one;
  }
  function when(at) { return new Date(at).toLocaleString("sv-SE").slice(0, 16); }  // 2026-11-29 13:50
  function offer(form, item, content) {
    const note = document.createElement("div"), line = document.createElement("span");
    note.className = "note note-warning draft-offer";
    note.setAttribute("role", "status");
    note.dataset.offers = item.key;
    const rows = content.rows ? "，" + content.rows + " 行" : "";
    line.textContent = "您有未提交的内容(" + when(item.touched) + rows + ")，可以接着填。";
    note.append(line, button("恢复", "btn-primary", function () { note.remove(); restore(form, item, content); }),
      button("舍弃", "btn-outline-secondary", function () {
        if (confirm("舍弃后不能找回。确定舍弃这些没有提交的内容吗？")) drop(item.key).then(function () { note.remove(); });
      }));
    form.before(note);
  }
  // Words about one visit are not offered at the next one, though both forms have the same path.
  function isOf(form, address) {
    return "draftHere" in form.dataset ? address === location.pathname + location.search : address.split("?")[0] === location.pathname;
  }
  async function offerAll() {
    const [form] = forms();
    if (!form) return;
    const wanted = location.hash.startsWith("#draft=") ? location.hash.slice(7) : "";
    const here = (await drafts.all()).filter(function (item) { return isOf(form, item.address) && item.key !== keyOf(form); });
    for (const item of here) {
      const content = await drafts.open(item).catch(function () { return null; });
      if (content && item.key === wanted) await restore(form, item, content);
      else if (content && isOffline(form)) { await restore(form, item, content); return; }
      else if (content) offer(form, item, content);
    }
    if (wanted) history.replaceState(null, "", location.pathname + location.search);
  }

  // --- Restoring: by field names, the rows drawn by the server where this page has fewer ---
  async function restore(form, item, content) {
    const fresh = keyOf(form), isOther = item.why === "different";
    const missing = function (pair) { return !form.elements[pair[0]]; };
    if (content.fields.some(missing) && form.dataset.draftMore) {
      await redraw(form, content.fields).catch(function () { say("有几行没有画出来，内容仍记在本机，请检查网络后重新打开本页。"); });
    }
    if (isOffline(form)) drawHere(form, content.fields);
    // What has no place here is kept beside: the real page has one for it.
    form.keptBeside = content.fields.filter(missing);
    form.dataset.draft = isOffline(form) ? content.title : form.dataset.draft;
    fill(form, content.fields);
    if (isOther) form.elements.form_key.value = fresh;
    const key = keyOf(form);
    blank.set(key, blank.get(fresh));
    drafts.own.add(key);
    await write(key, told(form), "draft", "unfinished");
    if (isOther) await drop(item.key);
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    say("已恢复没有提交的内容，请核对后保存。", true);
  }
  // A row or a matter that is not drawn is asked of the page's own buttons, as a hand would.
  function drawHere(form, fields) {
    const isRow = function (pair) { return /^\w+-\d+-visitor$/.test(pair[0]) && !form.elements[pair[0]]; };
    for (let turn = 0; turn < 20 && fields.some(isRow); turn += 1) form.querySelector("[data-more-rows]")?.click();
    fields.forEach(function (pair) {
      const noted = pair[0].match(/^(\w+-\d+)-n-(?:proposal|kinds|need_words)$/);
      if (noted && pair[1] && !form.elements[pair[0]]) form.elements[noted[1] + "-household"]?.dispatchEvent(new Event("noted:open", { bubbles: true }));
      const row = pair[0].match(/^(\w+-\d+)-m\d+-summary$/);
      const more = row && pair[1] && form.querySelector("[data-more-matters][value='" + row[1] + "']");
      for (let turn = 0; more && turn < 9 && !form.elements[pair[0]]; turn += 1) more.click();
    });
  }
  async function redraw(form, fields) {
    const body = new URLSearchParams([...fields, [form.dataset.draftMore, "1"]]);
    body.set("csrfmiddlewaretoken", drafts.token());
    const answer = await fetch(form.getAttribute("hx-post") || form.action, { method: "POST", body, redirect: "error" });
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("form[data-draft]");
    if (!drawn) throw new Error("no form");
    form.replaceChildren(...drawn.childNodes);
    window.htmx?.process(form);
  }
  function fill(form, fields) {
    const values = new Map();
    fields.forEach(function (pair) { values.set(pair[0], [...(values.get(pair[0]) || []), pair[1]]); });
    for (const field of form.elements) {
      // The number of rows is the page's own: one drawn beyond it would not be read.
      if (!field.name || HIDDEN.has(field.name) || /TOTAL_FORMS$/.test(field.name) || ["file", "submit"].includes(field.type)) continue;
      const given = values.get(field.name);
      // A choice that was not there to be made (/offline/) stays as it is.
      if (field.type === "radio" && !given) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = Boolean(given?.includes(field.value));
      else if (field.multiple) [...field.options].forEach(function (option) { option.selected = Boolean(given?.includes(option.value)); });
      else if (given) field.value = given.shift();
      if (given && !field.matches("[type=hidden], [data-plain]") && isTold(field)) field.closest("details")?.setAttribute("open", "");
    }
  }
  function isTold(field) {
    if (field.type === "checkbox") return field.checked;
    return Boolean(field.value) && field.value !== field.defaultValue && field.tagName !== "SELECT";
  }

  // --- Sending by htmx: stored here first, forgotten when the proof is there ---
  const sent = function (event) {
    const from = event.detail.requestConfig ? event.detail.requestConfig.elt : event.detail.elt;
    return from && from.matches && from.matches("form[data-draft]") ? from : null;
  };
  let going = null;  // {key, rev} of what is on its way
  document.addEventListener("htmx:confirm", function (event) {
    const form = sent(event);
    if (!form || event.detail.verb !== "post") return;
    event.preventDefault();
    clearTimeout(timer);
    const by = event.detail.triggeringEvent?.submitter;
    const content = told(form, by?.name ? [[by.name, by.value]] : []);
    const go = function () { event.detail.issueRequest(true); }, typed = texts(told(form).fields);
    turn = turn.then(function () { return write(keyOf(form), content, "unsent", "sending", typed); }).catch(cannot).then(go);
  });
  document.addEventListener("htmx:configRequest", function (event) {
    const form = sent(event);
    if (!form) return;
    going = { key: keyOf(form), rev: kept.get(keyOf(form))?.rev };
    Object.assign(event.detail.headers, drafts.headers(going.key));
    if (!drafts.token()) return;
    event.detail.headers["X-CSRFToken"] = drafts.token();
    event.detail.parameters.csrfmiddlewaretoken = drafts.token();
  });
  document.addEventListener("htmx:beforeOnLoad", function (event) {
    const answer = event.detail.xhr;
    if (!sent(event) || !going || answer.status >= 300 || !answer.getResponseHeader("X-Draft-Id")) return;
    event.preventDefault();
    const leave = function () { location.assign(answer.getResponseHeader("X-Draft-Url")); };
    drafts.own.delete(going.key);
    drafts.stored(going.key, going.rev).then(leave, leave);
  });
  // A log-in page must not take the form's place: only an answer of this page, or one that says where it belongs.
  document.addEventListener("htmx:beforeSwap", function (event) {
    const form = sent(event), answer = event.detail.xhr;
    if (!form || answer.getResponseHeader("HX-Reselect")) return;
    if (!answer.responseText.includes('id="' + form.getAttribute("hx-target").slice(1) + '"')) event.detail.shouldSwap = false;
  });
  const WORDS = {
    network: "网络没有通，没有保存。您填的内容已加密记在本机，网络恢复后自动再发，不会存成两份。",
    signed_out: "登录已过期，没有保存。您填的内容已加密记在本机：请在新的标签页登录，登录后自动再发。",
    another: "本机现在登录的是别人，没有保存。内容已加密记在本机，由您本人登录后再发。",
    form_token: "页面已过期，没有保存。内容已记在本机，请再点一次“保存”。",
    fault: "系统出了故障，没有保存。您填的内容已加密记在本机，稍后自动再发。",
  };
  const OTHERWISE = "没有保存成功，您填的内容已加密记在本机，可在右上角“未发出”里查看原因。";
  function failed(event, why) {
    if (!sent(event) || !going) return;
    drafts.keep(going.key, why).then(drafts.replayer).then(function () { drafts.plan?.(); }).catch(cannot);
    if (why === "network" && !window.isSecureContext) say(WORDS.network + "本站用 http 打开，断网后不能重新打开本页，请不要关闭。");
    else say(WORDS[why] || OTHERWISE);
  }
  ["htmx:sendError", "htmx:timeout", "htmx:sendAbort"].forEach(function (name) {
    document.addEventListener(name, function (event) { failed(event, "network"); });
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    const answer = event.detail.xhr;
    if (!answer || !answer.status || answer.getResponseHeader("X-Draft-Id")) return;
    const known = { 401: "signed_out", 403: "forbidden", 404: "gone", 409: "changed", 413: "too_large", 422: "to_mend" };
    const why = answer.getResponseHeader("X-Draft-Why") || known[answer.status] || (answer.status >= 500 ? "fault" : "refused");
    if (why === "to_mend" || why === "changed" || why === "different") {
      if (sent(event) && going) drafts.keep(going.key, why).catch(cannot);
      return;  // the page itself says it
    }
    failed(event, answer.status < 300 ? "signed_out" : why);
  });
  // Sent behind the page that is still open: on to the record, unless what was typed meanwhile would be lost so.
  document.addEventListener("drafts:sent", function (event) {
    const { key, rev, url } = event.detail, known = kept.get(key);
    const form = forms().find(function (one) { return keyOf(one) === key; });
    if (!form || known?.rev !== rev) return;
    if (texts(told(form).fields) === known.typed) location.assign(url);
    else save(form).then(function () { say("先前发出的已经保存。之后改动的还没有保存，已记在本机，请核对后再保存。"); });
  });
  document.addEventListener("htmx:afterSettle", function (event) {
    forms().forEach(begin);
    // After a refusal the reader begins at the sentence that says why, as after a page of its own.
    if (event.target.id === "form-page") event.target.querySelector("[data-focus]")?.focus();
  });

  // --- The line ---
  window.addEventListener("offline", function () {
    if (!forms().length) return;
    say(window.isSecureContext ? "网络已断开。可以继续填写，内容加密记在本机。"
      : "网络已断开。可以继续填写，内容加密记在本机。本站用 http 打开，断网后不能重新打开本页，请不要关闭或刷新。");
  });
  if (window.isSecureContext && navigator.serviceWorker && document.documentElement.dataset.draftsWorker) {
    ["/sessions/", "/visits/new/"].forEach(function (scope) {
      navigator.serviceWorker.register(document.documentElement.dataset.draftsWorker, { scope }).catch(function () { /* the page works without */ });
    });
  }

  forms().forEach(begin);
  // All that is needed where the line breaks a moment later: the key, the cipher, and the hand that sends.
  if (forms().length) Promise.all([drafts.prepare(), drafts.replayer()]).catch(function () { /* told when something is written */ });
  offerAll().catch(function () { /* without the key nothing can be offered: the list says so */ });
})();
