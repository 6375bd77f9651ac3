/** The HTML of the site, taken apart as a reader sees it. */

interface Section {
  id: string;
  /** `GET /api/v2/…`; empty for a schema. */
  endpoint: string;
  text: string;
  samples: { language: string; code: string }[];
}

/** The sections of operations or schemas on a page. */
export function sectionsOf(html: string): Section[] {
  return [...html.matchAll(/<section class="[^"]*" aria-labelledby="([^"]+)">(.*?)<\/section>/gs)].map(
    ([, id = '', source = '']) => {
      const [, method = '', path = ''] = /<div class="endpoint[^"]*">(.*?)<code>(.*?)<\/code>/s.exec(source) ?? [];
      return {
        id,
        endpoint: `${textOf(method)} ${textOf(path)}`.trim(),
        text: textOf(source),
        samples: samplesOf(source),
      };
    },
  );
}

/** The samples of code in a piece of HTML, as a reader copies them. */
export function samplesOf(html: string): Section['samples'] {
  return [...html.matchAll(/<div class="language-(\w+)(?: active)?">.*?<code>(.*?)<\/code>/gs)].map(
    ([, language = '', code = '']) => ({
      language,
      code: textOf(code),
    }),
  );
}

export function textOf(html: string): string {
  const entities: Record<string, string> = {
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    '#39': "'",
    '#10': '\n',
    '#123': '{',
  };
  return html.replace(/<[^>]+>/g, '').replace(/&([^;]+);/g, (entity, name: string) => entities[name] ?? entity);
}
