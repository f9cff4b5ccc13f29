// The clock of a part: the server's, whatever this device's says.

document.documentElement.classList.add("scripted");

const timer = document.querySelector(".timer");
if (timer) {
  const ahead = new Date(timer.dataset.now).getTime() - Date.now();
  const deadline = new Date(timer.dataset.deadline).getTime();
  const left = timer.querySelector(".left");
  const news = timer.querySelector("[data-news]");
  const told = new Set();
  const announce = (minutes) => {
    if (!told.has(minutes)) news.textContent = `${minutes} ${minutes === 1 ? "minute" : "minutes"} left`;
    told.add(minutes);
  };
  const tick = () => {
    const seconds = Math.max(0, Math.floor((deadline - Date.now() - ahead) / 1000));
    const minutes = Math.floor(seconds / 60);
    left.textContent = seconds >= 600 ? `${minutes} min left` : `${minutes}:${String(seconds % 60).padStart(2, "0")} left`;
    timer.classList.toggle("short", seconds < 300);
    if (seconds > 240 && seconds <= 300) announce(5);
    if (seconds > 0 && seconds <= 60) announce(1);
    if (seconds > 0) return;
    clearInterval(ticking);
    left.textContent = "time is up";
    document.dispatchEvent(new Event("assay:over"));
    setTimeout(() => document.querySelector("a.out").click(), 1500);
  };
  const ticking = setInterval(tick, 500);
  tick();
}
