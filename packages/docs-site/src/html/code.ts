import { escapeHtml, type Html, html, raw } from './html.ts';

export type Language = 'json' | 'sh' | 'js' | 'ts' | 'py' | 'text';

const SCRIPT =
  /(?<string>'(?:[^'\\]|\\.)*'|`(?:[^`\\]|\\.)*`)|(?<word>\b(?:import|from|const|new|await|true|false|null|try|catch|if|instanceof|throw|for|of)\b)|(?<key>\b[A-Za-z_$][\w$]*(?=:))|(?<number>\b\d+(?:\.\d+)?\b)|(?<comment>\/\/.*)/g;

/** The element of each kind of token. On pages with thousands of them, classes would take a tenth of the size. */
const ELEMENTS: Record<string, string> = {
  key: 'var',
  string: 'i',
  word: 'b',
  number: 'u',
  comment: 'em',
  more: 'samp',
};

/**
 * What to colour in each language: a group's name is the kind of what it matches. The snippets have few forms, so a few
 * patterns are enough.
 */
const GRAMMARS: Record<Language, RegExp | undefined> = {
  json: /(?<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|(?<word>\b(?:true|false|null)\b)/g,
  sh: /(?<string>'[^']*'|"[^"]*")|(?<key>(?<=\s)--?[\w-]+)|(?<word>^(?:\s*\|\s)?(?:curl|sed|export)\b|(?<=\()curl\b)|(?<number>\$\w+|\bCOMM100_\w+(?==))|(?<more> \\$)/gm,
  js: SCRIPT,
  ts: SCRIPT,
  py: /(?<key>"(?:[^"\\]|\\.)*"(?=:)|\b\w+(?==))|(?<string>f?"(?:[^"\\]|\\.)*")|(?<word>\b(?:import|print|True|False|None)\b)|(?<number>\b\d+(?:\.\d+)?\b)|(?<comment>#.*)/g,
  text: undefined,
};

export function highlight(code: string, language: Language): Html {
  const grammar = GRAMMARS[language];
  if (!grammar) return raw(escapeHtml(code));
  let result = '';
  let end = 0;
  for (const match of code.matchAll(grammar)) {
    const [kind = ''] = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined) ?? [];
    const element = ELEMENTS[kind];
    result += `${escapeHtml(code.slice(end, match.index))}<${element}>${escapeHtml(match[0])}</${element}>`;
    end = match.index + match[0].length;
  }
  return raw(result + escapeHtml(code.slice(end)));
}

/** A sample as VitePress has them in Markdown, so that its button copies the code. */
export function codeBlock(code: string, language: Language, isActive = false): Html {
  return html`
    <div class="${`language-${language}${isActive ? ' active' : ''}`}">
      <button type="button" class="copy" title="Copy"></button><span class="lang"></span>
      <pre tabindex="0"><code>${highlight(code, language)}</code></pre>
    </div>`;
}

/** A sample of several. */
export interface Sample {
  label: string;
  language: Language;
  code: string;
}

/**
 * Samples of the same in several languages, as a code group of VitePress, which shows one at a time. The theme remembers
 * which, and all groups of a page change together.
 *
 * @param id Unique on the page.
 */
export function codeGroup(id: string, samples: readonly Sample[]): Html {
  return html`
    <div class="vp-code-group" data-languages>
      <div class="tabs">
        ${samples.map(
          ({ label }, index) => html`
            <input type="radio" name="${id}" id="${`${id}-${index}`}" ${index === 0 ? html` checked` : ''}>
            <label for="${`${id}-${index}`}">${label}</label>`,
        )}
      </div>
      <div class="blocks">
        ${samples.map(({ language, code }, index) => codeBlock(code, language, index === 0))}
      </div>
    </div>`;
}
