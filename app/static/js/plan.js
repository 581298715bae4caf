// The editor of a plan: what is sent says which version was kept last, so that one does not overtake oneself.

for (const form of document.querySelectorAll("form.plan-form")) {
  form.addEventListener("submit", () => {
    form.elements.version.value = form.dataset.draftVersion;
  });
}
