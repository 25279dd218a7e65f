import { Duration, Fn, Lazy, RemovalPolicy } from 'aws-cdk-lib';
import { Alarm, type CfnAlarm, type IMetric, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import {
  type CfnStateMachine,
  CfnStateMachineAlias,
  CfnStateMachineVersion,
  type StateMachine,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

/** The alias by which workflows are started. */
export const LIVE = 'live';

/** How a new version of a workflow takes over from the one before. */
export type Deployment = { readonly type: 'all-at-once' } | Canary;

/** A new version is tried with a share of the traffic before it gets all of it. */
export interface Canary {
  readonly type: 'canary';
  /** The share of new executions that it gets at first, in per cent. */
  readonly percentage: number;
  /** How long it must do well with them before it gets the rest. */
  readonly intervalMinutes: number;
  /** Failures of its own within five minutes that end the deployment, and take everything back. */
  readonly failures: number;
}

/** What an alias leads to. */
export interface LiveAliasProps {
  readonly stateMachine: StateMachine;
  /** The machine's name. */
  readonly name: string;
  /** The longest that an execution lasts. */
  readonly timeout: Duration;
  readonly deployment: Deployment;
  /** What tells one version of the workflow from the next when it is synthesized. */
  readonly release: string;
  /** Counts the failures of this release that end no execution. @default - only executions that fail or time out count */
  readonly releaseFailures?: IMetric;
}

/**
 * A version of a state machine for each of its revisions, and the alias `live` that leads to the latest, at once or by a
 * canary. Versions are kept, since executions run on them: docs/decisions/safe-deploys.md.
 */
export class LiveAlias extends Construct {
  /** What is started. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: LiveAliasProps) {
    super(scope, id);
    const { stateMachine, deployment } = props;
    const machine = stateMachine.node.defaultChild as CfnStateMachine;
    // Every change of the machine gives it another revision, and that replaces the version.
    const version = new CfnStateMachineVersion(this, 'Version', {
      stateMachineArn: stateMachine.stateMachineArn,
      stateMachineRevisionId: machine.attrStateMachineRevisionId,
    });
    version.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const alias = new CfnStateMachineAlias(this, 'Alias', {
      name: LIVE,
      deploymentPreference: {
        stateMachineVersionArn: version.ref,
        ...(deployment.type === 'canary'
          ? {
              type: 'CANARY',
              percentage: deployment.percentage,
              interval: deployment.intervalMinutes,
              alarms: this.alarms(props, Fn.select(7, Fn.split(':', version.ref)), deployment).map(
                ({ alarmName }) => alarmName,
              ),
            }
          : { type: 'ALL_AT_ONCE' }),
      },
    });
    this.arn = alias.ref;
  }

  /**
   * Look at the new version alone: a rate over all traffic would not notice what a tenth of it does. One for each metric, since a sum
   * has no value while one of its series has none. Nobody is told: they steer.
   */
  private alarms(props: LiveAliasProps, Version: string, { intervalMinutes, failures }: Canary): Alarm[] {
    const { stateMachine, timeout, releaseFailures } = props;
    const ofVersion = (metricName: string) =>
      new Metric({
        namespace: 'AWS/States',
        metricName,
        dimensionsMap: { StateMachineArn: stateMachine.stateMachineArn, Version },
        statistic: 'Sum',
        period: Duration.minutes(5),
      });
    const watched: Record<string, IMetric> = {
      NewVersionFails: ofVersion('ExecutionsFailed'),
      // Where executions may last longer than the trial, none can time out in it.
      ...(timeout.toMinutes({ integral: false }) < intervalMinutes && {
        NewVersionTimesOut: ofVersion('ExecutionsTimedOut'),
      }),
      ...(releaseFailures && { NewReleaseFails: releaseFailures }),
    };
    return Object.entries(watched).map(([id, metric]) => this.alarm(id, props, metric, failures));
  }

  /** Each release has alarms of its own, so that what the version before did cannot stop the deployment that mends it. */
  private alarm(id: string, { name, release }: LiveAliasProps, metric: IMetric, threshold: number): Alarm {
    const alarm = new Alarm(this, id, {
      alarmName: `${name}-${id}-${release}`,
      alarmDescription: `Takes the deployment of a version of ${name} back. It tells nobody: whoever deploys is told.`,
      metric,
      threshold,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const resource = alarm.node.defaultChild as CfnAlarm;
    const logicalId = resource.stack.getLogicalId(resource);
    resource.overrideLogicalId(
      Lazy.uncachedString({ produce: (context) => `${logicalId}${context.resolve(release)}` }),
    );
    return alarm;
  }
}
