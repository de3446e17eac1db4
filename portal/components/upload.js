/* Uploads of staff, with tus-js-client (vendor/): what is dropped, what is under way, and what has arrived.

   Loaded on every page, so that uploads go on while people walk through the portal. The page for uploading has an
   empty place, .upload-zone, that names a batch, or a conference and panel to begin one for; the parts made here
   are put into it whenever Streamlit makes it anew. Words come from the server, in meta[name=uploads]. */

"use strict";

(() => {
  const config = JSON.parse(document.querySelector("meta[name=uploads]")?.content ?? "null");
  if (!config || !window.tus) return;
  const { make, write, fill, number, size, shown, kept, dropped } = window.uploading(config.texts);
  const say = config.texts;
  const AT_ONCE = 3; // uploads at the same time
  const CHUNK_BYTES = 16 * 1024 * 1024; // each is flushed to the disk of the archive and then counts as sent
  const DELAYS = [0, 1000, 2000, 4000, 8000, 15000, 30000, 30000, 30000]; // between attempts, in milliseconds
  const UNDER_WAY = new Set(["waiting", "sending", "saving"]);
  const REASONS = {
    0: "lost", 400: "bad_name", 401: "signed_out", 403: "signed_out", 404: "gone", 413: "too_large", 415: "scenery",
    507: "full",
  };
  const headers = { "X-Token": config.token };
  const batches = new Map(); // by identifier, or by conference and panel before there is one

  // One file on its way

  class Item {
    constructor(batch, path, bytes, modified) {
      Object.assign(this, { batch, path, bytes, modified, sent: 0, state: "waiting", reason: "", note: "" });
      this.key = `${kept(path)}|${bytes}|${modified}`;
      const folder = shown(path).replace(/[^/]*$/, "");
      this.bar = make("progress", { max: 100, value: 0, "aria-label": fill(say.progress, { name: shown(path) }) });
      this.words = make("span", { class: "words" });
      this.again = make("button", { type: "button", onclick: () => this.retry() }, say.again);
      this.drop = make("button", {
        type: "button", "aria-label": fill(say.remove_file, { name: shown(path) }), onclick: () => this.remove(),
      }, say.remove);
      this.row = make("li", {},
        make("bdi", { class: "path" }, make("span", { class: "folder" }, folder), shown(path).slice(folder.length)),
        make("span", { class: "size" }, size(bytes)), this.bar, this.words,
        make("span", { class: "acts" }, this.again, this.drop));
    }

    set(state, reason = "") {
      Object.assign(this, { state, reason, note: "" });
      if (state === "arrived") this.sent = this.bytes;
      this.batch.changed();
    }

    start() {
      this.set("sending");
      const { id } = this.batch;
      this.upload ??= new tus.Upload(this.file, {
        endpoint: this.url ? null : "/uploads", // with one, a failing look at what has arrived would begin anew
        uploadUrl: this.url ?? null, chunkSize: CHUNK_BYTES, headers, retryDelays: DELAYS,
        storeFingerprintForResuming: false, // the server knows what has arrived, for any browser
        metadata: { batch: id, path: this.path, modified: String(this.modified) },
        onUploadUrlAvailable: () => { this.url = this.upload.url; this.upload.options.endpoint = null; },
        onProgress: (sent) => {
          this.sent = sent;
          this.state = sent >= this.bytes ? "saving" : "sending";
          this.note = "";
          this.batch.changed();
        },
        onShouldRetry: (error) => {
          const status = error.originalResponse?.getStatus() ?? 0;
          if (!(status === 0 || status === 409 || status === 423 || (status >= 500 && status !== 507))) return false;
          this.note = say.reconnecting;
          this.state = "sending";
          this.batch.changed();
          return true;
        },
        onSuccess: () => { this.set("arrived"); pump(); },
        onError: (error) => this.fail(error.originalResponse?.getStatus() ?? 0),
      });
      this.upload.start();
    }

    fail(status) {
      if (status === 404 && this.url) { // it has expired, or was removed elsewhere: from the beginning, then
        this.forget();
        this.set("waiting");
      } else if (status === 422 || status === 415) this.set("skipped", REASONS[status]);
      else this.set("failed", REASONS[status] ?? "broken");
      pump();
    }

    forget() {
      this.upload = this.url = null;
      this.sent = 0;
    }

    pause() {
      this.upload?.abort();
      this.set("waiting");
    }

    retry() {
      this.set("waiting");
      pump();
    }

    remove() {
      this.upload?.abort();
      if (this.url) tus.Upload.terminate(this.url, { headers, retryDelays: DELAYS }).catch(() => {});
      this.batch.files.delete(this.key);
      const next = this.row.nextElementSibling ?? this.row.previousElementSibling;
      this.row.remove();
      (next?.querySelector("button:not([hidden])") ?? this.batch.choose).focus();
      this.batch.changed();
      pump();
    }

    draw() {
      const percent = this.state === "arrived" ? 100 : Math.min(99, Math.floor((100 * this.sent) / (this.bytes || 1)));
      if (this.bar.value !== percent) this.bar.value = percent;
      this.bar.hidden = this.state === "skipped";
      const words = this.note || say[this.reason || this.state];
      write(this.words, ["sending", "missing"].includes(this.state) ? `${number(percent)} % · ${words}` : words);
      this.row.className = `upload ${this.state}`;
      this.again.hidden = this.state !== "failed";
      this.drop.hidden = this.state === "arrived" || this.state === "saving";
    }
  }

  // The files of one batch, and what is shown of them

  class Batch {
    constructor({ batch, conference, panel }) {
      Object.assign(this, { id: batch ?? "", conference, panel, files: new Map(), paused: false, told: "" });
      const pick = (folder) => make("input", {
        type: "file", multiple: true, webkitdirectory: folder, hidden: true, tabindex: -1, "aria-hidden": "true",
        class: folder ? "folder" : "files",
        onchange: ({ target }) => {
          this.add([...target.files].map((file) => ({ file, path: file.webkitRelativePath || file.name })));
          target.value = "";
        },
      });
      const [files, folder] = [pick(false), pick(true)];
      this.choose = make("button", { type: "button", class: "choose", onclick: () => files.click() }, say.choose_files);
      this.bar = make("progress", { max: 100, value: 0, "aria-label": say.all });
      this.words = make("p", { class: "total" });
      this.hold = make("button", { type: "button", onclick: () => this.pause() });
      this.all = make("button", { type: "button", onclick: () => this.retryAll() }, say.again_all);
      this.next = make("p", { class: "next", hidden: true }, make("a", { class: "button" }, say.check));
      this.summary = make("div", { class: "summary", hidden: true },
        this.words, this.bar, make("p", { class: "acts" }, this.hold, this.all), this.next);
      this.list = make("ul", { "aria-label": say.files });
      this.status = make("p", { role: "status", class: "announced" });
      this.root = make("div", { class: "uploads", onfocusin: ({ target }) => { this.focused = target; } },
        make("div", { class: "drop" },
          make("p", { class: "invitation" }, say.drop),
          make("p", { class: "chosen" }, this.choose,
            make("button", { type: "button", onclick: () => folder.click() }, say.choose_folder), files, folder)),
        this.summary, this.list, this.status);
      if (this.id) this.load();
      this.changed();
    }

    async load() {
      const answer = await fetch(`/uploads?batch=${encodeURIComponent(this.id)}`).catch(() => null);
      if (!answer?.ok) return;
      const { files } = await answer.json();
      for (const one of files.sort((a, b) => a.arrived - b.arrived)) { // what is to be chosen again comes first
        const item = new Item(this, one.path, one.size_bytes, one.modified);
        item.key = `${one.path}|${one.size_bytes}|${one.modified}`;
        if (this.files.has(item.key)) continue;
        Object.assign(item, { sent: one.offset, url: `/uploads/${one.id}`, state: one.arrived ? "arrived" : "missing" });
        this.put(item);
      }
      this.changed();
    }

    put(item) {
      this.files.set(item.key, item);
      this.list.append(item.row);
    }

    async add(found) {
      for (const { file, path } of found) {
        const made = new Item(this, path, file.size, file.lastModified);
        const item = this.files.get(made.key) ?? made;
        if (item === made) this.put(item);
        if (item.file || item.state === "arrived") continue;
        item.file = file;
        item.set("waiting");
      }
      if (found.length && (await this.begin())) pump();
    }

    // Begin the batch on the server with its first files; the address of the page names it from then on.
    begin() {
      if (this.id) return Promise.resolve(true);
      this.beginning ??= fetch("/uploads/batches", {
        method: "POST", headers: { ...headers, "Content-Type": "application/json" },
        body: JSON.stringify({ conference: this.conference, panel: this.panel ?? null }),
      }).then(async (answer) => {
        if (!answer.ok) throw answer.status;
        this.id = (await answer.json()).batch;
        batches.delete(`${this.conference}|${this.panel ?? ""}`);
        batches.set(this.id, this);
        if (this.root.isConnected) {
          history.replaceState({}, "", this.address("/upload"));
          window.dispatchEvent(new PopStateEvent("popstate", { state: history.state }));
        }
        return true;
      }).catch((status) => {
        for (const item of this.files.values()) item.set("failed", REASONS[Number(status) || 0] ?? "broken");
        return false;
      }).finally(() => { this.beginning = null; });
      return this.beginning;
    }

    address(path) {
      const asked = new URLSearchParams({ batch: this.id });
      const lang = new URLSearchParams(location.search).get("lang");
      if (lang) asked.set("lang", lang);
      return `${path}?${asked}`;
    }

    items(...states) {
      return [...this.files.values()].filter((item) => states.includes(item.state));
    }

    pause() {
      this.paused = !this.paused;
      if (this.paused) for (const item of this.items("sending")) item.pause();
      this.changed();
      pump();
    }

    retryAll() {
      for (const item of this.items("failed")) item.set("waiting");
      pump();
    }

    changed() {
      this.timer ??= setTimeout(() => { this.timer = null; this.draw(); }, 150);
    }

    draw() {
      for (const item of this.files.values()) item.draw();
      const items = [...this.files.values()].filter((item) => item.state !== "skipped");
      const total = items.reduce((sum, item) => sum + item.bytes, 0);
      const sent = items.reduce((sum, item) => sum + Math.min(item.sent, item.bytes), 0);
      const [arrived, failed] = [this.items("arrived").length, this.items("failed").length];
      const [missing, skipped] = [this.items("missing").length, this.items("skipped").length];
      const open = this.items(...UNDER_WAY).length;
      const percent = items.length && arrived === items.length ? 100 : Math.min(99, Math.floor((100 * sent) / (total || 1)));
      const words = [
        fill(say.count, { done: number(arrived), total: number(items.length) }),
        fill(say.bytes, { done: size(sent), total: size(total) }),
        open && !this.paused ? this.left(sent, total) : "",
        open && this.paused ? say.paused : "",
        failed ? fill(say.count_failed, { n: number(failed) }) : "",
        missing ? fill(say.count_missing, { n: number(missing) }) : "",
        skipped ? fill(say.count_skipped, { n: number(skipped) }) : "",
      ];
      this.summary.hidden = !items.length;
      if (this.bar.value !== percent) this.bar.value = percent;
      write(this.words, words.filter(Boolean).join(" · "));
      this.hold.hidden = !open;
      write(this.hold, this.paused ? say.resume : say.pause);
      this.all.hidden = failed < 2;
      this.next.hidden = !arrived || open > 0;
      if (this.id) this.next.firstChild.setAttribute("href", this.address("/check"));
      this.root.classList.toggle("complete", items.length > 0 && arrived === items.length);
      const told = open ? Math.floor((4 * arrived) / items.length) : `end ${arrived} ${failed} ${missing}`;
      if (items.length && told !== this.told) write(this.status, words[0] + (failed ? `. ${words[4]}` : ""));
      this.told = told;
      pill();
    }

    // How long it is going to take, by what was sent in the last seconds.
    left(sent, total) {
      const now = performance.now();
      this.marks = [...(this.marks ?? []), [now, sent]].filter(([at]) => now - at < 15_000);
      const [at, before] = this.marks[0];
      if (now - at < 2000 || sent <= before) return "";
      const minutes = ((total - sent) * (now - at)) / (sent - before) / 60_000;
      return minutes < 1 ? say.soon : fill(say.minutes, { n: number(Math.ceil(minutes)) });
    }
  }

  // All batches together

  const underWay = () => [...batches.values()].flatMap((batch) => batch.items(...UNDER_WAY));

  const pump = () => {
    let running = underWay().filter((item) => item.state !== "waiting").length;
    for (const item of underWay()) {
      if (running >= AT_ONCE) break;
      if (item.state !== "waiting" || item.batch.paused || !item.batch.id) continue;
      item.start();
      running += 1;
    }
  };

  const batchAt = (zone) => {
    const key = zone.dataset.batch || `${zone.dataset.conference}|${zone.dataset.panel ?? ""}`;
    if (!batches.has(key)) batches.set(key, new Batch(zone.dataset));
    return batches.get(key);
  };

  const attach = () => {
    const zone = document.querySelector(".upload-zone");
    if (zone) {
      const batch = batchAt(zone);
      if (batch.root.parentElement !== zone) {
        zone.replaceChildren(batch.root);
        if (document.activeElement === document.body) batch.focused?.focus({ preventScroll: true });
      }
    }
    pill();
  };

  // On other pages a line in the corner says that uploads go on.
  const pill = () => {
    const [first] = underWay();
    let line = document.querySelector(".upload-pill");
    if (!first || document.querySelector(".upload-zone")) return line?.remove();
    line ??= document.body.appendChild(make("a", { class: "upload-pill" }));
    line.setAttribute("href", first.batch.address("/upload"));
    const files = [...first.batch.files.values()].filter((item) => item.state !== "skipped");
    const done = number(first.batch.items("arrived").length);
    write(line, `${say.going_on} ${fill(say.count, { done, total: number(files.length) })}`);
  };

  // Drag and drop: anywhere on the page

  for (const kind of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      const zone = document.querySelector(".upload-zone");
      if (!zone || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      zone.classList.toggle("over", kind === "dragover");
      if (kind === "drop") dropped(event.dataTransfer).then((found) => batchAt(zone).add(found));
    });
  }

  addEventListener("beforeunload", (event) => { if (underWay().length) event.preventDefault(); });
  addEventListener("online", () => {
    for (const batch of batches.values()) {
      for (const item of batch.items("failed")) if (item.reason === "lost") item.set("waiting");
    }
    pump();
  });
  document.addEventListener("DOMContentLoaded", () => {
    new MutationObserver(attach).observe(document.getElementById("root"), { childList: true, subtree: true });
    attach();
  });
})();
