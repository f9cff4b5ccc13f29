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

showMoments(document);
document.addEventListener("htmx:load", (event) => showMoments(event.target));

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('input[name="csrf_token"]');
  if (token) event.detail.headers["X-CSRFToken"] = token.value;
});

// <form data-ask="Really?"> asks before it is sent.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.ask;
  if (question && !window.confirm(question)) event.preventDefault();
});

// What is asked for again and again waits while nobody looks.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (document.hidden && "calm" in event.detail.elt.dataset) event.preventDefault();
});
