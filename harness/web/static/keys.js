// Keys: 1-9 mark an option, others press what names them by data-key. Never while one types, and not where one has
// switched them off on this device.

const OFF = "assay:no-keys";

function showSetting() {
  const box = document.querySelector("[data-keys]");
  if (box) box.checked = localStorage.getItem(OFF) === null;
}

showSetting();
document.addEventListener("htmx:load", showSetting);
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys]")) return;
  if (event.target.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
});

document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-keys]");
  const typing = event.target.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");
  if (!box || !box.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const options = document.querySelectorAll('form.asked [name="chosen"]');
  const named = /^[a-z]$/.test(event.key) ? document.querySelector(`[data-key="${event.key}"]`) : null;
  if (/^[1-9]$/.test(event.key) && options[event.key - 1]) {
    options[event.key - 1].click();
    options[event.key - 1].focus();
  } else if (named) named.click();
  else return;
  event.preventDefault();
});
