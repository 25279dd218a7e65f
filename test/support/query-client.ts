/** A client of services that speak the AWS query protocol and have no SDK among the project's packages. */

/** An answer: its status, its XML, and what stands in its elements. */
export interface QueryAnswer {
  readonly status: number;
  readonly xml: string;
  /** The text of the first element of that name. */
  text(element: string): string | undefined;
  /** The texts of all elements of that name. */
  texts(element: string): string[];
  /** An `<entry>` map as an object. */
  entries(): Record<string, string>;
}

/** Calls actions of one service; `input` is written as the SDK writes it, maps with the names of their members. */
export function queryClient(url: string, service: string) {
  const authorization = `AWS4-HMAC-SHA256 Credential=test/20261121/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return async (Action: string, input: Record<string, unknown> = {}): Promise<QueryAnswer> => {
    const form = new URLSearchParams({ Action, Version: '2010-03-31' });
    for (const [name, value] of Object.entries(input)) write(form, name, value);
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
    const response = await fetch(url, { method: 'POST', headers, body: form.toString() });
    return answerOf(response.status, await response.text());
  };
}

function answerOf(status: number, xml: string): QueryAnswer {
  const texts = (element: string) =>
    [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map((match) => unescaped(match[1]!));
  return {
    status,
    xml,
    texts,
    text: (element) => texts(element)[0],
    entries: () => {
      const [keys, values] = [texts('key'), texts('value')];
      return Object.fromEntries(keys.map((key, index) => [key, values[index]!]));
    },
  };
}

/** A Map is a map of the API, written with the member names that its values say (`Attributes` has lower case ones). */
function write(form: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined) return;
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      write(form, `${name}.member.${index + 1}`, item);
    });
  } else if (value instanceof Map) {
    const [keyName, valueName] = name.endsWith('MessageAttributes') ? ['Name', 'Value'] : ['key', 'value'];
    [...value].forEach(([key, item], index) => {
      form.set(`${name}.entry.${index + 1}.${keyName}`, key);
      write(form, `${name}.entry.${index + 1}.${valueName}`, item);
    });
  } else if (value !== null && typeof value === 'object') {
    for (const [member, item] of Object.entries(value)) write(form, `${name}.${member}`, item);
  } else {
    form.set(name, String(value));
  }
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
