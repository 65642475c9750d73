// What makes the desk handier where scripts run; every page reads without it.

const box = document.getElementById("paste");
if (box) {
  const button = box.querySelector("button");
  const idle = button.textContent;
  box.addEventListener("submit", () => {
    button.textContent = button.dataset.busy;
    button.setAttribute("aria-busy", "true");
  });
  box.addEventListener("keydown", (event) => {
    if (event.code === "Enter" && (event.ctrlKey || event.metaKey)) box.requestSubmit();
  });
  window.addEventListener("pageshow", () => {
    button.textContent = idle;
    button.removeAttribute("aria-busy");
  });
}

// A passage and its entry in the list light up together.
const item = (target) => {
  const link = target.closest?.(".text a");
  return link ? document.querySelector(link.getAttribute("href")) : target.closest?.(".said > li");
};
const light = (target, on) => {
  const entry = item(target);
  if (!entry) return;
  entry.classList.toggle("lit", on);
  for (const link of document.querySelectorAll(`.text a[href="#${entry.id}"]`)) link.classList.toggle("lit", on);
};
for (const [name, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(name, (event) => light(event.target, on));
}
