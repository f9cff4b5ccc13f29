// A task's files as tabs with an editor each; the draft is saved as one types, and kept on this device until it is.
const form = document.querySelector("form[data-work]");
const list = form.querySelector("[data-files]");
const saying = document.querySelector("[data-saving]");
const KEPT = `assay:draft:${form.dataset.work}`;
const PAUSE = 1000; // after the last key
const AGAIN = 3000; // after a failure
const narrow = matchMedia("(max-width: 40rem)").matches;
let files = []; // { path, text(), panel, tab }
let shown = null;
let dirty = false;
let sending = false;
let waiting = null;
let closed = false;
let busy = false;

function tell(text, lost = false) {
  saying.textContent = text;
  saying.classList.toggle("lost", lost);
}

// --- tabs

const tabs = document.createElement("div");
tabs.className = "tabs";
tabs.setAttribute("role", "tablist");
tabs.setAttribute("aria-label", "Files");
const tools = document.createElement("div");
tools.className = "row tools";
list.before(tabs, tools);
document.querySelector("[data-escape]").hidden = false;

function show(file) {
  shown = file;
  for (const one of files) {
    const here = one === file;
    one.tab.setAttribute("aria-selected", String(here));
    one.tab.tabIndex = here ? 0 : -1;
    one.panel.hidden = !here;
  }
  if (file && !file.view) file.open();
}

const order = (path) => (path.startsWith("tests/") ? `2${path}` : `1${path}`); // one's own code first

function add(path, text) {
  const panel = document.createElement("div");
  const tab = document.createElement("button");
  const number = add.count = (add.count ?? 0) + 1;
  Object.assign(panel, { className: "panel", id: `panel-${number}`, hidden: true });
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", `tab-${number}`);
  Object.assign(tab, { type: "button", id: `tab-${number}`, textContent: path });
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", panel.id);
  const file = { path, panel, tab, view: null, text: () => (file.view ? file.view.state.doc.toString() : text) };
  file.open = () => {
    file.view = assayEditor.makeEditor({
      parent: panel, text, path: file.path, label: `Content of ${file.path}`, nonce: form.dataset.nonce, wrap: narrow, changed: touched,
    });
  };
  tab.addEventListener("click", () => show(file));
  files.push(file);
  files.sort((a, b) => (order(a.path) < order(b.path) ? -1 : 1));
  tabs.replaceChildren(...files.map((one) => one.tab));
  list.append(panel);
  return file;
}

function remove(file) {
  files = files.filter((one) => one !== file);
  file.tab.remove();
  file.panel.remove();
  show(files[0] ?? null);
  touched();
}

tabs.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const next = files[(files.indexOf(shown) + step + files.length) % files.length];
  show(next);
  next.tab.focus();
});

function button(text, deed) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "quiet small", textContent: text });
  made.addEventListener("click", deed);
  tools.append(made);
}

function newName(question, before) {
  const path = window.prompt(question, before)?.trim();
  if (!path || path === before) return null;
  const bad = path.startsWith("/") || path.split("/").some((part) => part === "" || part === "." || part === "..");
  if (bad || files.some((file) => file.path === path)) {
    tell(bad ? "That is no plain path: write folder/name.py." : "There is a file of that name already.", true);
    return null;
  }
  return path;
}

button("New file", () => {
  const path = newName("Path of the new file", "");
  if (!path) return;
  show(add(path, ""));
  touched();
  shown.view.focus();
});
button("Rename", () => {
  const path = shown && newName("New path", shown.path);
  if (!path) return;
  const text = shown.text();
  const old = shown;
  show(add(path, text));
  remove(old);
  show(files.find((file) => file.path === path));
});
button("Delete", () => {
  if (shown && files.length > 1 && window.confirm(`Delete ${shown.path}?`)) remove(shown);
});

// --- saving

function touched() {
  dirty = true;
  keep();
  tell("Not saved yet …");
  clearTimeout(waiting);
  waiting = setTimeout(() => save(), PAUSE);
}

function texts() {
  return files.map((file) => [file.path, file.text()]);
}

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ files: texts(), version: form.elements.version.value }));
  } catch {
    // too large for this browser's storage: the server has it in a second
  }
}

