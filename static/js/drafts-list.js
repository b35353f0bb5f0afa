// The list of what this browser keeps: what it is, since when, why it was not sent; sent again, taken up, or let go.
(function () {
  "use strict";
  const place = document.getElementById("unsent");
  const WHY = {
    unfinished: "还没有点“保存”。",
    sending: "正在发送，还没有收到回执；没有回执会自动再发，不会存成两份。",
    network: "网络没有通，网络恢复后自动再发。",
    signed_out: "当时登录已过期，会自动再发。",
    form_token: "页面当时已过期，会自动再发。",
    fault: "系统当时出了故障，稍后自动再发。",
    another: "当时本机登录的是别人，请立即重发。",
    forbidden: "您的岗位不能保存这一项，请联系镇驻点办；调整岗位后可立即重发。",
    first_password: "请先修改初始密码，再立即重发。",
    gone: "要保存到的记录已不在，或不在您的范围内，请联系镇驻点办。",
    changed: "别人改过这条记录，请打开核对后再保存。",
    different: "这张表单先前已保存过，内容和这一份不一样。请先看已保存的记录：要补充的，打开继续填；不需要的，舍弃。",
    too_large: "内容太多，超过了一次能保存的大小，请打开后分两次保存。",
    to_mend: "有填写不符合要求的地方，请打开改正后再保存。",
    refused: "内容里有系统不能接受的字符，请打开检查后再保存。",
    sealed: "打不开：系统的密钥更换过，内容已无法读出，只能舍弃。",
  };
  const LOCKED = "现在取不到您的钥匙(网络不通或登录已过期)，内容仍加密留在本机。";

  function tag(name, kind, text) {
    const one = document.createElement(name);
    if (kind) one.className = kind;
    if (text) one.textContent = text;
    return one;
  }
  function button(word, kind, act) {
    const one = tag("button", "btn btn-sm " + kind, word);
    one.type = "button";
    one.addEventListener("click", act);
    return one;
  }
  function when(at) {
    return new Date(at).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(0, 16);
  }
  async function resend(item, one) {
    one.disabled = true;
    one.textContent = "正在发送……";
    await drafts.replayer();
    await drafts.send(item.key);
    draw();
  }
  function discard(item) {
    if (!confirm("舍弃后不能找回。确定舍弃这一项吗？")) return;
    drafts.change(item.key, function () { return null; }).then(draw);
  }
  async function line(item) {
    const row = tag("li", "unsent-item"), buttons = tag("p", "unsent-buttons");
    let told = null, why = WHY[item.why] || WHY.network;
    try { told = await drafts.open(item); } catch (fault) { why = fault.message === "sealed" ? WHY.sealed : LOCKED; }
    const name = told ? told.title + (told.rows ? " · " + told.rows + " 行" : "") : "一项没有发出的内容";
    row.append(tag("b", "", name), tag("span", "dim", "最后填写 " + when(item.touched)), tag("p", "", why), buttons);
    if (told && item.state === "unsent" && item.why !== "different") {
      buttons.append(button("立即重发", "btn-primary", function (event) { resend(item, event.currentTarget); }));
    }
    if (told) {
      const open = tag("a", "btn btn-sm btn-outline-primary", "打开继续填");
      open.href = item.address + "#draft=" + item.key;
      buttons.append(open);
    }
    buttons.append(button("舍弃", "btn-outline-secondary", function () { discard(item); }));
    return row;
  }
  let turn = 0;
  async function draw() {
    const mine = ++turn, rows = await drafts.all();
    const lines = await Promise.all(rows.map(line));
    if (mine !== turn) return;
    const list = tag("ul", "sheet unsent-list");
    list.append(...lines);
    place.replaceChildren(rows.length ? list : tag("p", "sheet sheet-body", "没有未发出的内容，都已保存到系统。"));
  }
  document.addEventListener("drafts:counted", draw);
  draw().catch(function () {
    place.replaceChildren(tag("p", "note note-warning", "这个浏览器不能留存没有保存的内容(可能开了无痕模式)，请填完就点“保存”。"));
  });
})();
