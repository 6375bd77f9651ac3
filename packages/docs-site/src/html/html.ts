/** A piece of HTML, as opposed to text that must still be escaped. */
export class Html {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  toString(): string {
    return this.source;
  }
}

export type Content = Html | string | number | undefined | false | readonly Content[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/**
 * The result is put into a Markdown file that Vue then compiles: a line break could end the HTML block
 * (https://spec.commonmark.org/0.31.2/#html-blocks), and two braces would begin an expression. Entities do neither.
 */
function shield(source: string): string {
  return source.replaceAll('\n', '&#10;').replaceAll('{{', '&#123;&#123;');
}

export function escapeHtml(text: string): string {
  return shield(text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character));
}

/** HTML that is known to be safe, such as the output of markdown-it. */
export function raw(source: string): Html {
  return new Html(shield(source));
}

/** A template for HTML: text is escaped; `false`, `undefined` and the template's own line breaks are left out. */
export function html(strings: TemplateStringsArray, ...values: Content[]): Html {
  const pieces = strings.map((text, index) => {
    const fixed = unfold(text);
    return index < values.length ? fixed + render(values[index]) : fixed;
  });
  return new Html(pieces.join(''));
}

/** Removes the template's line breaks; between two attributes a space must stay. */
function unfold(text: string): string {
  return text.replace(/\s*\n\s*/g, (space, at: number) => {
    const before = text[at - 1] ?? '>';
    const after = text[at + space.length] ?? '<';
    return before === '>' || after === '<' ? '' : ' ';
  });
}

function render(content: Content): string {
  if (content === undefined || content === false) return '';
  if (content instanceof Html) return content.source;
  if (typeof content === 'object') return content.map(render).join('');
  return escapeHtml(String(content));
}

/** The pieces with `between` between them. */
export function join(pieces: readonly Content[], between: Content): Content[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [between, piece]));
}
