/* What upload.js is made with: elements, words with numbers in them, paths, and the files of what is dropped. */

"use strict";

window.uploading = (say) => {
  const make = (name, attributes = {}, ...content) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value !== false) node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...content);
    return node;
  };
  const write = (node, words) => { if (node.textContent !== words) node.textContent = words; };
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const number = (value, digits = 0) =>
    new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: digits }).format(value);
  const size = (bytes) => bytes < 100_000
    ? fill(say.kilobytes, { n: number(bytes && Math.max(1, bytes / 1000)) })
    : fill(say.megabytes, { n: number(bytes / 1e6, bytes < 1e8 ? 1 : 0) });
  const shown = (path) => path.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");

  // A path as the server keeps it, see deposited_path in ingest/uploads.py.
  const kept = (path) => path.split("/").filter((part) => !["", ".", ".."].includes(part)).join("/")
    .replaceAll("\\", "\\\\")
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`);

  // What is dropped: folders with all that is in them

  const within = async (entry) => {
    if (entry.isFile) {
      const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
      return file ? [{ file, path: entry.fullPath.replace(/^\/+/, "") }] : [];
    }
    const reader = entry.createReader();
    const found = [];
    for (;;) { // a reader gives its entries a hundred at a time
      const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
      if (!some.length) return found;
      for (const one of some) found.push(...(await within(one)));
    }
  };

  const dropped = async (transfer) => {
    const items = [...transfer.items].filter((item) => item.kind === "file");
    const taken = items.map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()]); // gone after this event
    const found = await Promise.all(taken.map(([entry, file]) => (entry ? within(entry) : [{ file, path: file.name }])));
    return found.flat();
  };

  return { make, write, fill, number, size, shown, kept, dropped };
};
