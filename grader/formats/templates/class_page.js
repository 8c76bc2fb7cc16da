
"use strict";
(() => {
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const texts = rows.map((row) => row.textContent.normalize("NFKC").toLowerCase());
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" });

  const value = (row, column, kind) => {
    const cell = row.cells[column];
    if (kind === "text") return cell.textContent.trim();
    const shown = cell.dataset.value ?? cell.textContent.trim();
    return shown === "" ? null : Number(shown);
  };
  const compare = (kind, up) => (a, b) => {
    if (kind === "text") return up * collator.compare(a.key, b.key);
    // Who has no score comes last, whichever way it is sorted.
    if (a.key === null || b.key === null) return (a.key === null) - (b.key === null);
    return up * (a.key - b.key);
  };
  for (const head of table.tHead.rows[0].cells) {
    const kind = head.dataset.kind;
    if (!kind) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") === "ascending" ? -1 : 1;
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up > 0 ? "ascending" : "descending");
      const keyed = rows.map((row) => ({ row, key: value(row, head.cellIndex, kind) }));
      keyed.sort(compare(kind, up));
      body.append(...keyed.map((one) => one.row));
    });
  }

  const search = document.getElementById("search");
  const found = document.getElementById("found");
  const filter = () => {
    const words = search.value.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => texts[index].includes(word));
      count += !row.hidden;
    });
    found.textContent = words.length ? `${count} of ${rows.length}` : "";
  };
  search.addEventListener("input", filter);
  search.closest("[hidden]").hidden = false;
})();
