// A submission's page: a line's number opens the form under it, with shift up to it; a kept comment is put in by a click;
// of each file one number is reached by Tab, the others by the arrows. Without this, numbers are links to the same form.

const template = document.getElementById("new-comment");

function lines(table) {
  return [...table.querySelectorAll("a[data-line]")];
}

for (const table of document.querySelectorAll("table.code[data-file]")) {
  lines(table).forEach((link, index) => { link.tabIndex = index ? -1 : 0; });
}

function reach(link) {
  for (const one of lines(link.closest("table"))) one.tabIndex = one === link ? 0 : -1;
  link.focus();
}

function mark(table, first, last) {
  for (const row of document.querySelectorAll("tr.marked")) row.classList.remove("marked");
  for (const link of lines(table)) {
    const at = Number(link.dataset.line);
    if (at >= first && at <= last) link.closest("tr").classList.add("marked");
  }
}

// The last row that belongs to a line: comments stand between it and the next one.
function lastRow(row) {
  while (row.nextElementSibling?.classList.contains("under")) row = row.nextElementSibling;
  return row;
}

function open(table, first, last) {
  const before = document.querySelector("tr.writing");
  const text = before?.querySelector("textarea").value || "";
  before?.remove();
  const row = document.createElement("tr");
  row.className = "under writing";
  const cell = row.insertCell();
  cell.colSpan = 2;
  cell.append(template.content.cloneNode(true));
  const form = cell.querySelector("form");
  form.elements.file.value = table.dataset.file;
  form.elements.first.value = first;
  form.elements.last.value = last;
  form.elements.text.value = text;
  lastRow(lines(table)[last - 1].closest("tr")).after(row);
  mark(table, first, last);
  form.elements.text.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (link && template && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    const table = link.closest("table");
    const at = Number(link.dataset.line);
    const form = table.querySelector("tr.writing form");
    const first = event.shiftKey && form ? Number(form.elements.first.value) : at;
    open(table, Math.min(first, at), Math.max(first, at));
    return;
  }
  const cancel = event.target.closest("tr.writing a.cancel");
  if (cancel) {
    event.preventDefault();
    const table = cancel.closest("table");
    const last = Number(cancel.closest("form").elements.last.value);
    cancel.closest("tr").remove();
    mark(table, 0, 0);
    const link = lines(table)[last - 1];
    if (link) reach(link);
    return;
  }
  const phrase = event.target.closest("button[data-insert]");
  if (phrase) {
    event.preventDefault();
    const area = phrase.closest("form").elements.text;
    const between = area.value && !area.value.endsWith("\n") ? "\n" : "";
    area.value += between + phrase.textContent;
    phrase.closest("details").open = false;
    area.focus();
  }
});

const STEPS = { ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20 };

document.addEventListener("keydown", (event) => {
  const link = event.target.closest?.("a[data-line]");
  if (!link || !(event.key in STEPS) || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const all = lines(link.closest("table"));
  const next = all.indexOf(link) + STEPS[event.key];
  reach(all[Math.max(0, Math.min(next, all.length - 1))]);
});

// What an address or a traceback points at may be folded.
function unfold() {
  const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = row?.parentElement.closest("details:not([open])");
  if (folded) {
    folded.open = true;
    row.scrollIntoView();
  }
}

window.addEventListener("hashchange", unfold);
unfold();
