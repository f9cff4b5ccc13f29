// The clock of a part: the server's, whatever this device's says, and asked again, since more time can be given.

document.documentElement.classList.add("scripted");

const ASK = 30_000; // between two looks at the server's clock
const timer = document.querySelector(".timer");
if (timer) {
  const left = timer.querySelector(".left");
  const until = timer.querySelector("[data-until]");
  const news = timer.querySelector("[data-news]");
  const told = new Set();
  let deadline = new Date(timer.dataset.deadline).getTime();
  let ahead = new Date(timer.dataset.now).getTime() - Date.now();
  let asking = false;

  const announce = (minutes) => {
    if (!told.has(minutes)) news.textContent = `${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
    told.add(minutes);
  };

  // Whether there is more time now than the page knew of.
  const ask = async () => {
    const sent = Date.now();
    const reply = await fetch(timer.dataset.clock, { signal: AbortSignal.timeout(5000) });
    const now = reply.ok ? await reply.json() : {};
    if (!now.deadline) return false;
    ahead = new Date(now.now).getTime() - (sent + Date.now()) / 2;
    const moved = new Date(now.deadline).getTime();
    if (moved === deadline) return false;
    const minutes = Math.round((moved - deadline) / 60_000);
    deadline = moved;
    told.clear();
    const time = document.createElement("time");
    time.dateTime = now.deadline;
    time.textContent = now.deadline;
    until.replaceChildren("until ", time);
    document.dispatchEvent(new Event("assay:news"));
    news.textContent = `You have ${minutes} more minutes.`;
    return true;
  };

  const end = () => {
    clearInterval(ticking);
    clearInterval(looking);
    left.textContent = "time is up";
    document.dispatchEvent(new Event("assay:over"));
    setTimeout(() => document.querySelector("a.out").click(), 1500);
  };

  const tick = async () => {
    const seconds = Math.max(0, Math.floor((deadline - Date.now() - ahead) / 1000));
    const minutes = Math.floor(seconds / 60);
    left.textContent = seconds >= 600 ? `${minutes} min left` : `${minutes}:${String(seconds % 60).padStart(2, "0")} left`;
    timer.classList.toggle("short", seconds < 300);
    if (seconds > 240 && seconds <= 300) announce(5);
    if (seconds > 0 && seconds <= 60) announce(1);
    if (seconds > 0 || asking) return;
    asking = true;
    const more = await ask().catch(() => false);
    asking = false;
    if (!more) end();
  };
  const ticking = setInterval(tick, 500);
  const looking = setInterval(() => document.hidden || ask().catch(() => false), ASK);
  document.addEventListener("visibilitychange", () => document.hidden || ask().catch(() => false));
  tick();
}
