import type { LogEvent } from '../model';
import { Moment, type Row, type Value } from './model';

/** An event as a row: the fields that CloudWatch Logs makes, and those of a JSON message, inner ones behind dots. */
export class EventRow implements Row {
  private json: unknown;
  private isRead = false;

  constructor(
    readonly event: LogEvent,
    /** `ACCOUNT:GROUP` */
    private readonly log: string,
    private readonly logStream: string,
  ) {}

  value(field: string): Value {
    switch (field) {
      case '@timestamp':
        return new Moment(this.event.timestamp);
      case '@ingestionTime':
        return new Moment(this.event.ingestionTime);
      case '@message':
        return this.event.message;
      case '@logStream':
        return this.logStream;
      case '@log':
        return this.log;
      case '@ptr':
        return Buffer.from(`${this.log} ${this.logStream} ${this.event.sequence}`).toString('base64');
      default:
        return fieldOf(memberOf(this.message(), field));
    }
  }

  private message(): unknown {
    if (!this.isRead) {
      this.isRead = true;
      this.json = parsed(this.event.message);
    }
    return this.json;
  }
}

function parsed(message: string): unknown {
  if (!/^\s*\{/.test(message)) return undefined;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

/** A member by its name, which may have dots itself, or by the names on the way to it. */
function memberOf(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Object.hasOwn(value, path)) return (value as Record<string, unknown>)[path];
  for (let dot = path.indexOf('.'); dot > 0; dot = path.indexOf('.', dot + 1)) {
    const name = path.slice(0, dot);
    if (!Object.hasOwn(value, name)) continue;
    const found = memberOf((value as Record<string, unknown>)[name], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What has members itself is no field; its members are. `true` is 1 and `false` is 0. */
function fieldOf(member: unknown): Value {
  if (typeof member === 'string' || typeof member === 'number') return member;
  return typeof member === 'boolean' ? Number(member) : undefined;
}
