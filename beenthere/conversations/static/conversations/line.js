// The line to the place: frames in both ways, and connecting again, later each time, when it is cut.
const SIGNED_OUT = 4401;
const PAUSES = [0.5, 1, 2, 5, 10, 20]; // seconds
const REFUSED = 5; // seconds until a conversation that was not opened is asked for again
const GOING = 15; // seconds that a form which was sent may take

// Loading anew would break off what is on the way: the page of a form that was sent, and above all the other
// page, when somebody leaves quickly. That ends the sign-in, so the line is cut in the same moment.
let going = 0;
addEventListener("submit", (event) => event.defaultPrevented || (going = Date.now()));
const isLeaving = () => document.documentElement.classList.contains("leaving");
export const again = () => isLeaving() || Date.now() - going <= GOING * 1000 || location.reload();

export class Line {
  // `talk` has a `cursor`, and hears by name: said, open, kept, refused, closed (each with the frame), cut. Two
  // more frames become events: "talk:changed" (something beside the words) and "talk:sign".
  constructor(talk, ref) {
    this.talk = talk;
    this.ref = ref;
    this.tries = 0;
    this.connect();
  }

  connect() {
    this.ready = this.opened = false;
    this.socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/live/`);
    this.socket.addEventListener("open", () => this.begin());
    this.socket.addEventListener("message", (event) => this.take(JSON.parse(event.data)));
    this.socket.addEventListener("close", (event) => this.cut(event.code));
  }

  begin() {
    this.opened = true;
    this.put({ open: this.ref, after: this.talk.cursor });
  }

  put(frame) {
    this.socket.send(JSON.stringify(frame));
  }

  take(frame) {
    if (frame.refused === this.ref) setTimeout(() => this.socket.close(), REFUSED * 1000);
    if ("open" in frame) {
      this.ready = true;
      this.tries = 0;
    }
    for (const name of ["said", "open", "kept", "refused", "closed"]) {
      if (name in frame) return this.talk[name](frame);
    }
    for (const name of ["changed", "sign"]) {
      if (name in frame) this.talk.dispatchEvent(new CustomEvent(`talk:${name}`, { detail: frame }));
    }
  }

  cut(code) {
    this.ready = false;
    if (this.over) return;
    if (code === SIGNED_OUT) return again();
    if (!this.opened) this.look();
    this.talk.cut(++this.tries);
    const pause = PAUSES[Math.min(this.tries, PAUSES.length) - 1] * (0.75 + Math.random() / 2);
    setTimeout(() => this.connect(), pause * 1000);
  }

  // A line that is refused does not say why. Whoever was signed out while it was cut is led away from here.
  async look() {
    const answer = await fetch(location.pathname, { redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect" && !this.over) again();
  }

  end() {
    this.over = true;
    this.socket.close();
  }
}
