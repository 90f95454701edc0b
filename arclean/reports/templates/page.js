"use strict";
(() => {
  const root = document.documentElement;
  const stored = (name, value) => {
    try { if (value === undefined) return localStorage.getItem("arclean-" + name); localStorage.setItem("arclean-" + name, value); } catch { return null; }
  };
  const speak = (language) => { root.lang = language; root.dir = language === "ar" ? "rtl" : "ltr"; stored("language", language); };
  const paint = (theme) => { root.dataset.theme = theme; stored("theme", theme); };
  if (stored("language") === "ar") speak("ar");
  if (stored("theme")) paint(stored("theme"));
  const on = (id, act) => document.getElementById(id)?.addEventListener("click", act);
  on("language", () => speak(root.lang === "ar" ? "en" : "ar"));
  on("theme", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    paint(dark ? "light" : "dark");
  });
  on("print", () => print());

  for (const table of document.querySelectorAll("table.sortable")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => head.querySelector("button")?.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "descending" || (head.classList.contains("n") ? false : !head.hasAttribute("aria-sort"));
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "ascending" : "descending");
      const key = (row) => row.cells[column].dataset.value ?? row.cells[column].textContent.trim();
      const numeric = head.classList.contains("n");
      const rows = [...table.tBodies[0].rows].sort((a, b) => numeric ? key(a) - key(b) : key(a).localeCompare(key(b)));
      table.tBodies[0].append(...(down ? rows : rows.reverse()));
    }));
  }

  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640]/g, "").toLowerCase();
  const box = document.getElementById("search");
  const category = document.getElementById("category");
  const rows = [...document.querySelectorAll("table.rules tbody tr")].map((row) => ({ row, text: plain(row.textContent) }));
  const sift = () => {
    const wanted = plain(box.value.trim());
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !text.includes(wanted) || (category.value !== "" && row.dataset.category !== category.value);
      shown += !row.hidden;
    }
    document.getElementById("found").textContent = shown.toLocaleString("en");
  };
  if (box) { box.addEventListener("input", sift); category.addEventListener("change", sift); sift(); }

  const closed = () => [...document.querySelectorAll("details:not([open])")];
  let opened = [];
  addEventListener("beforeprint", () => { opened = closed(); for (const one of opened) one.open = true; });
  addEventListener("afterprint", () => { for (const one of opened) one.open = false; });
})();
