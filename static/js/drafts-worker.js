// The service worker of the pages of rows, on https alone: without a line it shows the blank page of /offline/.
// It keeps that page and its files, never a page with anybody's data. `kept` is set by /offline/worker.js.
(function () {
  "use strict";
  const PAGES = /^\/(sessions\/\d+|visits\/new)\/$/;
  self.addEventListener("install", function (event) {
    event.waitUntil(caches.open(self.kept.name).then(function (cache) {
      return cache.addAll([self.kept.page, ...self.kept.assets].map(function (address) {
        return new Request(address, { credentials: "omit", cache: "no-cache" });
      }));
    }).then(function () { return self.skipWaiting(); }));
  });
  self.addEventListener("activate", function (event) {
    event.waitUntil(caches.keys().then(function (names) {
      return Promise.all(names.filter(function (name) { return name !== self.kept.name; }).map(function (name) { return caches.delete(name); }));
    }));
  });
  self.addEventListener("fetch", function (event) {
    const asked = event.request, path = new URL(asked.url).pathname;
    if (asked.method !== "GET") return;
    const isPage = asked.mode === "navigate" && PAGES.test(path);
    if (!isPage && !self.kept.assets.includes(path)) return;
    // The network first, always: what is kept stands in where there is none.
    event.respondWith(fetch(asked).catch(function () {
      return caches.match(isPage ? self.kept.page : path).then(function (answer) { return answer || Response.error(); });
    }));
  });
})();
