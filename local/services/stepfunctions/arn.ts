import { invalidArn } from './faults';

/** What an ARN of Step Functions names. */
export type ArnKind = 'stateMachine' | 'execution' | 'express' | 'activity' | 'mapRun';

/** An ARN of Step Functions in its parts; `names` are what stands between colons after the kind. */
export interface ParsedArn {
  readonly kind: ArnKind;
  readonly names: readonly string[];
}

const KINDS: ReadonlySet<string> = new Set<ArnKind>(['stateMachine', 'execution', 'express', 'activity', 'mapRun']);

/** Throws InvalidArn, in AWS's words, unless `arn` is one of `kinds`. */
export function parseArn(arn: string, ...kinds: ArnKind[]): ParsedArn {
  const parts = arn.split(':');
  if (parts[0] !== 'arn' || parts.length < 2) throw invalidArn(`Invalid ARN prefix: ${arn}`);
  const [, partition, service, , , kind = '', ...names] = parts;
  if (!partition || service !== 'states' || !KINDS.has(kind) || names.length === 0 || names.includes('')) {
    throw invalidArn(`Resource type not valid in this context: ${kind || arn}`);
  }
  if (kinds.length > 0 && !kinds.includes(kind as ArnKind)) {
    throw invalidArn(`Resource type not valid in this context: ${kind}`);
  }
  return { kind: kind as ArnKind, names };
}

/** Makes the ARNs of one account and region. */
export class ArnMaker {
  constructor(
    private readonly region: string,
    private readonly accountId: string,
  ) {}

  stateMachine(name: string): string {
    return `${this.prefix()}:stateMachine:${name}`;
  }
  activity(name: string): string {
    return `${this.prefix()}:activity:${name}`;
  }
  execution(machineName: string, name: string): string {
    return `${this.prefix()}:execution:${machineName}:${name}`;
  }
  /** Express executions carry an id of their own, since their names may repeat. */
  express(machineName: string, name: string, id: string): string {
    return `${this.prefix()}:express:${machineName}:${name}:${id}`;
  }
  mapRun(machineName: string, label: string, id: string): string {
    return `${this.prefix()}:mapRun:${machineName}/${label}:${id}`;
  }

  private prefix(): string {
    return `arn:aws:states:${this.region}:${this.accountId}`;
  }
}

/** The ARN of the machine that a version's, alias's or machine's own ARN belongs to, and the qualifier if any. */
export function splitQualifier(arn: string): { machineArn: string; qualifier?: string } {
  const parsed = parseArn(arn, 'stateMachine');
  if (parsed.names.length === 1) return { machineArn: arn };
  return { machineArn: arn.slice(0, arn.lastIndexOf(':')), qualifier: parsed.names[1] };
}
