// What scripts of this place keep in this browser: drafts, pages that can be read offline. Told as it is now, and
// emptied by one button. Without JavaScript the button of the page that forgets everything does it.
const KINDS = {
  drafts: () => Object.keys(localStorage).filter((one) => one.startsWith("draft.") && one !== "draft.on").length,
  other: () => Object.keys(localStorage).filter((one) => !one.startsWith("draft.")).length,
  offline: async () => {
    const all = await Promise.all((await caches.keys()).map(async (one) => (await (await caches.open(one)).keys()).length));
    return all.reduce((sum, one) => sum + one, 0);
  },
};
const FORGET = {
  drafts: () => drop((one) => one.startsWith("draft.")),
  other: () => drop((one) => !one.startsWith("draft.")),
  offline: async () => {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    for (const one of await caches.keys()) await caches.delete(one);
  },
};

function drop(which) {
  for (const one of Object.keys(localStorage).filter(which)) localStorage.removeItem(one);
}

class Device extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    for (const row of this.querySelectorAll("[data-kind]")) {
      row.querySelector("button").addEventListener("click", async () => {
        await FORGET[row.dataset.kind]();
        await this.tell(row);
        row.querySelector("[data-count]").focus();
      });
      this.tell(row);
    }
  }

  async tell(row) {
    let count = 0;
    try {
      count = await KINDS[row.dataset.kind]();
    } catch {
      // A browser that keeps nothing.
    }
    row.querySelector("[data-count]").textContent = count ? this.dataset.kept.replace("{n}", count) : this.dataset.nothing;
    row.querySelector("button").hidden = !count;
  }
}

customElements.define("bt-device", Device);
