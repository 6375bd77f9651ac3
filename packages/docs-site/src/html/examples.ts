import { type Content, type Html, html } from './html.ts';

/** An example with its name in the description, such as `byDay`, and a sentence about it. */
export interface NamedExample {
  name: string;
  words: Content;
  panel: Content;
}

/**
 * Examples of which one is shown; where there are several, a menu with their names chooses. The theme makes the menu
 * work; without scripts, all are there to read in the source.
 *
 * @param id Unique on the page.
 * @param label What the examples are of.
 */
export function examples(id: string, label: string, items: readonly NamedExample[]): Html {
  const names = items.map(({ name }) => name);
  const isRepeated = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  const option = ({ name }: NamedExample, at: number) => {
    const number = names.slice(0, at + 1).filter((it) => it === name).length;
    return html`<option value="${`${id}-${at}`}">${nameInWords(name)}${isRepeated(name) && ` (${number})`}</option>`;
  };
  return html`
    <div class="examples">
      ${items.length > 1 && html`<select aria-label="${label}" data-examples autocomplete="off">${items.map(option)}</select>`}
      ${items.map(
        ({ words, panel }, at) => html`
          <div class="example" id="${`${id}-${at}`}"${at > 0 && html` hidden`}>
            <p class="example-words">${words}</p>
            ${panel}
          </div>`,
      )}
    </div>`;
}

/** `byDay` as a person writes it: "By day". */
export function nameInWords(name: string): string {
  const words = name
    .split(/(?<=[a-z0-9])(?=[A-Z])|[-_ ]+/)
    .map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
