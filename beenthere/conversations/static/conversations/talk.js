// A conversation that is open: what is said appears, and what one sends stays in the box until it is kept.
// `cursor` is how far everything is here; after a gap the line goes on from it.
import { Line } from "./line.js";

class LiveTalk extends HTMLElement {
  connectedCallback() {
    this.cursor = Number(this.dataset.after);
    this.list = this.querySelector(".words");
    this.form = this.querySelector(".composer");
    this.box = this.form.elements.words;
    this.state = this.querySelector("[data-state]");
    if ("past" in this.dataset) return; // older words: the form works as it does without us
    this.form.addEventListener("submit", (event) => this.send(event));
    addEventListener("pagehide", () => this.tellSeen());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    this.line = new Line(this, this.dataset.ref);
  }

  // What the line hears
  open({ now }) {
    this.cursor = Math.max(this.cursor, now);
    if (this.wasCut) this.say(this.dataset.back);
    this.wasCut = false;
    if (this.waiting) this.line.put(this.waiting); // with the same mark: said once, however often sent
  }

  said({ number, by, words, at, withdrawn }) {
    this.cursor = Math.max(this.cursor, number);
    clearTimeout(this.soon); // not only when one leaves: the list one goes to would be made before that is kept
    this.soon = setTimeout(() => document.hidden || this.tellSeen(), 250);
    const there = this.list.querySelector(`[data-number="${number}"]`);
    if (there && !withdrawn) return;
    const mine = by === this.dataset.me;
    const item = this.item(mine ? "mine" : "theirs", number, words, at, withdrawn);
    if (there) return there.replaceWith(item);
    const near = this.form.getBoundingClientRect().top < innerHeight;
    const later = [...this.list.querySelectorAll(".said")].find((one) => Number(one.dataset.number) > number);
    this.list.insertBefore(item, later ?? null);
    this.querySelector(".first")?.remove();
    if (!mine && !withdrawn) this.querySelector("[data-told]").textContent = `${this.dataset.wrote} ${words}`;
    if (near && !later) this.form.scrollIntoView({ block: "nearest" });
  }

  kept({ kept }) {
    if (this.waiting?.mark !== kept) return;
    if (this.box.value === this.waiting.words) this.box.value = "";
    this.waiting = this.marked = null;
    this.say(this.dataset.kept);
  }

  refused({ refused, why }) {
    if (this.waiting?.mark !== refused) return;
    this.waiting = null;
    if (why === "not_here") return this.closed();
    this.say(why === "too_long" ? this.dataset.long : this.dataset.failed, true);
  }

  closed() {
    if (!this.box.value.trim()) return location.reload();
    this.line.end(); // what was being written is not thrown away with the page
    this.list.remove();
    this.form.querySelector("button").disabled = true;
    this.say(this.dataset.over, true);
  }

  cut(tries) {
    if (tries < 2) return;
    this.wasCut = true;
    this.say(this.dataset.away, true);
  }

  // What one does
  send(event) {
    const words = this.box.value;
    const mark = this.mark(words);
    if (!this.line.ready) return; // no live line: the form goes the plain way
    event.preventDefault();
    if (!words.trim() || this.waiting) return;
    this.waiting = { say: this.dataset.ref, mark, words };
    this.say(this.dataset.sending);
    this.line.put(this.waiting);
  }

  // One mark for the same words, whichever way they go: so they are said once.
  mark(words) {
    const field = this.form.elements.mark;
    if (this.marked === words) return field.value;
    const random = crypto.getRandomValues(new Uint8Array(16));
    this.marked = words;
    return (field.value = [...random].map((one) => one.toString(16).padStart(2, "0")).join(""));
  }

  item(kind, number, words, at, withdrawn) {
    const pattern = this.querySelector(`template[data-for="${withdrawn ? `${kind}-gone` : kind}"]`);
    const item = pattern.content.cloneNode(true).querySelector("li");
    item.id = `m${number}`;
    item.dataset.number = number;
    for (const one of item.querySelectorAll('[value="0"]')) one.value = number;
    for (const one of item.querySelectorAll("a")) one.href = one.href.replace("number=0", `number=${number}`);
    if (!withdrawn) item.querySelector(".text").textContent = words;
    const time = item.querySelector("time");
    const hour = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: this.dataset.zone };
    [time.dateTime, time.textContent] = [at, new Date(at).toLocaleTimeString([], hour)];
    return item;
  }

  say(words, wrong = false) {
    this.state.textContent = words;
    this.state.className = wrong ? "state wrong" : "state";
  }

  tellSeen() {
    const told = new FormData(this.form);
    told.delete("words");
    told.set("number", this.cursor);
    navigator.sendBeacon(this.dataset.seen, told);
  }
}

customElements.define("live-talk", LiveTalk);
