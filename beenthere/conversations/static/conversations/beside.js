// What stands beside the words follows what both do: the block is asked for again when the line says that
// something changed, and when a lamp, a wish or a turn has run out. Without this the forms do the same.
import { pageOf } from "../ui/trusted.js";

class LiveBeside extends HTMLElement {
  connectedCallback() {
    this.told = this.querySelector("[data-told]");
    const talk = document.querySelector("live-talk");
    talk?.addEventListener("talk:changed", () => this.refresh());
    this.pulse = setInterval(() => this.look(talk?.line), 1000);
    this.addEventListener("submit", (event) => this.send(event));
    this.addEventListener("click", (event) => this.ask(event));
    this.shown = () => document.hidden || this.refresh(); // what was missed while nobody looked
    document.addEventListener("visibilitychange", this.shown);
    this.wait();
  }

  disconnectedCallback() {
    clearTimeout(this.later);
    clearInterval(this.pulse);
    document.removeEventListener("visibilitychange", this.shown);
  }

  get block() { return this.querySelector("[data-block]"); }

  wait() {
    clearTimeout(this.later);
    const seconds = Number(this.block.dataset.again);
    if (seconds) this.later = setTimeout(() => this.refresh(), seconds * 1000);
  }

  // What happened while the line was cut, nobody told us.
  look(line) {
    if (!line?.ready || line.socket === this.socket) return;
    if (this.socket) this.refresh();
    this.socket = line.socket;
  }

  // One question at a time; what changes meanwhile is asked for after it.
  async refresh() {
    this.due = true;
    if (this.asking) return;
    this.asking = true;
    try {
      while (this.due) {
        this.due = false;
        await this.renew();
      }
    } catch {
      // it stays as it was; the next change or the next look asks again
    }
    this.asking = false;
  }

  async renew() {
    const page = await this.page(this.dataset.from);
    const fresh = page?.querySelector("live-beside [data-block]");
    const old = this.block;
    if (!fresh) return;
    const [token, before] = [fresh, old].map((block) => block.querySelector("[name=csrfmiddlewaretoken]"));
    token.value = before.value;
    token.setAttribute("value", before.getAttribute("value"));
    for (const one of fresh.querySelectorAll("details[data-key]")) {
      one.open = old.querySelector(`details[data-key="${one.dataset.key}"]`)?.open ?? false;
    }
    fresh.querySelector("[data-answer]").textContent = old.querySelector("[data-answer]").textContent;
    if (fresh.outerHTML !== old.outerHTML) this.put(document.adoptNode(fresh), old);
    this.wait();
  }

  put(fresh, old) {
    const before = new Set(this.lines(old));
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(fresh);
    if (focused) this.focusLike(focused, fresh);
    this.told.textContent = this.lines(fresh).filter((line) => !before.has(line)).join(" ");
  }

  lines(block) {
    return [...block.querySelectorAll("[data-line] > span")].map((line) => line.textContent.trim());
  }

  // The same control again; where it is gone, the one that opens the block.
  focusLike(focused, fresh) {
    const alike = [...fresh.querySelectorAll("button, a, summary")];
    const same = (one) => one.tagName === focused.tagName && one.value === focused.value && one.href === focused.href;
    (alike.find(same) ?? fresh.querySelector("summary")).focus({ preventScroll: true });
  }

  async send(event) {
    if (this.plain) return;
    event.preventDefault();
    const [form, button, told] = [event.target, event.submitter, new FormData(event.target)];
    told.set(button.name, button.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: told, redirect: "manual" });
      if (answer.type !== "opaqueredirect") throw new Error("refused");
    } catch {
      this.plain = true; // the browser shows what is wrong
      return form.requestSubmit(button);
    }
    this.refresh();
  }

  async ask(event) {
    const link = event.target.closest("[data-ask]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const page = await this.page(link.href).catch(() => null);
    const answer = page?.querySelector("[data-balance]");
    if (!answer) return this.isConnected && location.assign(link.href);
    this.querySelector("[data-answer]").textContent = answer.textContent;
  }

  async page(address) {
    return pageOf(await fetch(address, { headers: { accept: "text/html" }, redirect: "manual" }));
  }
}

customElements.define("live-beside", LiveBeside);