function body(deed) {
  const data = new FormData();
  for (const name of ["csrf_token", "version", "key"]) data.append(name, form.elements[name].value);
  for (const [path, text] of texts()) {
    data.append("path", path);
    data.append("content", text);
  }
  if (deed) data.append("do", deed);
  return data;
}

async function save(deed = null) {
  clearTimeout(waiting);
  if (closed) return false;
  if (sending) {
    await sending;
    if (!deed && !dirty) return true;
  }
  let done;
  sending = new Promise((resolve) => (done = resolve));
  dirty = false;
  tell(deed ? "Sending …" : "Saving …");
  try {
    const reply = await fetch(form.dataset.work, {
      method: "POST", body: body(deed), headers: { "X-Assay-Save": "1" }, signal: AbortSignal.timeout(20000),
    });
    const told = (reply.headers.get("content-type") ?? "").startsWith("application/json") ? await reply.json() : {};
    if (reply.status >= 500 || reply.status === 429 || (reply.redirected && !told.version)) throw new Error(`status ${reply.status}`);
    if (told.conflict) return conflict(told.version);
    if (told.version !== undefined) form.elements.version.value = told.version;
    if (reply.ok || told.version !== undefined) localStorage.removeItem(KEPT);
    if (!reply.ok) {
      tell(told.problem ?? "This could not be saved. Load the page again.", true);
      return false;
    }
    tell(`Saved ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`);
    return true;
  } catch {
    dirty = true;
    tell("Not saved yet: no connection. It is kept on this device, and sent again.", true);
    waiting = setTimeout(() => save(deed), AGAIN);
    return false;
  } finally {
    sending = null;
    done();
  }
}

// Two tabs or devices have written: the person chooses, and nothing is thrown away before.
function conflict(version) {
  const box = document.createElement("div");
  box.className = "note problem";
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-label", "Two versions");
  box.innerHTML = "<p>Another tab or device has saved this task meanwhile.</p>";
  const row = document.createElement("div");
  row.className = "row";
  const mine = Object.assign(document.createElement("button"), { type: "button", className: "small", textContent: "Keep what stands here" });
  const theirs = Object.assign(document.createElement("button"), { type: "button", className: "quiet small", textContent: "Take the other version" });
  mine.addEventListener("click", () => {
    form.elements.version.value = version;
    box.remove();
    save();
  });
  theirs.addEventListener("click", () => {
    localStorage.removeItem(KEPT);
    dirty = false;
    location.reload();
  });
  row.append(mine, theirs);
  box.append(row);
  form.before(box);
  mine.focus();
  tell("Not saved: two versions.", true);
  return false;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const deed = event.submitter?.value;
  if ((deed !== "run" && deed !== "hand-in") || busy) return;
  busy = true; // and not `disabled`, which would take the keyboard's focus away
  if (await save(deed)) {
    form.elements.key.value = crypto.randomUUID();
    const [part, address] = deed === "run" ? ["#run", form.dataset.run] : ["#submissions", form.dataset.list];
    await htmx.ajax("GET", address, { target: part, swap: "outerHTML" });
    document.querySelector(deed === "run" ? "#h-run" : "#h-in").scrollIntoView({ block: "nearest", behavior: "smooth" });
    tell(deed === "run" ? "Saved" : "Handed in");
  }
  busy = false;
});

window.addEventListener("online", () => dirty && save());
window.addEventListener("beforeunload", (event) => dirty && event.preventDefault());
document.addEventListener("assay:over", () => {
  save().then(() => (closed = true)); // the last second counts; the server says whether it came in time
});

// --- from plain fields to an editor

for (const field of list.querySelectorAll("[data-file]")) {
  add(field.querySelector('[name="path"]').value, field.querySelector("textarea").value);
  field.remove();
}
show(files[0]);
for (const plain of form.querySelectorAll("[data-plain]")) plain.remove();
const kept = localStorage.getItem(KEPT);
if (kept) {
  const before = JSON.parse(kept);
  if (JSON.stringify(before.files) !== JSON.stringify(texts())) {
    for (const file of [...files]) {
      file.tab.remove();
      file.panel.remove();
    }
    files = [];
    shown = null;
    for (const [path, text] of before.files) add(path, text);
    show(files[0]);
    form.elements.version.value = before.version;
    tell("What you wrote without a connection is back.");
    save();
  } else localStorage.removeItem(KEPT);
}
if (narrow) document.querySelector("[data-brief]").open = !kept;
