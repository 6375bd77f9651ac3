import { PurgeCSS } from 'purgecss';

/** Parts of VitePress's theme that its script contains, and that no page of this site shows. */
const NEVER_SHOWN =
  /\/VP(\w*CarbonAds|\w*Sponsors|\w*SocialLink|\w*Translations|AlgoliaSearch|LocalSearch|NavBarSearchButton|NavScreenMenuGroup|Badge|Button|Feature|Footer|Hero|Home|Page)\w*\.vue/;

/**
 * A style sheet without the rules and variables that nothing on the site can use: a third of it, most of it from
 * VitePress's theme.
 *
 * @param modules The code of all that is built, by its file. Names of classes are found in it as words.
 */
export async function withoutUnused(css: string, modules: Iterable<[file: string, code: string]>): Promise<string> {
  const shown = [...modules].filter(([file]) => !NEVER_SHOWN.test(file));
  const [result] = await new PurgeCSS().purge({
    css: [{ raw: css }],
    content: shown.map(([, raw]) => ({ raw, extension: 'js' })),
    variables: true,
    keyframes: true,
    // States and kinds of links are not words of the code. The other names are put together when the site runs.
    safelist: [/^:/, 'href', /^level-[01]$/, /-(enter|leave)-(active|from|to)$/],
  });
  return result?.css ?? css;
}
