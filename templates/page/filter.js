"use strict";
(() => {
  const page = document.getElementById("content");
  const tables = [...page.querySelectorAll("table.points")];
  const rows = tables.flatMap((table) => [...table.tBodies[0].rows]).filter((row) => row.dataset.verdict);
  if (rows.length < 4) return;
  const bar = document.createElement("div");
  bar.className = "filters";
  const shown = document.createElement("span");
  shown.setAttribute("role", "status");
  const known = (name) => new Set(rows.map((row) => row.dataset[name]));
  const choices = ["verdict", "element"].filter((name) => known(name).size > 1).map((name) => {
    const label = document.createElement("label");
    const select = document.createElement("select");
    label.append(page.dataset[name] + " ", select);
    select.add(new Option(page.dataset.all, ""));
    for (const value of known(name)) select.add(new Option(value, value));
    select.addEventListener("change", apply);
    bar.append(label);
    return [name, select];
  });
  if (!choices.length) return;
  bar.append(shown);
  tables[0].parentElement.before(bar);
  apply();

  function apply() {
    for (const row of rows) row.hidden = choices.some(([name, select]) => select.value && row.dataset[name] !== select.value);
    const left = rows.filter((row) => !row.hidden).length;
    shown.textContent = page.dataset.shown.replace("{shown}", left).replace("{all}", rows.length);
  }
})();
