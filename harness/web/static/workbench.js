// A task's files as tabs with an editor each; the draft is saved as one types, and kept on this device until it is.
const form = document.querySelector("form[data-work]");
const list = form.querySelector("[data-files]");
const saying = document.querySelector("[data-saving]");
const KEPT = `assay:draft:${form.dataset.work}`;
const PAUSE = 1000; // after the last key
const LONGEST = 5000; // for who types without a pause
const AGAIN = 3000; // after a failure
const narrow = matchMedia("(max-width: 60rem)").matches;
let files = []; // { path, text(), panel, tab }
let shown = null;
let dirty = false;
let since = 0; // when the oldest change was made that is not saved
let sending = null; // a promise, while something is under way
let waiting = null;
let closed = false;
let undecided = false; // between two versions
let busy = false;

function tell(text, lost = false) {
  saying.textContent = text;
  saying.classList.toggle("lost", lost);
}

const clock = () => new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

// --- what is asked

const dialogs = Object.fromEntries([...document.querySelectorAll("[data-dialog]")].map((one) => [one.dataset.dialog, one]));

// Resolves to the value of the button that was pressed; nothing where it was closed by Escape.
function ask(dialog) {
  return new Promise((resolve) => {
    dialog.returnValue = "";
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
    dialog.showModal();
  });
}

function faultOf(path, before) {
  const alike = files.find((file) => file.path.toLowerCase() === path.toLowerCase() && file.path !== before);
  if (!path) return "Write a path, such as folder/name.py.";
  if (alike) return `There is a file called ${alike.path} already.`;
  if (/^\/|\\|\/$|^[A-Za-z]:/.test(path) || path.split("/").some((part) => ["", ".", ".."].includes(part))) {
    return "That is no plain path. Write it as folder/name.py.";
  }
  if (files.some((file) => file.path !== before && (file.path.startsWith(`${path}/`) || path.startsWith(`${file.path}/`)))) {
    return "A file and a folder can't have the same name.";
  }
  return "";
}

// A path that no other file has, or nothing.
async function askPath(question, yes, before = "") {
  const dialog = dialogs.name;
  const [field, error] = [dialog.querySelector("input"), dialog.querySelector(".error")];
  dialog.querySelector("h2").textContent = question;
  dialog.querySelector('[value="yes"]').textContent = yes;
  Object.assign(field, { value: before });
  error.textContent = "";
  const check = (event) => {
    if (event.submitter?.value !== "yes") return;
    error.textContent = faultOf(field.value.trim(), before);
    field.setAttribute("aria-invalid", String(error.textContent !== ""));
    if (error.textContent) event.preventDefault();
  };
  dialog.firstElementChild.addEventListener("submit", check);
  const answer = await ask(dialog);
  dialog.firstElementChild.removeEventListener("submit", check);
  const path = field.value.trim();
  return answer === "yes" && path !== before ? path : "";
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
  if (!file) return;
  if (!file.view) file.open();
  const [from, to] = [file.tab.offsetLeft - tabs.offsetLeft, file.tab.offsetLeft - tabs.offsetLeft + file.tab.offsetWidth];
  if (from < tabs.scrollLeft || to > tabs.scrollLeft + tabs.clientWidth) tabs.scrollLeft = from;
}

const order = (path) => (path.startsWith("tests/") ? `2${path}` : `1${path}`); // one's own code first
let made = 0;

function add(path, text) {
  const panel = document.createElement("div");
  const tab = document.createElement("button");
  made += 1;
  Object.assign(panel, { className: "panel", id: `panel-${made}`, hidden: true });
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", `tab-${made}`);
  Object.assign(tab, { type: "button", id: `tab-${made}`, textContent: path });
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

function drop(file) {
  files = files.filter((one) => one !== file);
  file.view?.destroy();
  file.tab.remove();
  file.panel.remove();
}

tabs.addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
  const end = { Home: 0, End: files.length - 1 }[event.key];
  if (!step && end === undefined) return;
  event.preventDefault();
  show(files[end ?? (files.indexOf(shown) + step + files.length) % files.length]);
  shown.tab.focus();
});

