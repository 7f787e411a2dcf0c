// The way out. Without this script the link still leaves; with it the page goes blank at once, its
// place in the history is taken by the other page, and Back shows nothing of this one.
(() => {
  const LEFT = "left";
  const WITHIN = 5000;
  const page = document.documentElement;
  let target = "";

  const remembered = () => {
    try {
      return sessionStorage.getItem(LEFT);
    } catch {
      return null;
    }
  };

  const remember = (value) => {
    try {
      if (value) sessionStorage.setItem(LEFT, value);
      else sessionStorage.removeItem(LEFT);
    } catch {
      // A browser that keeps nothing has nothing to show either.
    }
  };

  // What was written and not sent stays on no device that one leaves in a hurry, or signs out of.
  const forgetDrafts = () => {
    try {
      for (const one of Object.keys(localStorage)) {
        if (one.startsWith("draft.")) localStorage.removeItem(one);
      }
    } catch {
      // As above.
    }
  };

  const leave = () => {
    page.classList.add("leaving");
    forgetDrafts();
    document.title = "…";
    remember(target);
    location.replace(target);
  };

  // Someone presses Back on the other page: whatever of ours lies behind it stays dark.
  const stayDark = () => {
    const to = remembered();
    const how = performance.getEntriesByType("navigation")[0];
    if (!to) return;
    if (how && how.type === "back_forward") {
      page.classList.add("leaving");
      location.replace(to);
    } else {
      remember("");
    }
  };

  stayDark();
  addEventListener("pageshow", (event) => {
    if (event.persisted && remembered()) {
      page.classList.add("leaving");
      location.replace(remembered());
    }
  });

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
    target = link.href;
    for (const one of document.querySelectorAll("a.leave")) {
      one.addEventListener("click", (event) => {
        event.preventDefault();
        leave();
      });
    }
    heedShift(link, document.getElementById("leave-said"));
  });
})();
