/** A request of a webhook, signed. */
export interface WebhookRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The port to one webhook. */
export interface Webhook {
  /**
   * Sends once, follows no redirect, gives the status of the answer and the wait that it asks for. Throws WebhookFailed when
   * the webhook was not reached, WebhookTimedOut when its answer did not come.
   */
  post(request: WebhookRequest): Promise<{ readonly status: number; readonly retryAfterMs?: number }>;
}

/** The port to the secrets that webhooks are signed with. */
export interface WebhookSecrets {
  /** Those that are live, the current one first; at most a minute old. */
  live(): Promise<readonly string[]>;
  /** The same, read anew. */
  refresh(): Promise<readonly string[]>;
}
