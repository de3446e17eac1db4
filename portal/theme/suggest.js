/* Suggestions below the search field, as links that portal.js follows; without them the field works as it does.

   The list hangs on the main part of the page, the only part that Streamlit never makes anew. Filters stay.
   Source: WAI-ARIA Authoring Practices 1.2, combobox with list autocomplete. */

"use strict";

(() => {
  const FIELD = ".st-key-field input";
  const NARROW = matchMedia("(max-width: 800px)"); // there the list is as wide as field and button
  const LIST = "suggestions";
  const PAUSE_MS = 120;
  const LEAST_HEIGHT = 130;

  let wait = 0;
  let asked = null; // what stops the request under way
  let choosing = false;

  const texts = () => JSON.parse(document.querySelector("meta[name=suggesting]")?.content ?? "{}");
  const list = () => document.getElementById(LIST);
  const options = () => [...(list()?.children ?? [])];
  const active = () => options().find((option) => option.getAttribute("aria-selected") === "true");

  const close = () => {
    clearTimeout(wait);
    asked?.abort();
    list()?.remove();
    const field = document.querySelector(`${FIELD}[role=combobox]`);
    field?.setAttribute("aria-expanded", "false");
    field?.removeAttribute("aria-activedescendant");
    field?.removeAttribute("aria-controls");
  };

  const address = (text) => {
    const parameters = new URLSearchParams(location.search);
    parameters.delete("page");
    parameters.delete("without");
    parameters.set("q", text);
    return `/?${parameters}`;
  };

  const option = ({ text, kind }, number) => {
    const link = document.createElement("a");
    Object.assign(link, { href: address(text), id: `${LIST}-${number}`, role: "option", tabIndex: -1, dir: "auto" });
    link.setAttribute("aria-selected", "false");
    link.append(Object.assign(document.createElement("span"), { textContent: text }), " ");
    link.append(Object.assign(document.createElement("small"), { textContent: texts().kinds?.[kind] ?? "" }));
    return link;
  };

  const show = (field, suggestions) => {
    close();
    if (!suggestions.length || document.activeElement !== field) return;
    const shown = Object.assign(document.createElement("div"), { id: LIST, role: "listbox" });
    shown.setAttribute("aria-label", texts().label ?? "");
    shown.append(...suggestions.map(option));
    const box = field.closest("[data-testid=stTextInputRootElement]").getBoundingClientRect();
    const { right } = NARROW.matches ? field.closest(".st-key-field").getBoundingClientRect() : box;
    const [top, below] = [box.bottom + 4, (visualViewport?.height ?? innerHeight) - box.bottom - 12];
    Object.assign(shown.style, { left: `${box.left}px`, top: `${top}px`, width: `${right - box.left}px` });
    shown.style.maxHeight = `${Math.max(below, LEAST_HEIGHT)}px`; // a keyboard on the screen takes its part
    document.querySelector(".stMain").append(shown);
    field.setAttribute("aria-controls", LIST);
    field.setAttribute("aria-expanded", "true");
  };

  const ask = async (field) => {
    asked?.abort();
    asked = new AbortController();
    const typed = field.value;
    try {
      const url = `/api/v1/suggest?${new URLSearchParams({ q: typed })}`;
      const answer = await fetch(url, { signal: asked.signal });
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      if (field.value === typed) show(field, suggestions);
    } catch {
      close(); // stopped, or no connection: nothing is suggested
    }
  };

  const move = (field, step) => {
    const all = options();
    const at = all.indexOf(active());
    const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step];
    for (const each of all) each.setAttribute("aria-selected", String(each === next));
    if (next) field.setAttribute("aria-activedescendant", next.id);
    else field.removeAttribute("aria-activedescendant");
    next?.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("focusin", (event) => {
    if (!event.target.matches?.(FIELD)) return;
    event.target.setAttribute("role", "combobox");
    event.target.setAttribute("aria-autocomplete", "list");
    event.target.setAttribute("aria-expanded", "false");
    event.target.autocomplete = "off";
  });

  document.addEventListener("input", (event) => {
    if (!event.target.matches?.(FIELD)) return;
    clearTimeout(wait);
    const field = event.target;
    if (field.value.trim().length < 2) close();
    else wait = setTimeout(() => ask(field), PAUSE_MS);
  });

  document.addEventListener("keydown", (event) => {
    if (!event.target.matches?.(FIELD) || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && list()) {
      event.preventDefault();
      move(event.target, step);
    } else if (event.key === "Escape" && list()) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter") {
      const chosen = active();
      if (chosen) {
        event.preventDefault();
        event.stopPropagation();
        chosen.click();
      }
      close();
    }
  }, true);

  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.(`#${LIST}`)) event.preventDefault(); // the field keeps the focus until the click
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(`#${LIST} a`)) return;
    choosing = true; // while a field has typing that it did not give away, Streamlit puts no other words into it
    document.querySelector(FIELD)?.blur();
    choosing = false;
  }, true);
  document.addEventListener("click", (event) => {
    if (!event.target.matches?.(FIELD)) close();
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.(FIELD) && !choosing) close();
  });
  document.addEventListener("scroll", (event) => {
    if (event.target !== list() && !event.target.matches?.(FIELD)) close();
  }, true);
  window.addEventListener("resize", close);
})();
