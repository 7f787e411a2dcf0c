// The only way by which text becomes a page here. Browsers that know Trusted Types refuse every other one: the policy
// makes HTML of what one of our own addresses answered just now, and of nothing else, so that no script of ours can
// be led to put somebody's words into a page as markup.
let answered = false; // an answer of our own is being read
const policy = globalThis.trustedTypes?.createPolicy("beenthere", {
  createHTML: (text) => {
    if (!answered) throw new TypeError("Only an answer of this place becomes a page.");
    return text;
  },
});

const isOurs = (address) => new URL(address, location.href).origin === location.origin;

function read(text, parse) {
  answered = true;
  try {
    return parse(policy ? policy.createHTML(text) : text);
  } finally {
    answered = false;
  }
}

// The page that `answer` (of `fetch`) holds; nothing in it runs. Null for what is no page of ours.
export async function pageOf(answer) {
  const isPage = answer.headers.get("content-type")?.startsWith("text/html");
  if (!answer.ok || answer.type !== "basic" || !isOurs(answer.url) || !isPage) return null;
  const text = await answer.text();
  return read(text, (html) => new Parser().parseFromString(html, "text/html"));
}

// htmx reads its answers by itself: between its asking us whether to put an answer in place and its having done so,
// and only where the answer is ours, what it reads with takes it.
const Parser = globalThis.DOMParser;
let swaps = false;
if (policy) {
  globalThis.DOMParser = class extends Parser {
    parseFromString(text, type) {
      if (!swaps || typeof text !== "string") return super.parseFromString(text, type);
      return read(text, (html) => super.parseFromString(html, type));
    }
  };
  const parse = Document.parseHTMLUnsafe?.bind(Document);
  if (parse) Document.parseHTMLUnsafe = (text) => (swaps && typeof text === "string" ? read(text, parse) : parse(text));
}
document.addEventListener("htmx:beforeSwap", (event) => {
  swaps = isOurs(event.detail.xhr.responseURL);
  if (!swaps) event.preventDefault();
  queueMicrotask(() => (swaps = false));
});
