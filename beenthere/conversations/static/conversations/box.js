// The box one writes in: how much fits, what leads outside (heard here, on this device), and what is kept of it.
import { Drafts } from "./drafts.js";

const MOST = 4000; // characters
const NEAR = 200; // from here on they are counted

export class Box {
  constructor(talk) {
    this.talk = talk;
    this.area = talk.form.elements.words;
    this.noted = talk.form.elements.note;
    this.notice = talk.querySelector("[data-outside]");
    this.count = talk.querySelector("[data-count]");
    this.isOpen = "door" in talk.dataset;
    this.drafts = new Drafts(this, talk);
    this.area.addEventListener("input", () => this.counted());
    this.notice.querySelector("[data-change]").addEventListener("click", (event) => this.change(event));
    talk.addEventListener("talk:changed", () => this.look());
    this.counted();
  }

  get words() {
    return this.area.value;
  }

  get note() {
    return this.noted.value.trim();
  }

  get isEmpty() {
    return !this.words.trim();
  }

  // Whether it may be sent: else the writer is told, and nobody else.
  async admits(words, note) {
    this.notice.hidden = true;
    if (this.isOpen) return true;
    const kinds = await this.heard(words, note);
    if (kinds.length) this.tell(kinds);
    return !kinds.length;
  }

  async heard(words, note) {
    try {
      const { outside } = await import("../signposts/outside.js");
      const rules = this.talk.dataset.rules;
      return [...new Set([...(await outside(words, rules)), ...(await outside(note, rules))])];
    } catch {
      return []; // the rules did not come: the place itself looks too, and holds it back
    }
  }

  // The place held it back.
  async heldBack(words, note = "") {
    this.isOpen = false;
    this.talk.say("");
    this.tell(await this.heard(words, note));
  }

  tell(kinds) {
    for (const one of this.notice.querySelectorAll("[data-kind]")) one.hidden = !kinds.includes(one.dataset.kind);
    this.notice.hidden = false;
    this.notice.scrollIntoView({ block: "nearest" });
  }

  change(event) {
    event.preventDefault();
    this.notice.hidden = true;
    this.area.focus();
  }

  // Something was settled beside the words: perhaps the door.
  async look() {
    const told = await this.asked();
    if (!told) return;
    this.isOpen = told.door;
    if (told.door) this.notice.hidden = true;
    this.talk.signs?.show(told.shown);
  }

  async asked() {
    try {
      const answer = await fetch(this.talk.dataset.box);
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  // One mark for the same words, whichever way they go: so they are said once.
  mark(words, note) {
    const field = this.talk.form.elements.mark;
    const told = JSON.stringify([words, note]);
    if (this.marked === told) return field.value;
    const random = crypto.getRandomValues(new Uint8Array(16));
    this.marked = told;
    return (field.value = [...random].map((one) => one.toString(16).padStart(2, "0")).join(""));
  }

  sent({ words, note = "" }) {
    this.marked = null;
    this.talk.querySelector("[data-asked]")?.remove(); // it says that nothing was sent
    if (this.words === words) this.area.value = "";
    if (this.note === note) this.noted.value = "";
    const details = this.noted.closest("details");
    if (!this.note && !details.contains(document.activeElement)) details.open = false;
    this.counted();
    this.drafts.sent();
  }

  counted() {
    const left = MOST - [...this.words].length;
    const { left: few, many } = this.count.dataset;
    this.count.hidden = left > NEAR;
    this.count.textContent = left < 0 ? `${many} ${-left}` : `${few} ${left}`;
  }
}
