// What every page needs: moments in the reader's own zone, and the CSRF token on what htmx sends.
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });

function showMoments(root) {
  for (const time of root.querySelectorAll("time[datetime]:not([data-local])")) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime())) continue;
    time.title = time.textContent;
    time.textContent = moments.format(moment);
    time.dataset.local = "";
  }
}

// Code that is wider than its place can be reached, and moved, by keyboard.
function reachWideCode(root) {
  for (const code of root.querySelectorAll("pre")) {
    if (code.scrollWidth > code.clientWidth || code.scrollHeight > code.clientHeight) code.tabIndex = 0;
  }
}

function dress(root) {
  showMoments(root);
  reachWideCode(root);
}

dress(document);
document.addEventListener("htmx:load", (event) => dress(event.target));
document.addEventListener("assay:news", () => dress(document)); // a script of ours has put something in
document.addEventListener("toggle", (event) => reachWideCode(event.target), true); // what a <details> shows only now
window.addEventListener("resize", () => reachWideCode(document));

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('input[name="csrf_token"]');
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});

// What a link leads to is shown, also where it is folded away.
function unfold() {
  const at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let one = at && at.closest("details:not([open])"); one; one = one.parentElement.closest("details:not([open])")) one.open = true;
  if (at) at.scrollIntoView();
}

unfold();
window.addEventListener("hashchange", unfold);

// <form data-ask="Really?"> asks before it is sent.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
});

// What is asked for again and again waits while nobody looks.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && "calm" in event.detail.elt.dataset) event.preventDefault();
});
