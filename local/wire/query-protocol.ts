/**
 * The AWS query protocol: a form body that names the action and flattens its input, answered in XML. Spoken by
 * CloudFormation, IAM, SNS and STS. https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
import { AwsError } from './aws-error';

/** A request of the query protocol; every leaf of `input` is a string, since the form does not say more. */
export interface QueryRequest {
  readonly action: string;
  /** Of the API, as the client wrote it. */
  readonly version: string | undefined;
  readonly input: Record<string, unknown>;
}

interface Node {
  value?: string;
  children?: Map<string, Node>;
}

/**
 * Reads a form body. `Tags.member.1.Key=a` and `Tag.1.Key=a` both become lists, `Attributes.entry.1.key` with `.value`
 * an object. Throws AwsError `MissingAction` when no action is named.
 */
export function readQuery(body: Buffer | string): QueryRequest {
  const root: Node = { children: new Map() };
  const form = new URLSearchParams(body.toString());
  const action = form.get('Action');
  if (!action) throw new AwsError('MissingAction', 'The request must contain the parameter Action.');
  for (const [name, value] of form) {
    if (name !== 'Action' && name !== 'Version') place(root, name.split('.'), value);
  }
  return { action, version: form.get('Version') ?? undefined, input: toValue(root) as Record<string, unknown> };
}

function place(root: Node, path: readonly string[], value: string): void {
  let node = root;
  for (const part of path) {
    node.children ??= new Map();
    let child = node.children.get(part);
    if (!child) {
      child = {};
      node.children.set(part, child);
    }
    node = child;
  }
  node.value = value;
}

function toValue(node: Node): unknown {
  const { children } = node;
  // The SDKs send an empty list as `Names=`, which cannot be told from an empty string.
  if (!children) return node.value;
  const only = children.size === 1 ? [...children.keys()][0] : undefined;
  if (only === 'member') return toValue(children.get('member')!);
  if (only === 'entry') return toMap(children.get('entry')!);
  if (children.size > 0 && [...children.keys()].every((key) => /^\d+$/.test(key))) return inOrder(node).map(toValue);
  return Object.fromEntries([...children].map(([key, child]) => [key, toValue(child)]));
}

function toMap(entries: Node): Record<string, unknown> {
  return Object.fromEntries(
    inOrder(entries).map(({ children }) => {
      // The message attributes of SNS are the one map that writes its members with capitals.
      const key = children?.get('key') ?? children?.get('Name');
      return [key?.value ?? '', toValue(children?.get('value') ?? children?.get('Value') ?? {})];
    }),
  );
}

function inOrder(node: Node): Node[] {
  return [...(node.children ?? [])].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
}

/**
 * Renders an answer: arrays as `<member>` lists, a Map as `<entry>` list, a Date as ISO 8601, other objects as structures.
 * An action without output has no `…Result` element.
 */
export function writeQuery(action: string, output: unknown, namespace: string, requestId: string): string {
  const result = output === undefined ? '' : element(`${action}Result`, output);
  return (
    `<${action}Response xmlns="${escapeXml(namespace)}">${result}` +
    `<ResponseMetadata><RequestId>${escapeXml(requestId)}</RequestId></ResponseMetadata></${action}Response>`
  );
}

/** Renders an error as these services do. */
export function writeQueryError(error: AwsError, namespace: string, requestId: string): string {
  const type = error.fault === 'client' ? 'Sender' : 'Receiver';
  const body = element('Error', { Type: type, Code: error.code, Message: error.message });
  return `<ErrorResponse xmlns="${escapeXml(namespace)}">${body}${element('RequestId', requestId)}</ErrorResponse>`;
}

function element(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  return `<${name}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => element('member', item)).join('');
  if (value instanceof Map) return [...value].map(([key, item]) => element('entry', { key, value: item })).join('');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, item]) => element(name, item))
      .join('');
  }
  return escapeXml(String(value));
}

/** XML 1.0 has no way to write most control characters; they are left out, as AWS does. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
