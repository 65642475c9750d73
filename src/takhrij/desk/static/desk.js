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

// Buttons that copy a text; without scripts the text itself can be chosen and copied.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy);
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = button.dataset.done;
  });
}

// What is still going on is asked for again, until it is over.
const polled = document.querySelector("[data-poll]");
if (polled) {
  const again = async () => {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } }).catch(() => null);
    const fresh = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(polled.id);
    if (fresh) {
      polled.replaceChildren(...fresh.childNodes);
      if (!fresh.dataset.poll) {
        delete polled.dataset.poll;
        return;
      }
    }
    setTimeout(again, Number(polled.dataset.poll));
  };
  setTimeout(again, Number(polled.dataset.poll));
}

// "/" leads to the search box, by the place of its key, whatever alphabet the keyboard has.
document.addEventListener("keydown", (event) => {
  const field = document.getElementById("q");
  const writing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.code !== "Slash" || event.ctrlKey || event.metaKey || event.altKey || writing || !field) return;
  event.preventDefault();
  field.focus();
});
