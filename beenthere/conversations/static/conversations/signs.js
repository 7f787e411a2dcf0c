// Who is here, who is writing, how far somebody has read: as quiet lines, where both want it.
const TELL_EVERY = 3000; // milliseconds
const WRITES_FOR = 6000;

export class Signs {
  constructor(talk) {
    this.talk = talk;
    this.place = talk.querySelector("[data-signs]");
    this.shown = talk.dataset.shown.split(" ");
    this.told = { typing: 0, read: 0 };
    this.here = this.writes = false;
    talk.addEventListener("talk:sign", ({ detail }) => this.heard(detail));
    talk.form.elements.words.addEventListener("input", () => this.typing());
  }

  // Which signs both want now.
  show(shown) {
    this.shown = shown;
    if (!shown.includes("here")) this.here = false;
    if (!shown.includes("typing")) this.writes = false;
    if (!shown.includes("read")) this.talk.list.querySelector("[data-read]")?.remove();
    this.say();
    this.told.read = 0;
    this.readTo(this.talk.cursor);
  }

  heard({ sign, by, number, on }) {
    if (by === this.talk.dataset.me) return;
    if (sign === "here") this.here = on;
    if (sign === "here" && !on) this.writes = false;
    if (sign === "typing") this.isWriting();
    if (sign === "read") this.hasRead(number);
    this.say();
  }

  isWriting() {
    this.writes = true;
    clearTimeout(this.over);
    this.over = setTimeout(() => this.quiet(), WRITES_FOR);
  }

  // The other has stopped writing, or has just said it.
  quiet() {
    this.writes = false;
    this.say();
  }

  hasRead(number) {
    const mine = [...this.talk.list.querySelectorAll(".mine")].filter((one) => Number(one.dataset.number) <= number);
    if (!mine.length) return;
    const line = this.talk.list.querySelector("[data-read]") ?? this.talk.items.pattern("read").querySelector("li");
    mine.at(-1).after(line);
  }

  say() {
    const { here, typing } = this.talk.dataset;
    this.place.textContent = this.writes ? typing : this.here ? here : "";
  }

  // What one tells the other, by doing it
  typing() {
    if (!this.shown.includes("typing") || this.talk.box.isEmpty || Date.now() - this.told.typing < TELL_EVERY) return;
    this.told.typing = Date.now();
    this.put({ sign: this.talk.dataset.ref, what: "typing" });
  }

  // The place is told how far everything was seen, for the list of talks; not by a page that was left.
  seen() {
    const { dataset, form, cursor, isConnected } = this.talk;
    if (!isConnected) return;
    const told = new FormData();
    told.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    told.set("number", cursor);
    navigator.sendBeacon(dataset.seen, told);
    this.readTo(cursor);
  }

  readTo(number) {
    if (!this.shown.includes("read") || number <= this.told.read || document.hidden || !this.talk.line.ready) return;
    this.told.read = number;
    this.put({ sign: this.talk.dataset.ref, what: "read", number });
  }

  put(frame) {
    if (this.talk.line.ready) this.talk.line.put(frame);
  }
}
