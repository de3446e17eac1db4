/* Nobody leaves a form with unsaved words without being asked.

   A form of ours is marked by data-guard on the page; typing in it makes it unsaved, and so does a mark that the
   server shows while a changed form is not saved. Saving or discarding replaces the fields. */

"use strict";

(() => {
  const FORMS = "[class*='st-key-manage'], [class*='st-key-record']";
  let typed = false;

  const words = () => document.querySelector("[data-guard]")?.dataset.guard;
  const unsaved = () => Boolean(words()) && (typed || document.querySelector("[data-unsaved]") !== null);

  document.addEventListener("input", (event) => {
    if (event.target.closest?.(FORMS)?.querySelector(".stForm")?.contains(event.target)) typed = true;
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".stFormSubmitButton button")) typed = false;
  }, true);

  window.addEventListener("beforeunload", (event) => {
    if (unsaved()) event.preventDefault();
  });

  // Links of ours change the address without a reload: asked before portal.js follows them.
  window.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || !unsaved() || "download" in link.dataset || link.hasAttribute("download") || link.target) return;
    if (window.confirm(words())) {
      typed = false;
    } else {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
})();
