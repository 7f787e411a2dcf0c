// Messages as the page shows them, copied from its patterns.
import { isMuted, rulesFrom } from "./folding.js";

export class Items {
  constructor(talk) {
    this.talk = talk;
    this.muting = JSON.parse(talk.dataset.muting || "[]");
    if (this.muting.length) rulesFrom(talk.dataset.stems).then((rules) => (this.rules = rules));
  }

  item(mine, { number, words, at, withdrawn, kind = "words", note = "", piece, covered, hidden }) {
    const item = this.pattern(`${mine ? "mine" : "theirs"}${withdrawn ? "-gone" : ""}`).querySelector("li");
    item.id = `m${number}`;
    item.dataset.number = number;
    if (kind !== "words") item.classList.add(kind);
    for (const one of item.querySelectorAll('[value="0"]')) one.value = number;
    for (const one of item.querySelectorAll("a")) one.href = one.href.replace("number=0", `number=${number}`);
    if (!withdrawn) this.fill(item.querySelector(".text"), words, piece, mine ? "" : covered || this.cover(words, note, piece), note);
    if (hidden) item.querySelector(".gone").textContent = item.querySelector(".gone").dataset[hidden];
    if (mine && covered && !withdrawn) item.querySelector(".meta").before(this.pattern("covered"));
    const time = item.querySelector("time");
    const hour = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: this.talk.dataset.zone };
    [time.dateTime, time.textContent] = [at, new Date(at).toLocaleTimeString([], hour)];
    return item;
  }

  fill(text, words, piece, cover, note) {
    text.textContent = words;
    const parts = [text];
    if (piece) parts.push(Object.assign(document.createElement("blockquote"), { className: "carried", dir: "auto", textContent: piece }));
    if (piece === "") parts.push(this.pattern("taken").querySelector("p"));
    const folded = cover || (note && "noted");
    if (!folded) return text.after(...parts.slice(1));
    const details = this.pattern(folded).querySelector("details");
    if (folded === "noted") details.querySelector("bdi").textContent = note;
    else if (note) parts.unshift(Object.assign(document.createElement("p"), { className: "about", dir: "auto", textContent: note }));
    text.replaceWith(details);
    details.append(...parts);
  }

  // "muted" for what stands behind one's muted words. Until the rules are here everything does.
  cover(words, note, piece) {
    if (!this.muting.length) return "";
    return !this.rules || isMuted(this.rules, [words, note, piece ?? ""].join("\n"), this.muting) ? "muted" : "";
  }

  // What comes is read out; what is gone from the page is gone from there too.
  tell(frame) {
    this.readOut(this.told(frame), frame.number);
  }

  replace(there, item, number) {
    if (this.last === number) this.readOut("");
    there.replaceWith(item);
  }

  remove() {
    this.readOut("");
    this.talk.list.remove();
  }

  readOut(words, number = 0) {
    this.last = number;
    this.talk.querySelector("[data-told]").textContent = words;
  }

  told({ words, note = "", piece, covered }) {
    const { wrote, folded, under } = this.talk.dataset;
    if (covered) return under;
    return this.cover(words, note, piece) ? folded : `${wrote} ${note || words}`;
  }

  pattern(name) {
    return this.talk.querySelector(`template[data-for="${name}"]`).content.cloneNode(true);
  }
}
