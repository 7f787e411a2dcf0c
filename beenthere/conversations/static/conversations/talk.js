// A conversation that is open: what is said appears, and what one sends is kept before the box is emptied.
// `cursor` is how far everything is here; after a gap the socket goes on from it.
const NEVER = 4401; // signed out
const seconds = [0.5, 1, 2, 5, 10, 20];

class LiveTalk extends HTMLElement {
  connectedCallback() {
    this.cursor = Number(this.dataset.after);
    this.list = this.querySelector(".words");
    this.form = this.querySelector(".composer");
    this.box = this.form.elements.words;
    this.state = this.querySelector("[data-state]");
    this.tries = 0;
    if ("past" in this.dataset) return; // older words: the form works as it does without us
    this.form.addEventListener("submit", (event) => this.send(event));
    addEventListener("pagehide", () => this.tellSeen());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    this.connect();
  }

  connect() {
    this.socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/live/`);
    this.socket.addEventListener("open", () => this.put({ open: this.dataset.ref, after: this.cursor }));
    this.socket.addEventListener("message", (event) => this.take(JSON.parse(event.data)));
    this.socket.addEventListener("close", (event) => this.gone(event.code));
  }

  gone(code) {
    if (code === NEVER) return location.reload();
    this.ready = false;
    if (this.over) return;
    if (this.tries === 1) this.say(this.dataset.away, true);
    const pause = seconds[Math.min(this.tries++, seconds.length - 1)] * (0.75 + Math.random() / 2);
    setTimeout(() => this.connect(), pause * 1000);
  }

  put(frame) {
    this.socket.send(JSON.stringify(frame));
  }

  take(frame) {
    const told = { said: "show", open: "opened", kept: "kept", refused: "refused", closed: "closed" };
    for (const [key, hears] of Object.entries(told)) if (key in frame && !this.over) return this[hears](frame);
  }

  opened(frame) {
    this.cursor = Math.max(this.cursor, frame.now);
    if (this.tries > 1) this.say(this.dataset.back);
    this.ready = true;
    this.tries = 0;
    if (this.waiting) this.put(this.waiting); // the same mark: said once, however often it is sent
  }

  show({ number, by, words, at, withdrawn }) {
    const mine = by === this.dataset.me;
    const there = this.list.querySelector(`[data-number="${number}"]`);
    this.cursor = Math.max(this.cursor, number);
    if (there && !withdrawn) return;
    const kind = `${mine ? "mine" : "theirs"}${withdrawn ? "-gone" : ""}`;
    const pattern = this.querySelector(`template[data-for="${kind}"]`);
    const item = pattern.content.cloneNode(true).querySelector("li");
    item.id = `m${number}`;
    item.dataset.number = number;
    for (const one of item.querySelectorAll('[value="0"]')) one.value = number;
    for (const one of item.querySelectorAll("a[href]")) one.href = one.href.replace("number=0", `number=${number}`);
    if (!withdrawn) item.querySelector(".text").textContent = words;
    const [time, hour] = [item.querySelector("time"), { hour: "2-digit", minute: "2-digit", hour12: false }];
    time.dateTime = at;
    time.textContent = new Date(at).toLocaleTimeString([], { ...hour, timeZone: this.dataset.zone || undefined });
    if (there) return there.replaceWith(item);
    const later = [...this.list.querySelectorAll(".said")].find((one) => Number(one.dataset.number) > number);
    const near = this.form.getBoundingClientRect().top < innerHeight;
    this.list.insertBefore(item, later ?? null);
    this.querySelector(".first")?.remove();
    if (!mine) this.querySelector("[data-told]").textContent = `${this.dataset.wrote} ${words}`;
    if (near && !later) this.form.scrollIntoView({ block: "nearest" });
  }

  send(event) {
    const words = this.box.value;
    const mark = this.mark(words);
    if (!this.ready) return; // no live line: the form goes the plain way
    event.preventDefault();
    if (!words.trim() || this.waiting) return;
    this.waiting = { say: this.dataset.ref, mark, words };
    this.say(this.dataset.sending);
    this.put(this.waiting);
  }

  // One mark for the same words, whichever way they go: so they are said once.
  mark(words) {
    if (this.marked !== words) {
      const random = crypto.getRandomValues(new Uint8Array(16));
      this.form.elements.mark.value = [...random].map((one) => one.toString(16).padStart(2, "0")).join("");
      this.marked = words;
    }
    return this.form.elements.mark.value;
  }

  kept({ kept }) {
    if (this.waiting?.mark !== kept) return;
    if (this.box.value === this.waiting.words) this.box.value = "";
    this.waiting = this.marked = null;
    this.say(this.dataset.kept);
  }

  refused({ refused, why }) {
    if (refused === this.dataset.ref) setTimeout(() => this.socket.close(), 5000);
    if (this.waiting?.mark !== refused) return;
    this.waiting = null;
    if (why === "not_here") return this.closed();
    this.say(why === "too_long" ? this.dataset.long : this.dataset.failed, true);
  }

  closed() {
    if (!this.box.value.trim()) return location.reload();
    this.over = true; // what was being written is not thrown away with the page
    this.list.remove();
    this.form.querySelector("button").disabled = true;
    this.say(this.dataset.over, true);
  }

  say(words, wrong = false) {
    this.state.textContent = words;
    this.state.classList.toggle("wrong", wrong);
  }

  tellSeen() {
    const told = new FormData(this.form);
    told.delete("words");
    told.set("number", this.cursor);
    navigator.sendBeacon(this.dataset.seen, told);
  }
}

customElements.define("live-talk", LiveTalk);
