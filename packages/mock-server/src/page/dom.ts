/** What an element has: attributes, and listeners by `onclick` and the like. `false` and `undefined` leave one out. */
type Attributes = Readonly<Record<string, string | number | boolean | undefined | ((event: Event) => unknown)>>;
type Child = Node | string | undefined;

/** An HTML element. Text is text, never markup: it comes from requests. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  return filled(document.createElement(name), attributes, children);
}

/** An SVG element. */
export function svg(name: string, attributes: Attributes = {}, ...children: readonly Child[]): SVGElement {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function filled<Kind extends Element>(element: Kind, attributes: Attributes, children: readonly Child[]): Kind {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.replace(/^on/, ''), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** The element of the page with this id. @throws {Error} where there is none. */
export function byId<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no '${id}'.`);
  return element as Kind;
}

const shown = new WeakMap<Element, string>();

/** Fills an element anew, but only where what it shows has changed: the focus and a selection stay. */
export function show(element: Element, value: unknown, children: () => readonly Child[]): void {
  const key = JSON.stringify(value);
  if (shown.get(element) === key) return;
  shown.set(element, key);
  element.replaceChildren(...children().filter((child) => child !== undefined));
}

/** A button that shows all of a list of which the style shows only the first. @param most How many it shows. */
export function offerAll(button: HTMLElement, list: HTMLElement, most: number): void {
  button.hidden = list.children.length <= most || list.classList.contains('all');
  button.textContent = `Show all ${list.children.length}`;
  button.onclick = () => {
    list.classList.add('all');
    button.hidden = true;
  };
}
