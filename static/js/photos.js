// Photos are made smaller before they are sent: nine of a telephone's are 40 MB, and the network is poor.
// Where that cannot be done they go as they are; the server draws them anew in any case.
(function () {
  "use strict";
  const LONGEST = 1600, QUALITY = 0.82;
  const field = document.querySelector("input[type=file][data-shrink]");
  if (!field || !window.createImageBitmap || !window.DataTransfer) return;
  const word = document.getElementById("shrink-word");
  const button = field.form.querySelector("button[type=submit]");

  async function shrunk(file) {
    if (file.size < 600 * 1024) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const share = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * share);
      canvas.height = Math.round(picture.height * share);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise(function (done) { canvas.toBlob(done, "image/jpeg", QUALITY); });
      return blob && blob.size < file.size ? new File([blob], file.name, { type: "image/jpeg" }) : file;
    } catch {
      return file; // not a picture this browser reads: the server says so
    }
  }

  field.addEventListener("change", async function () {
    const files = Array.from(field.files);
    if (!files.length) { word.textContent = ""; return; }
    button.disabled = true;
    word.textContent = "正在压缩…";
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(await shrunk(file));
    field.files = chosen.files;
    const bytes = Array.from(field.files).reduce(function (sum, file) { return sum + file.size; }, 0);
    word.textContent = "已选 " + files.length + " 张，共 " + Math.max(1, Math.round(bytes / 1024)) + " KB。";
    button.disabled = false;
  });
})();
