// What is offered near the box: a question that is chosen goes into the box, others come without loading the
// page, and all of it is looked at again when something changed. Nothing is ever sent from here.
import { pageOf } from "../ui/trusted.js";

class TalkOffers extends HTMLElement {
  connectedCallback() {
    this.talk = this.closest("live-talk");
    this.box = this.talk?.querySelector(".composer [name=words]");
    this.addEventListener("click", (event) => this.clicked(event));
    this.talk?.addEventListener("talk:changed", () => this.look(this.asked ?? ""));
  }

  clicked(event) {
    const link = event.target.closest("a[data-look], a[data-ask]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if ("look" in link.dataset) {
      event.preventDefault();
      this.look(link.search, link.dataset.key);
    } else if (this.box) {
      event.preventDefault();
      this.put(link.textContent.trim());
    }
  }

  // Into the box, after what stands there.
  put(words) {
    const before = this.box.value.trimEnd();
    this.box.value = before ? `${before}\n${words}` : words;
    this.box.dispatchEvent(new Event("input", { bubbles: true }));
    this.querySelector('details[data-key="question"]').open = false;
    this.box.focus();
    this.box.setSelectionRange(this.box.value.length, this.box.value.length);
  }

  async look(search, key) {
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const answer = await fetch(this.dataset.from + search).catch(() => null);
    if (!answer?.ok || answer.redirected) return key && this.isConnected && location.assign(this.link(key));
    const inside = (await pageOf(answer))?.querySelector(".inside");
    if (!inside || turn !== this.turn) return;
    this.asked = search || this.asked;
    this.show(inside, key);
  }

  link(key) {
    return this.querySelector(`a[data-key="${key}"]`).href;
  }

  // In place of what stood here: what was open stays open, and the focus where it was.
  show(inside, key) {
    const focused = key ?? (this.contains(document.activeElement) && document.activeElement.closest("[data-key]")?.dataset.key);
    const onSummary = !key && document.activeElement.matches("summary");
    const open = [...this.querySelectorAll("details[open]")].map((one) => one.dataset.key);
    this.replaceChildren(inside);
    for (const one of this.querySelectorAll("details")) one.open = open.includes(one.dataset.key);
    const again = focused && this.querySelector(`[data-key="${focused}"]`);
    if (again) (onSummary ? again.querySelector("summary") : again)?.focus();
    this.takeBack(inside.dataset.taken ?? "");
  }

  // Pieces that their author took back are gone from the messages at once.
  takeBack(numbers) {
    const said = this.talk?.querySelector('template[data-for="taken"]')?.content.querySelector("p");
    for (const number of numbers.split(" ").filter(Boolean)) {
      const piece = this.talk?.querySelector(`.words [data-number="${number}"] .carried`);
      if (piece && said) piece.replaceWith(said.cloneNode(true));
      else piece?.remove();
    }
  }
}

customElements.define("talk-offers", TalkOffers);
