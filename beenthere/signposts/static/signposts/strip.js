// Other help beside the box, for the one who writes in it alone. What is written is looked at here, on this device:
// nothing of it is sent, counted or kept. The strip never takes the focus and stands below the box, so that nothing
// moves under a hand that writes. Without this script the place shows it with the page that comes after sending.
const PAUSE = 400; // milliseconds after the last key

class CrisisStrip extends HTMLElement {
  connectedCallback() {
    this.strip = this.querySelector("[data-strip]");
    this.querySelector("[data-away]").addEventListener("click", () => this.putAway());
    this.box = document.getElementById(this.getAttribute("for"));
    if (!this.box) return;
    this.heard = () => this.later();
    this.box.addEventListener("input", this.heard);
    this.begin();
  }

  disconnectedCallback() {
    clearTimeout(this.soon);
    this.box?.removeEventListener("input", this.heard);
  }

  // The rules come once, before anything is written.
  async begin() {
    try {
      this.crisis = await import("./crisis.js");
      await this.crisis.ready(this.dataset.rules);
      this.look();
    } catch {
      // they did not come: the place shows the strip with its next page
    }
  }

  later() {
    clearTimeout(this.soon);
    this.soon = setTimeout(() => this.look(), PAUSE);
  }

  look() {
    const words = this.box.value;
    // Put away for this text: one that was emptied, or cut to less than half, is another.
    if (words.trim().length * 2 < this.away) this.away = 0;
    if (this.away || !this.strip.hidden || !words.trim()) return;
    const lanes = this.crisis.lanesIn(words);
    if (["disclosure", "method", "other"].some((lane) => lanes.has(lane))) this.show();
  }

  show() {
    this.strip.hidden = false;
    const told = this.querySelector("[data-heard]");
    told.textContent = told.dataset.tells;
  }

  putAway() {
    const held = this.strip.contains(document.activeElement);
    this.away = Math.max(1, this.box?.value.trim().length ?? 0);
    this.strip.hidden = true;
    this.querySelector("[data-heard]").textContent = "";
    if (held) this.box?.focus({ preventScroll: true }); // back to where one was writing
  }
}

customElements.define("crisis-strip", CrisisStrip);
