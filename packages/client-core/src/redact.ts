/** The names of fields and headers whose values are secret. */
const isSecret = /token|passw|secret|api_?-?key|authorization|cookie/i;

/** What stands in place of a secret. Headers are redacted too, so it is ASCII. */
const hidden = '***';

/** Removes secrets from a text. */
export type Redact = (text: string) => string;

/** The secrets that a request has: in its headers, and in the fields of its body. */
function secretsOf(headers: Headers, body: unknown): string[] {
  const fields = typeof body === 'object' && body !== null ? Object.entries(body) : [];
  const values = [...headers, ...fields].flatMap(([name, value]) =>
    isSecret.test(name) && typeof value === 'string' ? [value] : [],
  );
  return values.flatMap((value) => {
    const [scheme, credentials = ''] = value.split(' ');
    // The API key of HTTP Basic stands after a colon.
    return [value, credentials, scheme === 'Basic' ? atob(credentials).replace(/^.*?:/s, '') : ''];
  });
}

/** Removes from texts the secrets of a request, in every form that a service may repeat them in, and what looks like a secret. */
export function redaction(headers: Headers, body: unknown): Redact {
  // Read now: who sends the body may change it later.
  const secrets = secretsOf(headers, body);
  return (text) =>
    secrets
      .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      .filter((secret) => secret.length > 2)
      .reduce((rest, secret) => rest.replaceAll(secret, hidden), text)
      .replace(/\b(basic|bearer) +[\w.~+/=-]{8,}/gi, `$1 ${hidden}`)
      .replace(/("[^"]*"\s*:\s*)"(?:[^"\\]|\\.)*"?/g, (field, name: string) =>
        isSecret.test(name) ? `${name}"${hidden}"` : field,
      )
      .replace(/([\w-]+=)[^\s&;,"'<]+/g, (field, name: string) => (isSecret.test(name) ? name + hidden : field));
}

/**
 * A copy of an error without secrets: its name, message, stack and code, and its cause. What other properties it has may
 * be the whole request, for example.
 */
export function cleanCause(error: unknown, redact: Redact, depth = 3): Error | undefined {
  if (error === undefined || error === null || depth === 0) return undefined;
  if (typeof error !== 'object') return new Error(redact(String(error)));
  const { name, message, stack, code, cause, errors } = error as Record<string, unknown>;
  const inner = cleanCause(cause ?? (Array.isArray(errors) ? errors[0] : undefined), redact, depth - 1);
  const copy = new Error(redact(String(message ?? '')), inner && { cause: inner });
  if (typeof stack === 'string') copy.stack = redact(stack);
  return Object.assign(copy, {
    name: String(name ?? 'Error'),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
  });
}
