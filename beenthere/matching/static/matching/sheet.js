// Tells the server when a page of an open sheet is left, so that the sheet is forgotten soon after the
// last one. The forms of the page carry the proof that it is ours.
class OpenSheet extends HTMLElement {
  connectedCallback() {
    this.leave = () => this.tell();
    // A page that comes back from the browser's memory has said already that it was left.
    this.come = (event) => event.persisted && location.reload();
    addEventListener("pagehide", this.leave);
    addEventListener("pageshow", this.come);
    this.querySelector("form").addEventListener("submit", () => this.disconnectedCallback());
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.leave);
    removeEventListener("pageshow", this.come);
  }

  tell() {
    const form = new FormData();
    form.append("csrfmiddlewaretoken", this.querySelector("input[name=csrfmiddlewaretoken]").value);
    form.append("look", this.dataset.look);
    navigator.sendBeacon(this.dataset.left, form);
  }
}

customElements.define("bt-open-sheet", OpenSheet);

// A pair that was kept or parted is drawn anew, and the button that had the focus is gone with the old one.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement === document.body) event.detail.elt.querySelector?.("button.act")?.focus();
});
