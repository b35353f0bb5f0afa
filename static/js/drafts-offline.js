// The page shown without a line (/offline/): takes up what was typed on this address before, keeps what is typed
// now, and makes way for the real page when the line is back. The form itself is minded by drafts-form.js.
(function () {
  "use strict";
  const form = document.getElementById("day");
  document.querySelector("[data-offline-locked]").hidden = Boolean(drafts.tag);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    drafts.saveForms().then(function () {
      drafts.say("已加密记在本机。连上网络后本页自动换回，请核对后点“保存”。", true);
    });
  });
  // A phone says it is connected before the system can be reached, so the system itself is asked.
  async function back() {
    const answer = await fetch("/healthz", { cache: "no-store" }).catch(function () { return null; });
    if (!answer || !answer.ok) return;
    await drafts.saveForms();
    location.hash = "draft=" + form.elements.form_key.value;
    location.reload();
  }
  window.addEventListener("online", back);
  setInterval(back, 5000);
})();
