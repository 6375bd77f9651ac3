import { escapeHtml, type Html, html, raw } from './html.ts';

export type Language = 'json' | 'sh' | 'ts' | 'text';

/**
 * What to colour in each language: a group's name is the class of what it matches. The snippets have few forms, so a few
 * patterns are enough. A class for each token needs a tenth of the size of a general highlighter's inline styles, on
 * pages with dozens of samples.
 */
const GRAMMARS: Record<Language, RegExp | undefined> = {
  json: /(?<key>"(?:[^"\\]|\\.)*")(?=\s*:)|(?<string>"(?:[^"\\]|\\.)*")|(?<number>-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b)|(?<word>\b(?:true|false|null)\b)/g,
  sh: /(?<string>'[^']*'|"[^"]*")|(?<key>(?<=\s)--?[\w-]+)|(?<word>^(?:\s*\|\s)?(?:curl|sed)\b|(?<=\()curl\b)|(?<number>\$\w+|\bTOKEN(?==))/gm,
  ts: /(?<string>'(?:[^'\\]|\\.)*')|(?<word>\b(?:import|from|const|await|true|false|null|try|catch|if|instanceof|throw|for|of)\b)|(?<key>\b[A-Za-z_$][\w$]*(?=:))|(?<number>\b\d+(?:\.\d+)?\b)|(?<comment>\/\/.*)/g,
  text: undefined,
};

export function highlight(code: string, language: Language): Html {
  const grammar = GRAMMARS[language];
  if (!grammar) return raw(escapeHtml(code));
  let result = '';
  let end = 0;
  for (const match of code.matchAll(grammar)) {
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0];
    result += `${escapeHtml(code.slice(end, match.index))}<i class="${kind}">${escapeHtml(match[0])}</i>`;
    end = match.index + match[0].length;
  }
  return raw(result + escapeHtml(code.slice(end)));
}

/** A sample with a button that copies it; the button works through the theme's behaviours. */
export function codeBlock(code: string, language: Language, label: string): Html {
  return html`
    <div class="code" data-language="${language}">
      <button type="button" class="code-copy" data-copy aria-label="${`Copy: ${label}`}">Copy</button>
      <pre tabindex="0" aria-label="${label}"><code>${highlight(code, language)}</code></pre>
    </div>`;
}
