/* What Streamlit does not do by itself: links without a reload, scroll and focus that stay, spoken counts.

   Streamlit reruns the page when the address changes by `popstate`; a link of ours changes the address and sends
   that event. Blocks made by st.html are replaced whole, so that focus, folded facets and inner scroll are put
   back by `data-id` and `data-scroll`. This file is loaded in the head, before Streamlit's own script. */

"use strict";

// Streamlit looks for its server below the path of the page first; it is at the root.
window.__streamlit = { BACKEND_BASE_URL: `${location.origin}/` };

(() => {
  const PAGES = new Set([
  "/", "/conferences", "/document", "/thesaurus", "/upload", "/check", "/manage", "/record", "/translations", "/status",
  "/people", "/account",
]);
  const NARROW = matchMedia("(max-width: 800px)");
  const scroller = () => document.querySelector(".stMain");
  const address = () => location.pathname + location.search;
  const query = (name) => new URLSearchParams(location.search).get(name);

  let shown = ""; // the address whose page stands on the screen; tests read it as html[data-shown]
  let pending = null; // where to scroll once the next page stands there
  let focused = null; // data-id of what had the focus
  const folded = new Map([["facets", false]]);
  const inner = new Map();

  // Links

  const internal = (link) =>
    link && link.origin === location.origin && PAGES.has(link.pathname) && !("load" in link.dataset);

  const follow = (link) => {
    const target = link.pathname + link.search;
    remember();
    pending = "keep" in link.dataset ? { top: scroller()?.scrollTop ?? 0 } : aim(link);
    if (target !== address()) history.pushState({}, "", target);
    window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
    mark();
    scroll();
  };

  const aim = (link) => {
    const asked = new URLSearchParams(link.search);
    const target = asked.get("p") ?? asked.get("panel");
    return target && link.pathname !== "/" ? { target } : { top: 0 };
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!plain || event.defaultPrevented || !internal(link)) return;
    event.preventDefault();
    follow(link);
  });

  document.addEventListener("keydown", (event) => {
    const box = event.target.closest?.("a[role=checkbox]");
    if (box && event.key === " ") {
      event.preventDefault();
      follow(box);
    }
  });

  // Where the reader was, by address

  const remember = () => {
    if (scroller()) sessionStorage.setItem(`scroll:${shown}`, String(scroller().scrollTop));
  };

  window.addEventListener("popstate", (event) => {
    if (!event.isTrusted) return; // our own
    pending = recall();
  });

  const recall = () => {
    const top = sessionStorage.getItem(`scroll:${address()}`);
    return top === null ? aim(location) : { top: Number(top) };
  };

  document.addEventListener("scroll", (event) => {
    if (event.target === scroller() && !pending && shown === address()) remember();
    for (const bar of document.querySelectorAll(".hit-bar")) {
      bar.classList.toggle("stuck", bar.getBoundingClientRect().top < 20);
    }
    const id = event.target.dataset?.scroll;
    if (id) inner.set(id, [event.target.scrollLeft, event.target.scrollTop]);
  }, { capture: true, passive: true });

  const scroll = () => {
    if (!pending || !scroller()) return;
    if ("target" in pending) {
      const target = document.querySelector(`[data-target="${CSS.escape(pending.target)}"]`);
      const first = target?.matches(".page:not(.page ~ .page)"); // the first page: the title stays in sight
      if (target && !first) target.scrollIntoView({ block: "start" });
      else scroller().scrollTop = 0;
    } else {
      scroller().scrollTop = pending.top;
    }
  };

  // After every change of the page

  const canonical = (url) => {
    const [path, search] = url.split("?");
    const parameters = new URLSearchParams(search);
    parameters.sort();
    return `${path}?${parameters}`;
  };

  // Whether the page of the current address stands: its head says whose page it is, and Streamlit is done. A run
  // may be so short that Streamlit never shows that it is running.
  const stands = () => {
    const running = document.querySelector(".stApp")?.dataset.testScriptState !== "notRunning";
    const made = document.querySelector(".head")?.dataset.address;
    return !running && made !== undefined && canonical(made) === canonical(address());
  };

  const settle = () => {
    relabel();
    restore();
    mark();
    scroll();
    if ((pending || shown !== address()) && stands() && document.querySelector(".stHtml h1")) arrive();
  };

  const arrive = () => {
    const moved = shown && shown.split("?")[0] !== location.pathname;
    if (!pending) scroller().scrollTop = 0; // the search form changed the address
    pending = null;
    shown = document.documentElement.dataset.shown = address();
    if (moved && document.activeElement === document.body) {
      focused = null;
      document.querySelector(".stHtml h1[tabindex]")?.focus({ preventScroll: true });
    }
    announce();
  };

  const restore = () => {
    for (const details of document.querySelectorAll("details[data-id]")) {
      const open = !NARROW.matches || folded.get(details.dataset.id);
      if (details.open !== Boolean(open)) details.open = open;
    }
    for (const details of document.querySelectorAll("details[data-fold]")) {
      if (folded.has(details.dataset.fold)) details.open = folded.get(details.dataset.fold);
    }
    for (const list of document.querySelectorAll("[data-scroll]")) {
      if (list.dataset.restored) continue;
      list.dataset.restored = "yes";
      [list.scrollLeft, list.scrollTop] = inner.get(list.dataset.scroll) ?? [0, 0];
    }
    if (focused && document.activeElement === document.body) {
      document.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
  };

  // The page the reader is at, in the strip of thumbnails: the block is the same for all of them.
  const mark = () => {
    const at = query("p") ?? "1";
    for (const thumb of document.querySelectorAll(".strip a[data-page]")) {
      const here = thumb.dataset.page === at;
      if (here === thumb.hasAttribute("aria-current")) continue;
      thumb.toggleAttribute("aria-current", here);
      if (!here) continue;
      thumb.setAttribute("aria-current", "true");
      const strip = thumb.parentElement;
      strip.scrollLeft = thumb.offsetLeft - (strip.clientWidth - thumb.offsetWidth) / 2;
    }
    for (const target of document.querySelectorAll(".panel[data-target]")) {
      target.classList.toggle("aimed", target.dataset.target === query("panel"));
    }
  };

  const announce = () => {
    const words = [...document.querySelectorAll("[data-announce]")].map((node) => node.dataset.announce).join(". ");
    let region = document.querySelector(".announced");
    if (!region) {
      region = document.body.appendChild(document.createElement("div"));
      region.className = "announced";
      region.setAttribute("role", "status");
    }
    if (region.textContent !== words) region.textContent = words;
  };

  // Facets: folding on narrow screens, and the field that looks for a value

  document.addEventListener("toggle", (event) => {
    const id = event.target.dataset?.id;
    if (id && NARROW.matches) folded.set(id, event.target.open);
    const fold = event.target.dataset?.fold;
    if (fold && event.target.isConnected) folded.set(fold, event.target.open);
  }, true);
  NARROW.addEventListener("change", () => restore());

  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(".finder")) return;
    const sought = event.target.value.trim().toLocaleLowerCase();
    for (const item of event.target.closest(".facet").querySelectorAll("li")) {
      item.hidden = !item.querySelector(".value").textContent.toLocaleLowerCase().includes(sought);
    }
  });

  document.addEventListener("focusin", (event) => {
    focused = event.target.dataset?.id ?? (event.target === document.body ? focused : null);
  });

  // Words of Streamlit's that no setting reaches

  const labels = () => JSON.parse(document.querySelector("meta[name=labels]")?.content ?? "{}");

  const relabel = () => {
    for (const [words, own] of Object.entries(labels())) {
      for (const node of document.querySelectorAll(`[aria-label="${words}"]`)) node.setAttribute("aria-label", own);
    }
    const skip = document.querySelector("[data-testid=stSkipToContent]");
    const own = skip && labels()[skip.textContent];
    if (own && own !== skip.textContent) skip.textContent = own;
  };

  const begin = () => {
    new MutationObserver(settle).observe(document.getElementById("root"), {
      childList: true, subtree: true, attributes: true, attributeFilter: ["data-test-script-state"],
    });
    const [visit] = performance.getEntriesByType("navigation");
    pending = visit?.type === "navigate" ? aim(location) : recall(); // after a reload, where the reader was
  };
  document.addEventListener("DOMContentLoaded", begin);
})();
