import { ServiceError } from './exchange.ts';

/** What a request prefers to get. */
export interface Preference {
  readonly code?: number | undefined;
  readonly example?: string | undefined;
  readonly dynamic?: boolean;
}

/**
 * What a `Prefer` header asks for, with Prism's three keys: `code=403, example=dailyQuota`, `dynamic=true`.
 *
 * @throws {ServiceError} 400 where the code is not an HTTP status.
 * @see https://www.rfc-editor.org/rfc/rfc7240#section-2
 */
export function readPrefer(header = ''): Preference {
  if (header === '') return {};
  const preferences = new Map(
    header.split(/[,;]/).map((preference) => {
      const [name = '', value = ''] = preference.split('=');
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', '')] as const;
    }),
  );
  const code = preferences.get('code');
  if (code !== undefined && !/^\d{3}$/.test(code))
    throw new ServiceError(400, `The code '${code.slice(0, 100)}' of the Prefer header is not an HTTP status.`);
  return {
    code: code === undefined ? undefined : Number(code),
    example: preferences.get('example') || undefined,
    dynamic: preferences.get('dynamic') === 'true',
  };
}
