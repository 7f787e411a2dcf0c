// Answers while there is no network, in a browser whose owner keeps Help now: with the pages that keep.js put
// there and nothing else. With a network everything passes by unchanged, and nothing is ever added here.
const CACHE = "help-now";
const PATIENCE = 4000; // milliseconds: a network that answers nothing is none to somebody who needs help

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => {
  if (event.data !== "forget") return;
  event.waitUntil(Promise.all([caches.delete(CACHE), registration.unregister()]));
});

addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const asked = new URL(url);
  if (method !== "GET" || asked.origin !== location.origin) return;
  if (asked.pathname === "/leave/") return; // the way out waits for nobody
  if (mode === "navigate") event.respondWith(page(event.request, asked));
  else if (asked.pathname.startsWith("/static/")) event.respondWith(file(event.request));
});

async function page(request, asked) {
  const isHelp = asked.pathname.startsWith("/help/");
  const answer = fetch(request);
  try {
    return await (isHelp ? Promise.race([answer, late()]) : answer);
  } catch (fault) {
    const copy = await kept(isHelp, asked.searchParams.get("language"));
    if (copy) return copy;
    return answer; // nothing is kept any more: what the network says, however late
  }
}

const late = () => new Promise((_, refuse) => setTimeout(() => refuse(new Error("late")), PATIENCE));

// The copy in the language that was asked for, else in the one that it was kept in, which stands first.
async function kept(isHelp, language) {
  if (!(await caches.has(CACHE))) return null;
  const cache = await caches.open(CACHE);
  const pages = (await cache.keys()).filter(({ url }) => {
    const { pathname } = new URL(url);
    return pathname === (isHelp ? "/help/kept/" : "/help/no-network/");
  });
  const wanted = pages.find(({ url }) => new URL(url).searchParams.get("language") === language);
  return (wanted ?? pages[0]) ? cache.match(wanted ?? pages[0], { ignoreVary: true }) : null;
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (fault) {
    const copy = await caches.match(request, { ignoreVary: true });
    if (copy) return copy;
    throw fault;
  }
}
