// Minutes: what is sent says which version was kept last, so that one does not overtake oneself; what only a closure asks
// for is shown where a closure was decided.

for (const form of document.querySelectorAll("form.minutes-form")) {
  form.addEventListener("submit", () => {
    form.elements.version.value = form.dataset.draftVersion;
  });
  for (const part of form.querySelectorAll("[data-closing]")) {
    const decision = form.elements[part.dataset.closing];
    const show = () => (part.hidden = decision.value !== "CLOSE" && !part.querySelector(".has-error"));
    decision.addEventListener("change", show);
    decision.addEventListener("input", show);
    show();
  }
}
