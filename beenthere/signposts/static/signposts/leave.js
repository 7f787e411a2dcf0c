// The way out. Without this script the link still leaves; with it the page is blank at once, its place in the
// history is taken by the other page, and Back shows nothing of this one. Nothing here waits for the network.
(() => {
  const [LEFT, WITHIN] = ["left", 5000];
  const page = document.documentElement;
  let target = "";
  let ending = "";

  // What `what` gives; null in a browser that keeps nothing: it has nothing to show either.
  const tried = (what) => {
    try {
      return what() ?? null;
    } catch {
      return null;
    }
  };
  const others = tried(() => new BroadcastChannel("leave")); // our pages in other tabs
  const remembered = () => tried(() => sessionStorage.getItem(LEFT));
  const quietly = (promise) => promise?.catch?.(() => {});

  // What was written and not sent stays on no device that one signs out of.
  const forgetDrafts = () =>
    tried(() => {
      for (const one of Object.keys(localStorage)) {
        if (one.startsWith("draft.")) localStorage.removeItem(one);
      }
    });

  // Nothing of ours stays: not what was written, not the page that was kept, not its worker, which is told as
  // well because it outlives this page.
  const forgetAll = () => {
    tried(() => localStorage.clear());
    tried(() => sessionStorage.clear());
    tried(() => navigator.serviceWorker.controller?.postMessage("forget"));
    tried(() => quietly(caches.keys().then((all) => Promise.all(all.map((one) => caches.delete(one))))));
    tried(() => quietly(indexedDB.databases().then((all) => all.forEach(({ name }) => indexedDB.deleteDatabase(name)))));
    tried(() => quietly(navigator.serviceWorker.getRegistrations().then((all) => all.forEach((one) => one.unregister()))));
  };

  const goBlank = () => {
    page.classList.add("leaving");
    document.title = "…";
    document.body?.replaceChildren();
  };

  const leave = (alone = false) => {
    goBlank();
    forgetAll();
    tried(() => sessionStorage.setItem(LEFT, target));
    if (!alone) {
      tried(() => others.postMessage(""));
      tried(() => quietly(fetch(ending, { keepalive: true, redirect: "manual" })));
    }
    location.replace(target);
  };

  // Someone presses Back on the other page: whatever of ours lies behind it stays dark.
  const stayDark = (isBack) => {
    const to = remembered();
    if (to && isBack) {
      goBlank();
      location.replace(to);
    } else if (to) {
      tried(() => sessionStorage.removeItem(LEFT));
    }
  };

  stayDark(performance.getEntriesByType("navigation")[0]?.type === "back_forward");
  addEventListener("pageshow", (event) => event.persisted && stayDark(true));

  // Shift three times within five seconds, and no other key in between (so that writing never leaves).
  const heedShift = (link, said) => {
    let pressed = [];
    addEventListener("keydown", (event) => {
      if (event.repeat) return;
      const now = event.timeStamp;
      pressed = event.key === "Shift" ? [...pressed.filter((when) => now - when < WITHIN), now] : [];
      if (pressed.length === 3) return leave();
      said.textContent = ["", link.dataset.pressed, link.dataset.again][pressed.length];
      setTimeout(() => {
        if (pressed[pressed.length - 1] === now) said.textContent = "";
      }, WITHIN);
    });
  };

  document.addEventListener("submit", (event) => {
    if ("forgets" in event.target.dataset) forgetDrafts();
  });

  document.addEventListener("DOMContentLoaded", () => {
    const link = document.getElementById("leave");
    if (!link) return;
    [target, ending] = [link.dataset.to, link.href];
    others?.addEventListener("message", () => leave(true));
    for (const one of document.querySelectorAll("a.leave")) {
      one.addEventListener("click", (event) => {
        event.preventDefault();
        leave();
      });
    }
    heedShift(link, document.getElementById("leave-said"));
  });
})();
