
"use strict";
(() => {
  const table = document.getElementById("table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  // Accents are written apart and left out, so that "jose" finds José; some letters have them inside.
  const whole = { ł: "l", ø: "o", đ: "d", ð: "d", ħ: "h", ı: "i", ß: "ss", æ: "ae", œ: "oe", þ: "th" };
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[łøđðħıßæœþ]/g, (letter) => whole[letter]);
  // People and words; a number would be found in everybody's points.
  const worded = "th, td:not(.number):not(.files), small";
  const text = (row) => Array.from(row.querySelectorAll(worded), (one) => one.textContent).join(" ");
  const texts = rows.map((row) => plain(text(row)));
  const tags = rows.map((row) => new Set(row.dataset.tags.split(" ")));
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
  const chip = document.getElementById("chip");
  let picked = "";
  const filter = () => {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    let count = 0;
    rows.forEach((row, index) => {
      const fits = !picked || tags[index].has(picked);
      row.hidden = !(fits && words.every((word) => texts[index].includes(word)));
      count += !row.hidden;
    });
    found.textContent = words.length || picked ? `${count} of ${rows.length}` : "";
  };
  const pick = (tag, what) => {
    picked = tag;
    chip.hidden = !tag;
    chip.textContent = `${what} \u2715`;
    chip.setAttribute("aria-label", `Show everybody again, not only: ${what}`);
    filter();
  };
  for (const link of document.querySelectorAll("a.pick")) {
    // By itself it would be read out as a number and no more.
    link.setAttribute("aria-label", `${link.textContent}: ${link.dataset.what}`);
    // The link itself goes to the table.
    link.addEventListener("click", () => {
      search.value = "";
      pick(link.dataset.tag, link.dataset.what);
    });
  }
  chip.addEventListener("click", () => { pick("", ""); search.focus(); });
  search.addEventListener("input", filter);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || !(picked || search.value)) return;
    search.value = "";
    pick("", "");
  });
  search.closest("[hidden]").hidden = false;
})();
