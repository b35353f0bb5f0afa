// A page of rows where scripts run: a save that does not get through keeps everything on the page.
// Without scripts the form is a plain form. The rows themselves are in rows.js.
(function () {
  "use strict";
  const NO_NET = "网络没有通，没有保存。您填的内容都还在，请稍后再点“保存”；重复点不会存成两份。";
  const SIGNED_OUT = "登录已过期，没有保存。请在新的标签页登录后，回到本页再点“保存”，内容都还在。";
  const FAILED = "没有保存成功，您填的内容都还在，请稍后再点“保存”。";

  function say(sentence) {
    const word = document.getElementById("day-word");
    if (word) word.textContent = sentence;
  }
  // Some of htmx's events name the form, others the place its answer goes to.
  function isDay(event) {
    const asked = event.detail.requestConfig ? event.detail.requestConfig.elt : event.detail.elt;
    return Boolean(asked) && asked.id === "day";
  }

  // Signing in again, in another tab, changes the form token: the newest one is in the cookie.
  document.body.addEventListener("htmx:configRequest", function (event) {
    const cookie = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (!isDay(event) || !cookie) return;
    event.detail.parameters.csrfmiddlewaretoken = cookie[1];
    event.detail.headers["X-CSRFToken"] = cookie[1];
  });
  document.body.addEventListener("htmx:beforeRequest", function (event) { if (isDay(event)) say(""); });
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.body.addEventListener(name, function (event) { if (isDay(event)) say(NO_NET); });
  });
  document.body.addEventListener("htmx:responseError", function (event) { if (isDay(event)) say(FAILED); });
  // Only an answer of this page, or one that says where it belongs, may take the form's place:
  // a log-in page must not swallow what was typed.
  document.body.addEventListener("htmx:beforeSwap", function (event) {
    if (!isDay(event)) return;
    const answer = event.detail.xhr;
    if (answer.getResponseHeader("HX-Reselect") || answer.responseText.includes('id="day-page"')) return;
    event.detail.shouldSwap = false;
    say(answer.status < 400 ? SIGNED_OUT : FAILED);
  });
  // Paper shows every saved row, also where the style sheet cannot open what is folded.
  let opened = [];
  window.addEventListener("beforeprint", function () {
    opened = [...document.querySelectorAll(".day-fold:not([open])")];
    opened.forEach(function (fold) { fold.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (fold) { fold.open = false; });
  });
  // After a refusal the reader begins at the sentence that says why.
  document.body.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.id === "day-page") document.querySelector("#day-page [data-focus]")?.focus();
  });
})();