function tool(text, deed) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "quiet small", textContent: text });
  button.addEventListener("click", deed);
  tools.append(button);
}

tool("New file", async () => {
  const path = await askPath("A new file", "Make it");
  if (!path) return;
  show(add(path, ""));
  touched();
  shown.view.focus();
});
tool("Rename", async () => {
  const old = shown;
  const path = await askPath(`Rename ${old.path}`, "Rename it", old.path);
  if (!path) return;
  const text = old.text();
  drop(old);
  show(add(path, text));
  touched();
  shown.tab.focus();
});
tool("Delete", async () => {
  if (files.length < 2) return tell("A draft has at least one file.", true);
  dialogs.delete.querySelector("h2").textContent = `Delete ${shown.path}?`;
  if ((await ask(dialogs.delete)) !== "yes") return;
  const at = files.indexOf(shown);
  drop(shown);
  show(files[Math.min(at, files.length - 1)]);
  touched();
  shown.tab.focus();
});
tool("Restore …", async () => {
  let starter;
  try {
    starter = (await (await fetch(form.dataset.starter, { signal: AbortSignal.timeout(20000) })).json()).files;
  } catch {
    return tell("The starter can't be loaded now. Try again.", true);
  }
  const fill = () => dialogs.starter.querySelector("ul").replaceChildren(...Object.entries(starter).map(([path, text]) => starterLine(path, text, fill)));
  fill();
  await ask(dialogs.starter);
});

function starterLine(path, text, again) {
  const line = document.createElement("li");
  const name = Object.assign(document.createElement("code"), { textContent: path });
  const file = files.find((one) => one.path === path);
  const state = !file ? "deleted" : file.text() === text ? "as it was" : "changed";
  line.append(name, " ", Object.assign(document.createElement("span"), { className: "soft", textContent: state }));
  if (state === "as it was") return line;
  const back = Object.assign(document.createElement("button"), { type: "button", className: "quiet small", textContent: "Put it back" });
  back.setAttribute("aria-label", `Put ${path} back`);
  back.addEventListener("click", () => {
    if (file?.view) file.view.dispatch({ changes: { from: 0, to: file.view.state.doc.length, insert: text } }); // can be undone
    else {
      if (file) drop(file);
      add(path, text);
    }
    show(files.find((one) => one.path === path));
    touched();
    again();
    dialogs.starter.querySelector("button").focus();
  });
  line.append(" ", back);
  return line;
}

// --- saving

function unsaved() {
  dirty = true;
  since = Date.now();
}

function touched() {
  if (closed) return;
  if (!dirty) unsaved();
  keep();
  if (undecided) return;
  tell("Not saved yet …");
  clearTimeout(waiting);
  waiting = setTimeout(() => save(), Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
}

const texts = () => files.map((file) => [file.path, file.text()]);

function keep() {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ files: texts(), version: form.elements.version.value }));
  } catch {
    // too large for this browser's storage, or it has none: the server has it in a second
  }
}

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT));
  } catch {
    return null;
  }
}

