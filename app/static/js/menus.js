// Menus are native disclosures. Script only closes them: by Escape, by a press elsewhere, when focus leaves.

export function start() {
  const menus = [...document.querySelectorAll("details[data-menu]")];
  for (const menu of menus) {
    menu.addEventListener("keydown", (event) => closeByKey(event, menu));
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  }
  document.addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
}

function closeByKey(event, menu) {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
}
