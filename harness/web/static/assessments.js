// An interviewer's pages: nothing typed is lost by mistake, UTC is told in the reader's own zone, links are copied.

// <form data-keep>: leaving the page asks, where something was changed and not sent.
for (const form of document.querySelectorAll("form[data-keep]")) {
  let changed = false;
  form.addEventListener("input", (event) => { changed ||= !("view" in event.target.dataset); });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

const moments = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });
for (const input of document.querySelectorAll('input[type="datetime-local"]')) {
  const told = document.createElement("output");
  told.className = "soft";
  input.after(told);
  const tell = () => {
    const moment = new Date(`${input.value}Z`);
    told.textContent = input.value && !Number.isNaN(moment.getTime()) ? `For you: ${moments.format(moment)}` : "";
  };
  input.addEventListener("input", tell);
  tell();
}

// <button data-copy="id">: without a clipboard, as on pages that are not secure, the button stays hidden.
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(from.value ?? from.textContent);
    button.textContent = "Copied";
  });
}
