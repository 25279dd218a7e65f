/** Members that hold what lets somebody act in another's place. */
const SECRET_MEMBERS = /token|secret|password|signature|authorization/i;

/** Longer runs of base64 or hexadecimal digits than any hash or id of ours: a task token, a ciphertext. */
const LONG_RUN = /[A-Za-z0-9+/=_-]{100,}/g;
const LINK = /\bhttps?:\/\/[^\s"'<>]+/gi;
const ADDRESS = /[^\s@"'<>:,;()[\]]+@[^\s@"'<>:,;()[\]]+\.[^\s@"'<>:,;()[\]]+/g;

/**
 * A message's body without task tokens, links and mail addresses, so that it can be shown and pasted elsewhere. JSON stays JSON; JSON
 * within a text is redacted as well. Other personal data, such as names, stays.
 */
export function redact(body: string): string {
  const parsed = parse(body);
  return parsed === undefined ? redactText(body) : JSON.stringify(redactValue(parsed));
}

function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redactValue);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      redactText(name),
      SECRET_MEMBERS.test(name) ? '[secret]' : redactValue(member),
    ]),
  );
}

function redactText(text: string): string {
  return text.replace(LINK, '[link]').replace(ADDRESS, '[address]').replace(LONG_RUN, '[secret]');
}

/** The object or list that a text is; undefined for any other text. */
function parse(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