function forget() {
  try {
    localStorage.removeItem(KEPT);
  } catch {
    // then nothing was kept
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

const WORDS = {
  400: "Not saved: this page is too old. Load it again; what you wrote is kept.",
  403: "Not saved: this browser is not let in any more. Open your link in another tab; what you wrote is kept here.",
  404: "Not saved: this browser is not let in any more. Open your link in another tab; what you wrote is kept here.",
  413: "Not saved: the files are too large together.",
};

// Gives the server's answer, or nothing where it has not taken what was sent.
async function save(deed = null) {
  clearTimeout(waiting);
  while (sending) await sending;
  if (closed || undecided || (!deed && !dirty)) return null;
  let done;
  sending = new Promise((resolve) => (done = resolve));
  dirty = false;
  tell(deed ? "Sending …" : "Saving …");
  try {
    const reply = await fetch(form.dataset.work, {
      method: "POST", body: body(deed), headers: { "X-Assay-Save": "1" }, redirect: "manual", signal: AbortSignal.timeout(20000),
    });
    const said = (reply.headers.get("content-type") ?? "").startsWith("application/json") ? await reply.json() : null;
    if (said) return answered(said, reply.ok);
    if (reply.type === "opaqueredirect" || WORDS[reply.status]) {
      unsaved();
      waiting = setTimeout(() => save(), 10 * AGAIN);
      tell(WORDS[reply.status] ?? WORDS[403], true);
      return null;
    }
    throw new Error(`status ${reply.status}`);
  } catch {
    unsaved();
    waiting = setTimeout(() => save(), AGAIN);
    tell(deed ? "Not sent: no connection. Your files are kept on this device; press the button again." : "Not saved yet: no connection. It is kept on this device, and sent again.", true);
    return null;
  } finally {
    sending = null;
    done();
  }
}

function answered(said, ok) {
  if (said.conflict) {
    unsaved();
    choose(said.version);
    return null;
  }
  if (said.over) {
    closed = true;
    forget();
    tell(said.problem, true);
    return null;
  }
  if (!said.saved) { // it is tried again when something has changed
    unsaved();
    tell(`Not saved. ${said.problem}`, true);
    return null;
  }
  form.elements.version.value = said.version;
  if (said.key) form.elements.key.value = said.key;
  if (!dirty) forget();
  else keep();
  tell(ok ? `Saved ${clock()}` : said.problem, !ok);
  return ok ? said : null;
}

// Two tabs or devices have written: the person chooses, and nothing is thrown away before.
async function choose(version) {
  undecided = true;
  tell("Not saved: two versions.", true);
  const answer = await ask(dialogs.conflict);
  undecided = false;
  if (answer === "theirs") {
    forget();
    dirty = false;
    location.reload();
  } else if (answer === "mine") {
    form.elements.version.value = version;
    save();
  } else choose(version); // Escape is no answer
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const deed = event.submitter?.value;
  if ((deed !== "run" && deed !== "hand-in") || busy) return;
  busy = true; // and not `disabled`, which would take the keyboard's focus away
  try {
    const said = await save(deed);
    if (!said) return;
    const [part, address, head] = deed === "run" ? ["#run", form.dataset.run, "#h-run"] : ["#submissions", form.dataset.list, "#h-in"];
    await htmx.ajax("GET", address, { target: part, swap: "outerHTML" });
    document.querySelector(head).scrollIntoView({ block: "nearest", behavior: "smooth" });
    tell(deed === "run" ? `Saved ${clock()}` : said.told);
  } finally {
    busy = false;
  }
});

// What came of a run is said, too, to who does not see it; and who has no submission left can't press the button.
document.addEventListener("htmx:load", () => {
  const news = document.querySelector("[data-told]");
  const said = document.querySelector("#run").dataset.said;
  if (news.textContent !== said) news.textContent = said;
  const none = document.querySelector("#submissions").dataset.left === "0";
  for (const button of document.querySelectorAll('button[value="hand-in"]')) button.disabled = none;
});

window.addEventListener("online", () => dirty && save());
document.addEventListener("visibilitychange", () => document.hidden && dirty && save());
window.addEventListener("beforeunload", (event) => dirty && !closed && event.preventDefault());
document.addEventListener("assay:over", async () => {
  await save(); // the last second counts; the server says whether it came in time
  closed = true;
});

// --- from plain fields to an editor

for (const field of list.querySelectorAll("[data-file]")) {
  add(field.querySelector('[name="path"]').value, field.querySelector("textarea").value);
  field.remove();
}
show(files[0]);
for (const plain of form.querySelectorAll("[data-plain]")) plain.remove();
const before = kept();
if (before && JSON.stringify(before.files) !== JSON.stringify(texts())) {
  for (const file of [...files]) drop(file);
  for (const [path, text] of before.files) add(path, text);
  show(files[0]);
  form.elements.version.value = before.version;
  dirty = true;
  tell("What you wrote without a connection is back.");
  save();
} else forget();
if (narrow) document.querySelector("[data-brief]").open = !before;
