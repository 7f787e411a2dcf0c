// Ways of harming oneself, and urging somebody to it: the writer is asked first, and the other meets it behind a
// cover. Heard here, on this device; what somebody says of themselves is never asked about.
const LANES = ["method", "urging"];

export class Covering {
  constructor(talk) {
    this.talk = talk;
    this.notice = talk.querySelector("[data-cover]");
    this.notice.querySelector("[data-change]").addEventListener("click", (event) => this.change(event));
  }

  // Whether it may be sent as it is: else its writer is asked, and nobody else learns of it.
  async admits(words, note, covered) {
    this.notice.hidden = true;
    if (covered) return true;
    const lane = await this.lane(words, note);
    if (lane) this.ask(lane);
    return !lane;
  }

  async lane(words, note) {
    try {
      const { ready, lanesIn } = await import("../signposts/crisis.js");
      await ready(this.talk.dataset.crisis);
      const lanes = lanesIn([note, words].filter(Boolean).join("\n"));
      return LANES.find((lane) => lanes.has(lane)) ?? "";
    } catch {
      return ""; // the rules did not come: the place itself asks
    }
  }

  // Whether the place asks this, and not something else.
  asks(why) {
    return LANES.includes(why);
  }

  ask(lane) {
    this.talk.say("");
    for (const one of this.notice.querySelectorAll("[data-lane]")) one.hidden = one.dataset.lane !== lane;
    this.notice.hidden = false;
    this.notice.scrollIntoView({ block: "nearest" });
  }

  // The form as the browser sends it: what was answered goes along.
  plainly(covered) {
    const said = { type: "hidden", name: "covered_ok", value: "yes" };
    if (covered) this.talk.form.append(Object.assign(document.createElement("input"), said));
    this.talk.form.submit();
  }

  change(event) {
    event.preventDefault();
    this.notice.hidden = true;
    this.talk.form.elements.words.focus();
  }
}
