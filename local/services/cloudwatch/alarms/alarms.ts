/** Owns the alarms of an account: what is put, deleted, switched or set, by the API or by CloudFormation, goes through here. */
import type { Host } from '../../../wire/host';
import { alarmArn } from '../api-values';
import { validationError } from '../faults';
import type { Alarm, AlarmState } from '../model';
import type { CloudWatchStore } from '../store';
import { AlarmActions } from './alarm-actions';
import { AlarmEvaluator } from './alarm-evaluator';
import { sendConfigurationChange } from './alarm-events';
import { addConfigurationHistory } from './alarm-history';
import { AlarmStates, type NextState } from './alarm-states';
import { AlarmStore } from './alarm-store';
import { checkActions, checkAlarm } from './check-alarm';
import { parseCompositeRule } from './composite-rule';
import { MuteRules } from './mute-rules';

type Properties = Readonly<Record<string, any>>;

const LONGEST_NAME = 255;

/** The alarms of an account. */
export class Alarms {
  readonly store: AlarmStore;
  readonly mutes: MuteRules;
  private readonly actions: AlarmActions;
  private readonly states: AlarmStates;
  private readonly evaluator: AlarmEvaluator;

  constructor(
    private readonly host: Host,
    metrics: CloudWatchStore,
  ) {
    this.store = new AlarmStore(host.journal);
    this.actions = new AlarmActions(host, this.store);
    this.mutes = new MuteRules(host, this.store, this.actions);
    this.states = new AlarmStates(host, this.store, this.mutes);
    this.evaluator = new AlarmEvaluator(host.kernel.clock, metrics, this.store, this.states);
  }

  /** Makes an alarm of metrics, or replaces its configuration and leaves it its state. Throws ValidationError and others. */
  putMetricAlarm(name: string, properties: Properties, tags?: Record<string, string>): Alarm {
    checkName(name);
    checkAlarm(properties);
    const alarm = this.put(name, 'metric', properties, tags);
    this.evaluator.watch(alarm);
    return alarm;
  }

  /** As {@link putMetricAlarm}, of a composite alarm. */
  putCompositeAlarm(name: string, properties: Properties, tags?: Record<string, string>): Alarm {
    checkName(name);
    checkActions(properties);
    this.checkRule(properties);
    const isNew = !this.store.alarm(name);
    const alarm = this.put(name, 'composite', properties, tags);
    this.states.evaluateNew(alarm, isNew ? 'created' : 'updated');
    return this.store.alarm(name)!;
  }

  /** Throws ValidationError while a composite alarm depends on it. A name that is not there is passed over. */
  delete(name: string): void {
    const alarm = this.store.alarm(name);
    if (!alarm) return;
    if (this.states.dependents(alarm).length > 0) {
      throw validationError(`Cannot delete ${name} as there are composite alarm(s) depending on it.`);
    }
    this.evaluator.unwatch(name);
    this.store.removeAlarm(name);
    addConfigurationHistory(this.store, alarm, 'deleted', this.now());
    sendConfigurationChange(this.host, alarm, 'delete');
  }

  /** Sets a state by hand. An alarm of metrics comes back to its own at its next evaluation. */
  setState(name: string, state: Omit<NextState, 'atMs'>): void {
    this.states.set(name, { ...state, atMs: this.now() });
    this.evaluator.wake(name);
  }

  /** Switches the actions of alarms on or off; names that are not there are passed over, as on AWS. */
  switchActions(names: readonly string[], ActionsEnabled: boolean): void {
    for (const name of names) {
      const alarm = this.store.alarm(name);
      if (alarm) this.put(name, alarm.kind, { ...alarm.properties, ActionsEnabled });
    }
  }

  resume(): void {
    for (const alarm of this.store.listAlarms()) if (alarm.kind === 'metric') this.evaluator.watch(alarm);
    this.actions.resume();
    this.states.suppression.resume();
    this.mutes.resume();
  }

  stop(): void {
    this.evaluator.stop();
    this.actions.stop();
    this.states.suppression.stop();
    this.mutes.stop();
  }

  private put(name: string, kind: Alarm['kind'], properties: Properties, tags?: Record<string, string>): Alarm {
    const before = this.store.alarm(name);
    if (before && before.kind !== kind) {
      throw validationError(`An alarm of another type has the name ${name} already.`);
    }
    const updatedMs = this.now();
    const alarm: Alarm = {
      AlarmName: name,
      AlarmArn: alarmArn(this.host, name),
      kind,
      properties: { ...properties },
      updatedMs,
      state: before?.state ?? initialState(updatedMs),
      tags: before?.tags ?? tags,
      heldBack: before?.heldBack,
    };
    this.store.putAlarm(alarm);
    addConfigurationHistory(this.store, alarm, before ? 'updated' : 'created', updatedMs);
    sendConfigurationChange(this.host, alarm, before ? 'update' : 'create', before);
    return alarm;
  }

  private checkRule({ AlarmRule, ...properties }: Properties): void {
    const missing = parseCompositeRule(AlarmRule).children.filter((child) => !this.store.byNameOrArn(child));
    if (missing.length > 0) {
      throw validationError(
        `Could not save the composite alarm as alarms [${missing.join(', ')}] in the alarm rule do not exist`,
      );
    }
    const { ActionsSuppressor, ActionsSuppressorWaitPeriod, ActionsSuppressorExtensionPeriod } = properties;
    if (ActionsSuppressor === undefined) return;
    if (ActionsSuppressorWaitPeriod === undefined || ActionsSuppressorExtensionPeriod === undefined) {
      throw validationError(
        'ActionsSuppressorWaitPeriod and ActionsSuppressorExtensionPeriod are required when ActionsSuppressor is specified.',
      );
    }
    if (!this.store.byNameOrArn(ActionsSuppressor)) {
      throw validationError(`The alarm ${ActionsSuppressor} in ActionsSuppressor does not exist`);
    }
  }

  private now(): number {
    return this.host.kernel.clock.now();
  }
}

function checkName(name: unknown): void {
  if (typeof name !== 'string' || name.length === 0 || name.length > LONGEST_NAME) {
    throw validationError(`The name of an alarm must have between 1 and ${LONGEST_NAME} characters.`);
  }
}

function initialState(atMs: number): AlarmState {
  return {
    value: 'INSUFFICIENT_DATA',
    reason: 'Unchecked: Initial alarm creation',
    updatedMs: atMs,
    transitionedMs: atMs,
  };
}
