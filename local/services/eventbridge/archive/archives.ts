import type { EventNames } from '../event-names';
import { constraint, validation } from '../faults';
import type { Bus, Event, Rule } from '../model';
import { compilePattern } from '../pattern/compile-pattern';
import type { EventBridgeStore } from '../store';
import type { ArchiveStore } from './archive-store';
import { archiveAlreadyExists } from './faults';
import type { Archive } from './model';

/** The input of CreateArchive and, without its source, of UpdateArchive. */
export interface ArchiveInput {
  readonly ArchiveName?: string;
  readonly EventSourceArn?: string;
  readonly Description?: string;
  readonly EventPattern?: string;
  readonly RetentionDays?: number;
}

/**
 * Archives of buses. Each is fed by a rule that AWS manages, `Events-Archive-NAME`, with the archive's pattern and one more
 * condition: what comes from a replay is not archived again.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-archive.html
 */
export class Archives {
  constructor(
    private readonly names: EventNames,
    private readonly events: EventBridgeStore,
    readonly store: ArchiveStore,
  ) {}

  /** Throws ResourceNotFoundException, ResourceAlreadyExistsException, InvalidEventPatternException, ValidationException. */
  create(input: ArchiveInput): Archive {
    const { ArchiveName: name } = input;
    if (!name || !/^[.\-_A-Za-z0-9]{1,48}$/.test(name)) {
      throw constraint('archiveName', name, 'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+');
    }
    const bus = this.busOf(input.EventSourceArn);
    if (this.store.find(name)) throw archiveAlreadyExists(name);
    return this.put(bus, {
      name,
      arn: this.names.archiveArn(name),
      busArn: bus.arn,
      createdAtMs: this.names.now(),
      ...settingsOf(input),
    });
  }

  /** What the input does not name stays. Throws ResourceNotFoundException, InvalidEventPatternException. */
  update(input: ArchiveInput): Archive {
    const archive = this.store.get(input.ArchiveName ?? '');
    return this.put(this.busOf(archive.busArn), { ...archive, ...settingsOf({ ...inputOf(archive), ...input }) });
  }

  /** Throws ResourceNotFoundException. */
  delete(name: string): void {
    const { busArn } = this.store.get(name);
    const bus = this.events.busByArn(busArn);
    const rule = bus && this.events.findRule(bus.name, ruleName(name));
    if (rule) this.events.deleteRule(rule);
    this.store.delete(name);
  }

  /** Takes an event that an archive's rule has matched. */
  take(archiveName: string, event: Event): void {
    if (!this.store.find(archiveName)) return;
    const id = this.names.host.kernel.random.uuid();
    this.store.addEvent({ id, archiveName, event, archivedAtMs: this.names.now() });
  }

  private put(bus: Bus, archive: Archive): Archive {
    if (archive.eventPattern !== undefined) compilePattern(archive.eventPattern);
    this.events.putRule(this.ruleOf(bus, archive));
    this.store.put(archive);
    return archive;
  }

  private ruleOf(bus: Bus, archive: Archive): Rule {
    const name = ruleName(archive.name);
    const pattern = JSON.parse(archive.eventPattern ?? '{}');
    const template = `{"archive-arn": "${archive.arn}", "event": <aws.events.event.json>, "ingestion-time": <aws.events.event.ingestion-time>}`;
    return {
      name,
      arn: this.names.ruleArn(bus.name, name),
      busName: bus.name,
      eventPattern: JSON.stringify({ ...pattern, 'replay-name': [{ exists: false }] }),
      state: 'ENABLED',
      archiveName: archive.name,
      targets: {
        [name]: {
          Id: name,
          Arn: `arn:aws:events:${this.names.host.region}:::`,
          InputTransformer: { InputPathsMap: {}, InputTemplate: template },
        },
      },
    };
  }

  private busOf(arn: string | undefined): Bus {
    if (!arn || !/:event-bus\//.test(arn)) {
      throw validation('Parameter EventSourceArn is not valid. Reason: Must contain an event bus ARN.');
    }
    return this.events.busByArn(arn) ?? this.events.bus(this.names.busName(arn));
  }
}

const ruleName = (archiveName: string) => `Events-Archive-${archiveName}`;

function inputOf({ description, eventPattern, retentionDays }: Archive): ArchiveInput {
  return { Description: description, EventPattern: eventPattern, RetentionDays: retentionDays };
}

function settingsOf({ Description, EventPattern, RetentionDays = 0 }: ArchiveInput) {
  if (!Number.isInteger(RetentionDays) || RetentionDays < 0) {
    throw constraint('retentionDays', RetentionDays, 'have value greater than or equal to 0');
  }
  return { description: Description, eventPattern: EventPattern, retentionDays: RetentionDays };
}
