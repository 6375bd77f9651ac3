/** What stands in place of a credential. */
const redacted = '[redacted]';

/** Names of headers, parameters and fields that carry a credential. */
const secretName =
  /passw(or)?d|pwd|secret|api[-_]?key|credential|authorization|cookie|(^|[a-z]_?|-)token$|^(pass|jwt|key)$|session[-_]?id/i;

/** A JSON Web Token anywhere in a text. Its header is not longer than 4000 characters, so that no text takes long. */
const jwt = /eyJ[\w-]{5,4000}\.[\w-]{5,}(\.[\w-]*)?/g;

/** Shorter ones are replaced in their own place only, since they occur in other words. */
const shortest = 4;

/** How many credentials are kept to be replaced wherever they occur. */
const most = 1000;

/**
 * Replaces credentials by `[redacted]`: by the name of what carries them, and wherever one that has been seen occurs
 * again, such as in the message of an error.
 */
export class Redactor {
  readonly #known = new Set<string>();

  headers(headers: readonly (readonly [name: string, value: string])[]): [name: string, value: string][] {
    const learnt = headers.map(([name, value]): [string, string] => [name, this.#header(name, value)]);
    return learnt.map(([name, value]) => [name, this.text(value)]);
  }

  /** A path with its query. */
  url(url: string): string {
    const question = url.indexOf('?');
    if (question < 0) return this.text(url);
    const query = url.slice(question + 1).split('&');
    return this.text(`${url.slice(0, question)}?${query.map((pair) => this.#pair(pair)).join('&')}`);
  }

  /** The text of a body. What is neither JSON nor a form is searched for what looks like fields of either. */
  body(type: string, text: string): string {
    const json = parsed(text);
    if (json !== undefined) {
      const clean = JSON.stringify(this.#json(json, false));
      return this.text(clean === JSON.stringify(json) ? text : clean);
    }
    if (/^application\/x-www-form-urlencoded/i.test(type)) {
      return this.text(
        text
          .split('&')
          .map((pair) => this.#pair(pair))
          .join('&'),
      );
    }
    // A name is read from its beginning only, since a file in Base64 is one long word.
    const searched = text.replaceAll(
      /(["']?)(?<![\w-])([\w-]+)\1\s*[:=]\s*(?:"((?:[^"\\]|\\.)*)"?|([^\s"&,;<>]+))/g,
      (whole, _, name, quoted, bare) => {
        if (!secretName.test(name)) return whole;
        const secret = quoted ?? bare;
        return whole.replace(secret, () => this.#learn(secret));
      },
    );
    return this.text(searched);
  }

  /** Any text, without the credentials that have been seen. */
  text(text: string): string {
    let clean = text.replaceAll(jwt, redacted);
    for (const secret of this.#known) clean = clean.replaceAll(secret, redacted);
    return clean;
  }

  #header(name: string, value: string): string {
    if (/^(proxy-)?authorization$/i.test(name)) {
      const [, scheme = '', secret = value] = /^(\S+)\s+(.+)$/.exec(value) ?? [];
      const decoded = /^basic$/i.test(scheme) ? Buffer.from(secret, 'base64').toString() : '';
      if (decoded.includes(':')) this.#learn(decoded.slice(decoded.indexOf(':') + 1));
      return `${scheme} ${this.#learn(secret)}`.trim();
    }
    if (/^(set-)?cookie$/i.test(name)) {
      for (const [, cookie = ''] of value.matchAll(/=([^;]+)/g)) if (cookie.length > 7) this.#learn(cookie);
      return redacted;
    }
    return secretName.test(name) ? this.#learn(value) : value;
  }

  /** A name and a value of a query or a form. */
  #pair(pair: string): string {
    const [name = '', ...rest] = pair.split('=');
    if (!secretName.test(decoded(name).replace(/\[.*$/s, '')) || rest.length === 0) return pair;
    this.#learn(rest.join('='));
    this.#learn(decoded(rest.join('=')));
    return `${name}=${redacted}`;
  }

  #json(value: unknown, isSecret: boolean): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.#json(entry, isSecret));
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value);
      return Object.fromEntries(
        entries.map(([name, inner]) => [name, this.#json(inner, isSecret || secretName.test(name))]),
      );
    }
    return isSecret && (typeof value === 'string' || typeof value === 'number') ? this.#learn(String(value)) : value;
  }

  #learn(secret: string): string {
    for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])) {
      const isWord = /^(true|false|null)$/.test(form) || redacted.includes(form);
      if (form.length >= shortest && !isWord && this.#known.size < most) this.#known.add(form);
    }
    return secret === '' ? '' : redacted;
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
