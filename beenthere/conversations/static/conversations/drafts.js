// What one has not sent yet, kept on this device alone, if one chose so for it: as ciphertext. The key comes
// from the place with each page, and is gone there with the sign-in; nothing but `draft.*` stands in the store,
// which signposts' leave.js empties when one leaves quickly or signs out.
const ON = "draft.on";
const SOON = 250; // milliseconds after the last key

export class Drafts {
  constructor(box, talk) {
    this.box = box;
    this.talk = talk;
    this.name = `draft.${talk.dataset.ref}`;
    this.bound = new TextEncoder().encode(talk.dataset.ref);
    const place = talk.querySelector("[data-drafts]");
    this.keep = talk.querySelector("[data-keep]");
    if ("shared" in document.documentElement.dataset) return; // others use this device too: nothing is kept
    if (!globalThis.crypto?.subtle || !stored(() => localStorage)) return; // plain http, or nothing may be kept
    place.hidden = false;
    this.keep.checked = read(ON) === "1";
    this.keep.addEventListener("change", () => (this.keep.checked ? this.begin() : forget()));
    for (const field of [box.area, box.noted]) field.addEventListener("input", () => this.later());
    if (this.keep.checked) this.begin();
  }

  async begin() {
    const told = await this.box.asked();
    if (!told || !this.keep.checked) return;
    stored(() => localStorage.setItem(ON, "1"));
    const bytes = Uint8Array.from(told.key.match(/../g), (one) => parseInt(one, 16));
    this.key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    if (read(this.name) && this.box.isEmpty) await this.bringBack();
    this.later();
  }

  async bringBack() {
    try {
      const all = Uint8Array.from(atob(read(this.name)), (one) => one.charCodeAt(0));
      const plain = await crypto.subtle.decrypt(this.how(all.slice(0, 12)), this.key, all.slice(12));
      const { words, note } = JSON.parse(new TextDecoder().decode(plain));
      if (!this.box.isEmpty) return; // somebody was quicker than we
      if (words === this.lastSaid()) return this.sent(); // it was sent the plain way
      this.box.area.value = words;
      this.box.noted.value = note;
      if (note) this.box.noted.closest("details").open = true;
      this.box.counted();
    } catch {
      stored(() => localStorage.removeItem(this.name)); // of a sign-in that is over: nothing opens it
    }
  }

  lastSaid() {
    return [...this.talk.querySelectorAll(".words .mine .text")].at(-1)?.textContent;
  }

  later() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.put(), SOON);
  }

  async put() {
    if (!this.key || !this.keep.checked) return;
    const [words, note] = [this.box.words, this.box.noted.value];
    if (!words.trim()) return stored(() => localStorage.removeItem(this.name));
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const plain = new TextEncoder().encode(JSON.stringify({ words, note }));
    const sealed = new Uint8Array(await crypto.subtle.encrypt(this.how(nonce), this.key, plain));
    if (read(ON) !== "1" || this.box.words !== words) return; // left, switched off or sent meanwhile
    const whole = [...nonce, ...sealed].map((one) => String.fromCharCode(one)).join("");
    stored(() => localStorage.setItem(this.name, btoa(whole)));
  }

  how(nonce) {
    return { name: "AES-GCM", iv: nonce, additionalData: this.bound };
  }

  sent() {
    clearTimeout(this.soon);
    stored(() => localStorage.removeItem(this.name));
    this.later(); // what was written meanwhile
  }
}

// Nothing of us stays on this device.
export function forget() {
  const ours = stored(() => Object.keys(localStorage).filter((one) => one.startsWith("draft."))) ?? [];
  for (const one of ours) stored(() => localStorage.removeItem(one));
}

function read(name) {
  return stored(() => localStorage.getItem(name));
}

// What `what` gives; null where the browser keeps nothing.
function stored(what) {
  try {
    return what();
  } catch {
    return null;
  }
}
