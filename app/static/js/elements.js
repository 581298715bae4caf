// Making elements without markup in strings, so that nothing typed can become markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element with attributes and children; an attribute that is false, null or undefined is left out. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A sign from the sprite, hidden from screen readers like those of the templates. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.body.dataset.sprite}#${name}`);
  svg.append(use);
  return svg;
}

/** «14:03» in Korea, wherever the tablet believes it is. */
export function clockTime(moment = new Date()) {
  return new Intl.DateTimeFormat("ko-KR", {
    timeZone: "Asia/Seoul",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(moment);
}

/** The words a field is called by on the page. */
export function wordsFor(control) {
  const group = control.closest("fieldset")?.querySelector("legend");
  const choice = control.type === "radio" || control.type === "checkbox";
  const words = (choice && group) || control.labels?.[0] || group;
  return (words?.textContent ?? control.getAttribute("aria-label") ?? control.name).replace("필수", "").trim();
}
