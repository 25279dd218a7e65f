/** A mail of the embedded AWS's inbox, as far as it is read here. */
interface Mail {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly text?: string;
}

/** What a mail that asks for an approval holds for its reader. */
export interface Invitation {
  readonly url: string;
  readonly code: string;
}

/**
 * The inbox of the embedded AWS, and the page behind the links in its mails, used as a person uses them. Real mail
 * goes to people, so there is none beside a real account.
 */
export class Inbox {
  private constructor(
    /** For a person's browser too. */
    readonly url: string,
  ) {}

  /** The inbox behind AWS_ENDPOINT_URL; undefined where there is none. */
  static async find(endpoint = process.env.AWS_ENDPOINT_URL): Promise<Inbox | undefined> {
    if (!endpoint) return undefined;
    const url = `${endpoint.replace(/\/$/, '')}/inbox`;
    const answer = await fetch(url, { headers: JSON_ONLY }).catch(() => undefined);
    return answer?.ok ? new Inbox(url) : undefined;
  }

  /** Waits for the mail that asks about `words`, and reads its link and code. Throws after `timeoutMs`. */
  async invitation(words: string, timeoutMs = 60_000): Promise<Invitation> {
    const seen = new Set<string>();
    for (const until = Date.now() + timeoutMs; Date.now() < until; ) {
      const { messages } = await this.read<{ messages: Mail[] }>('');
      for (const { id, tags } of messages) {
        if (seen.has(id) || tags.kind !== 'ask') continue;
        seen.add(id);
        const { text = '' } = await this.read<Mail>(`/${id}`);
        const url = /https?:\/\/\S+\/a\/[\w-]{32}/.exec(text)?.[0];
        const code = /^Your code: (\d{3}) (\d{3})$/m.exec(text);
        if (text.includes(words) && url && code) return { url, code: `${code[1]}${code[2]}` };
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`No mail about ${words} has arrived within ${timeoutMs / 1000} s.`);
  }

  private async read<T>(path: string): Promise<T> {
    const answer = await fetch(`${this.url}${path}`, { headers: JSON_ONLY });
    if (!answer.ok) throw new Error(`GET ${this.url}${path} answered ${answer.status}.`);
    return answer.json() as Promise<T>;
  }
}

const JSON_ONLY = { accept: 'application/json' };

/** Opens the page, fills its form in and sends it. Gives the status of the answer, or `no form` when nothing is left to decide. */
export async function decide(
  { url, code }: Invitation,
  decision: 'approve' | 'reject',
  reason = '',
): Promise<number | 'no form'> {
  const page = await (await fetch(url)).text();
  const payloadHash = /name="payloadHash" value="([^"]+)"/.exec(page)?.[1];
  if (!payloadHash) return 'no form';
  const body = new URLSearchParams({ act: 'decide', payloadHash, decision, code, reason });
  return (await fetch(url, { method: 'POST', body })).status;
}
