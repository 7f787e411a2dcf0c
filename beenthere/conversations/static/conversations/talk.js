// A conversation that is open: what is said appears, and what one sends stays in the box until it is kept.
// `cursor` is how far everything is here; after a gap the line goes on from it. What happens beside the words
// comes as events: "talk:changed", "talk:sign" (see line.js).
import { Box } from "./box.js";
import { Covering } from "./covering.js";
import { Line, again } from "./line.js";
import { Items } from "./items.js";
import { Signs } from "./signs.js";

class LiveTalk extends HTMLElement {
  connectedCallback() {
    this.cursor = Number(this.dataset.after);
    this.list = this.querySelector(".words");
    this.form = this.querySelector(".composer");
    this.state = this.querySelector("[data-state]");
    this.box = new Box(this);
    this.covering = new Covering(this);
    this.form.addEventListener("submit", (event) => this.send(event));
    if ("past" in this.dataset) return; // older words: what one sends goes the plain way
    this.items = new Items(this);
    addEventListener("pagehide", () => this.signs.seen());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    this.line = new Line(this, this.dataset.ref);
    this.signs = new Signs(this);
  }

  // The page was emptied, because somebody leaves.
  disconnectedCallback() {
    this.line?.end();
  }

  // What the line hears
  open({ now }) {
    this.cursor = Math.max(this.cursor, now);
    if (this.wasCut) this.say(this.dataset.back);
    this.wasCut = false;
    if (this.waiting) this.line.put(this.waiting); // with the same mark: said once, however often sent
    this.signs.readTo(this.cursor);
  }

  said(frame) {
    const { number, by, withdrawn, again } = frame;
    this.cursor = Math.max(this.cursor, number);
    clearTimeout(this.soon); // not only when one leaves: the list one goes to would be made before that is kept
    this.soon = setTimeout(() => document.hidden || this.signs.seen(), 250);
    const there = this.list.querySelector(`[data-number="${number}"]`);
    if (there && !withdrawn && !again) return;
    const mine = by === this.dataset.me;
    const item = this.items.item(mine, frame);
    if (there) return this.items.replace(there, item, number);
    const near = this.form.getBoundingClientRect().top < innerHeight;
    const later = [...this.list.querySelectorAll(".said")].find((one) => Number(one.dataset.number) > number);
    this.list.insertBefore(item, later ?? null);
    this.querySelector(".first")?.remove();
    if (!mine && !withdrawn) this.items.tell(frame);
    if (!mine) this.signs.quiet();
    if (near && !later) this.form.scrollIntoView({ block: "nearest" });
  }

  kept({ kept }) {
    if (this.waiting?.mark !== kept) return;
    this.box.sent(this.waiting);
    this.waiting = null;
    this.say(this.dataset.kept);
  }

  refused({ refused, why }) {
    if (this.waiting?.mark !== refused) return;
    const { words, note } = this.waiting;
    this.waiting = null;
    if (why === "not_here") return this.closed();
    if (why === "outside") return this.box.heldBack(words, note);
    if (this.covering.asks(why)) return this.covering.ask(why);
    const until = why.includes(":") && new Date(why.slice(why.indexOf(":") + 1)).toLocaleString();
    if (until) return this.say(this.dataset.stopped.replace("{when}", until), true);
    this.say(why === "too_long" ? this.dataset.long : this.dataset.failed, true);
  }

  closed() {
    if (this.box.isEmpty) return again();
    this.line.end(); // what was being written is not thrown away with the page
    this.items.remove();
    this.form.querySelector("button.main").disabled = true;
    this.say(this.dataset.over, true);
  }

  cut(tries) {
    if (tries < 2) return;
    this.wasCut = true;
    this.say(this.dataset.away, true);
  }

  // What one does
  async send(event) {
    if (event.submitter?.name === "ask") return; // the door is asked for, and the page comes back
    event.preventDefault();
    const { words, note } = this.box;
    if (!words.trim() || this.waiting || this.looking) return;
    const covered = event.submitter?.name === "covered_ok"; // one was asked, and said yes
    this.looking = true; // a moment, on this device alone
    const admitted = (await this.box.admits(words, note)) && (await this.covering.admits(words, note, covered));
    this.looking = false;
    if (!admitted) return this.say("");
    const mark = this.box.mark(words, note);
    if (!this.line?.ready) return this.covering.plainly(covered); // no live line: the form goes the plain way
    this.waiting = { say: this.dataset.ref, mark, words, ...(note && { note }), ...(covered && { covered_ok: true }) };
    this.say(this.dataset.sending);
    this.line.put(this.waiting);
  }

  say(words, wrong = false) {
    this.state.textContent = words;
    this.state.className = wrong ? "state wrong" : "state";
  }
}

customElements.define("live-talk", LiveTalk);
