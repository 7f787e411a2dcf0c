// Chooses the browser's own time zone in the list inside, once, where nobody chose yet.
class Zone extends HTMLElement {
  connectedCallback() {
    const field = this.querySelector("select");
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!field || field.value !== "UTC" || !zone) return;
    if ([...field.options].some((one) => one.value === zone)) field.value = zone;
  }
}

customElements.define("bt-zone", Zone);
