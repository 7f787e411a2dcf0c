// A file can be dropped anywhere on the frame; the field inside stays the one that is sent.
class Drop extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input[type=file]");
    this.chosen = this.querySelector(".chosen");
    if (!this.field) return;
    this.field.addEventListener("change", () => this.say());
    for (const name of ["dragenter", "dragover"]) {
      this.addEventListener(name, (event) => {
        event.preventDefault();
        this.classList.add("over");
      });
    }
    this.addEventListener("dragleave", (event) => {
      if (!this.contains(event.relatedTarget)) this.classList.remove("over");
    });
    this.addEventListener("drop", (event) => this.take(event));
  }

  take(event) {
    event.preventDefault();
    this.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    this.field.files = one.files;
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  say() {
    const file = this.field.files[0];
    this.chosen.hidden = !file;
    this.chosen.textContent = file ? `${this.dataset.chosen} ${file.name}` : "";
  }
}

customElements.define("bt-drop", Drop);
