// A button that asks the browser for a passkey and puts its answer into the form around it. The element is
// hidden until we know that this browser can; without JavaScript the other ways of the page are all there is.
const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

class Passkey extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector("[role=status]");
    this.answer = this.querySelector("input[name=passkey]");
    this.hidden = !window.PublicKeyCredential;
    if (this.answer.value) this.status.textContent = this.dataset.kept;
    this.querySelector("button").addEventListener("click", (event) => this.ask(event.currentTarget));
  }

  async ask(button) {
    button.disabled = true;
    this.status.textContent = "";
    try {
      this.answer.value = JSON.stringify(await this.answered());
      if (this.dataset.wait) this.status.textContent = this.dataset.kept;
      else this.closest("form").submit();
    } catch {
      this.status.textContent = this.dataset.failed;
    }
    button.disabled = false;
  }

  async answered() {
    const options = JSON.parse(this.dataset.options);
    options.challenge = toBytes(options.challenge);
    if (options.user) options.user.id = toBytes(options.user.id);
    for (const one of options.excludeCredentials ?? []) one.id = toBytes(one.id);
    const asked = { publicKey: options };
    const made = this.dataset.make ? await navigator.credentials.create(asked) : await navigator.credentials.get(asked);
    const response = { clientDataJSON: toText(made.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[name]) response[name] = toText(made.response[name]);
    }
    return { id: made.id, rawId: toText(made.rawId), type: made.type, response, clientExtensionResults: {} };
  }
}

customElements.define("bt-passkey", Passkey);
