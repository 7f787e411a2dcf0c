// Keeps Help now on this device, if its owner says so, and forgets it again. What is kept is named by the page:
// copies that are fetched as nobody (no cookie goes along), and what they are drawn with.
const CACHE = "help-now";
// Where a browser knows Trusted Types, the address of a script comes out of a named policy; this one knows one.
const policy = globalThis.trustedTypes?.createPolicy("help-worker", {
  createScriptURL: (address) => {
    if (new URL(address, location.origin).href !== `${location.origin}/help/worker.js`) throw new TypeError(address);
    return address;
  },
});

class KeepHelp extends HTMLElement {
  async connectedCallback() {
    if (!("serviceWorker" in navigator) || !("caches" in globalThis)) return; // plain http
    this.pages = this.dataset.pages.split(" ");
    this.files = this.dataset.files.split(" ");
    this.addEventListener("click", (event) => this.chosen(event.target.dataset.do));
    await this.look();
    this.hidden = false;
    const isOld = this.when === "yes" && !("isCopy" in this.dataset);
    if (isOld) this.keep().catch(() => {}); // made new; what was there stays until then
  }

  async chosen(what) {
    if (what !== "keep" && what !== "forget") return;
    try {
      await (what === "keep" ? this.keep() : this.forget());
      this.tell(what === "keep" ? "kept" : "forgotten");
    } catch {
      this.tell("failed");
    }
    await this.look();
  }

  async keep() {
    const all = [...this.pages, ...this.files];
    const answers = await Promise.all(all.map(asNobody));
    const { worker } = this.dataset;
    await navigator.serviceWorker.register(policy ? policy.createScriptURL(worker) : worker, { scope: "/" });
    await caches.delete(CACHE);
    const cache = await caches.open(CACHE);
    for (const [at, answer] of answers.entries()) await cache.put(all[at], answer); // in this order: worker.js
  }

  async forget() {
    await caches.delete(CACHE);
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
  }

  // Whether this page is kept, that of another country, or none.
  async look() {
    const kept = await caches.match(this.pages[0], { cacheName: CACHE, ignoreVary: true });
    this.when = kept ? "yes" : (await caches.has(CACHE)) ? "other" : "no";
    for (const one of this.querySelectorAll("[data-when]")) one.hidden = one.dataset.when !== this.when;
  }

  tell(what) {
    const said = this.querySelector("[data-said]");
    said.textContent = said.dataset[what];
  }
}

async function asNobody(address) {
  const answer = await fetch(address, { credentials: "omit", cache: "no-cache", redirect: "error" });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

customElements.define("help-keep", KeepHelp);
