"use strict";
// The search, the choice between light and dark, and buttons that copy examples. Without this script the site
// can be read all the same.
(() => {
  const root = document.documentElement.dataset.root;
  const theme = document.getElementById("theme");
  const kept = (value) => {
    try {
      if (value === undefined) return localStorage.getItem("theme");
      localStorage.setItem("theme", value);
    } catch { /* a page on a disk may keep nothing */ }
    return value;
  };
  const show = (value) => { if (value) document.documentElement.dataset.theme = value; };
  show(kept());
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const isDark = getComputedStyle(document.documentElement).colorScheme.trim() === "dark" ||
      (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
    show(kept(isDark ? "light" : "dark"));
  });

  const input = document.getElementById("search");
  const found = document.getElementById("found");
  input.parentElement.hidden = false;
  const score = (words, [, , title, subtitle, text]) => {
    let sum = 0;
    for (const word of words) {
      const at = [title, subtitle, text].findIndex((part) => part.toLowerCase().includes(word));
      if (at < 0) return 0;
      sum += 3 - at + (title.toLowerCase().startsWith(word) ? 2 : 0);
    }
    return sum;
  };
  const row = ([file, mark, title, subtitle]) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = root + file;
    const badge = document.createElement("span");
    badge.className = "method " + mark.toLowerCase();
    badge.textContent = mark;
    const small = document.createElement("small");
    small.textContent = subtitle;
    link.append(badge, " ", title, " ", small);
    item.append(link);
    return item;
  };
  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const hits = words.length ? window.pages.map((page) => [score(words, page), page]) : [];
    const best = hits.filter(([points]) => points > 0).sort(([a], [b]) => b - a).slice(0, 20);
    found.replaceChildren(...best.map(([, page]) => row(page)));
    if (words.length && !best.length) {
      const none = document.createElement("li");
      none.textContent = "Nothing found";
      found.append(none);
    }
    found.hidden = !words.length;
  };
  input.addEventListener("input", search);
  input.addEventListener("focus", search);
  document.addEventListener("click", (event) => {
    if (!input.parentElement.contains(event.target)) found.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    const links = [...found.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      input.focus();
    } else if (event.key === "Escape") {
      found.hidden = true;
    } else if (!found.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp") && links.length) {
      event.preventDefault();
      const next = at + (event.key === "ArrowDown" ? 1 : -1);
      (links[next] || input).focus();
    } else if (event.key === "Enter" && document.activeElement === input && links.length) {
      links[0].click();
    }
  });

  for (const code of document.querySelectorAll(".example pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.querySelector("code").textContent);
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(code);
      }
    });
    const frame = document.createElement("div");
    frame.className = "frame";
    code.replaceWith(frame);
    frame.append(code, button);
  }
  // A link into a part that is folded opens it.
  const open = () => {
    let place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (; place; place = place.parentElement) if (place.tagName === "DETAILS") place.open = true;
  };
  addEventListener("hashchange", open);
  open();
})();
