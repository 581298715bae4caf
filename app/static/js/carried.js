// «고치기»: the earlier text stands in the field to be changed, not to be typed again.
//
// [data-carried] holds radios and input[data-earlier].

export function start() {
  for (const part of document.querySelectorAll("[data-carried]")) {
    const field = part.querySelector("input[data-earlier]");
    part.addEventListener("change", ({ target }) => {
      if (target.value !== "CHANGED" || !target.checked || field.value) return;
      field.value = field.dataset.earlier;
      field.focus();
    });
  }
}
