// Learning: what htmx fetched is another page where the session has ended, and may not come at all.

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (target.id !== "main" || xhr.status >= 400 || xhr.responseText.includes("data-lesson")) return;
  event.detail.shouldSwap = false;
  location.assign(xhr.responseURL);
});

function say(text) {
  const place = document.querySelector("[data-trouble]");
  if (place) place.textContent = text;
}

document.addEventListener("htmx:sendError", () => say("There is no connection. Your mark still stands: send it again in a moment."));
document.addEventListener("htmx:responseError", (event) => {
  if ([400, 403].includes(event.detail.xhr.status)) location.reload(); // the session has ended: this leads to the login
  else say("That could not be done. Load the page again.");
});
document.addEventListener("htmx:beforeRequest", () => say(""));
