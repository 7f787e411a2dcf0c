// Tells the server when the page of an open sheet is left, so that the sheet is forgotten soon.
class OpenSheet extends HTMLElement {
  connectedCallback() {
    this.leave = () => this.tell();
    addEventListener("pagehide", this.leave);
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.leave);
  }

  tell() {
    const proof = this.querySelector("input[name=csrfmiddlewaretoken]");
    const form = new FormData();
    form.append("csrfmiddlewaretoken", proof.value);
    navigator.sendBeacon(this.dataset.left, form);
  }
}

customElements.define("bt-open-sheet", OpenSheet);
