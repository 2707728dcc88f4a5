// Elements of a page, and files that it gives away.
const SVG = "http://www.w3.org/2000/svg";
const complete = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  // Strings become text, never markup.
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
};
export const make = (tag, attributes = {}, ...children) => complete(document.createElement(tag), attributes, children);
export const draw = (tag, attributes = {}, ...children) => complete(document.createElementNS(SVG, tag), attributes, children);
export const save = (name, blob) => {
  const address = URL.createObjectURL(blob);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
