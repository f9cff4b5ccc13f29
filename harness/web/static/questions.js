// Questions: every click is saved at once; what can't be saved waits on this device, and is sent later.

const forms = [...document.querySelectorAll("form[data-save]")];
const shown = document.querySelector("[data-saving]");
const SHELF = "assay:unsaved:"; // what could not be sent, by the address that it goes to
const RETRY = 3000;
const FRESH = 5000; // a click that is not older is meant against whatever another device did
let pending = 0;
let retrying = null;

function say(text, lost = false) {
  if (!shown) return;
  shown.textContent = text;
  shown.classList.toggle("lost", lost);
}

function shelf() {
  return Object.keys(localStorage).filter((key) => key.startsWith(SHELF));
}

function keep(form) {
  const data = new FormData(form);
  data.delete("csrf_token");
  const entry = { fields: [...data.entries()], at: Date.now() };
  localStorage.setItem(SHELF + form.dataset.save, JSON.stringify(entry));
}

async function send(address, entry) {
  const body = new URLSearchParams(entry.fields);
  const token = document.querySelector('input[name="csrf_token"]').value;
  const reply = await fetch(address, {
    method: "POST",
    body,
    headers: { "X-Assay-Save": "1", "X-CSRFToken": token },
    keepalive: true, // also while the page is left
    signal: AbortSignal.timeout(15000),
  });
  return { status: reply.status, told: reply.headers.get("content-type") === "application/json" ? await reply.json() : {} };
}

// Sends what waits for one address. True when nothing waits there any more.
async function deliver(key) {
  const text = localStorage.getItem(key);
  if (text === null) return true;
  const entry = JSON.parse(text);
  const address = key.slice(SHELF.length);
  const { status, told } = await send(address, entry);
  if (status >= 500 || status === 429) throw new Error(`status ${status}`);
  const form = forms.find((one) => one.dataset.save === address);
  if (told.version !== undefined && form) {
    const field = form.elements.version;
    field.value = String(Math.max(Number(field.value), told.version + 1));
  }
  if (localStorage.getItem(key) !== text) return deliver(key); // clicked again meanwhile
  if (told.kept === false && form && Date.now() - entry.at < FRESH) {
    keep(form);
    return deliver(key);
  }
  localStorage.removeItem(key);
  if (told.kept === false) {
    say("Changed on another device meanwhile: that answer stands.", true);
    if (form) setTimeout(() => location.reload(), 2500);
    return false;
  }
  if (status !== 200) {
    say(told.problem || "This could not be saved. Load the page again.", true);
    return false;
  }
  return true;
}

async function flush() {
  clearTimeout(retrying);
  pending += 1;
  try {
    let fine = true;
    for (const key of shelf()) fine = (await deliver(key)) && fine;
    if (fine && shelf().length === 0) say("Saved");
  } catch {
    say("Not saved yet: no connection. It is kept on this device, and sent again.", true);
    retrying = setTimeout(flush, RETRY);
  } finally {
    pending -= 1;
  }
}

function mark(form) {
  const link = document.querySelector(`.numbers a[data-number="${form.dataset.number}"]`);
  const answered = form.querySelector('[name="chosen"]:checked') !== null;
  const flagged = form.elements.flagged.checked;
  link.classList.toggle("answered", answered);
  link.classList.toggle("flagged", flagged);
  link.querySelector("[data-says]").textContent = (answered ? ", answered" : ", not answered") + (flagged ? ", flagged" : "");
}

function save(form) {
  keep(form);
  mark(form);
  say("Saving …");
  flush();
}

// What this device could not send yet is what its person marked last.
function restore(form) {
  const text = localStorage.getItem(SHELF + form.dataset.save);
  if (text === null) return;
  const fields = JSON.parse(text).fields;
  const chosen = new Set(fields.filter(([name]) => name === "chosen").map(([, value]) => value));
  for (const option of form.querySelectorAll('[name="chosen"]')) option.checked = chosen.has(option.value);
  form.elements.flagged.checked = fields.some(([name]) => name === "flagged");
  mark(form);
}

for (const form of forms) {
  restore(form);
  form.addEventListener("change", () => save(form));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = event.submitter;
    if (button && "clear" in button.dataset) {
      for (const option of form.querySelectorAll('[name="chosen"]')) option.checked = false;
      save(form);
    } else if (button && button.dataset.step) {
      go(button.dataset.step);
    }
  });
}

function go(step) {
  const links = [...document.querySelectorAll(".numbers a")];
  const here = links.findIndex((link) => link.ariaCurrent === "page" || link.getAttribute("aria-current") === "page");
  const there = links[here + (step === "next" ? 1 : -1)];
  if (there) there.click();
  else if (step === "next") document.querySelector('a[href$="/questions/review"]').click();
}

if (forms.length || shelf().length) {
  if (shelf().length && document.querySelector('input[name="csrf_token"]')) flush();
  window.addEventListener("online", flush);
  window.addEventListener("beforeunload", (event) => {
    if (shelf().length && !navigator.onLine) event.preventDefault();
  });
}
