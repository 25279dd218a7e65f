import { readFileSync } from 'node:fs';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { countByRelease } from '../../../lambdas/shared/observability/count-by-release';
import { powertoolsGauges } from '../../../lambdas/shared/observability/gauges';
import { powertoolsMeter } from '../../../lambdas/shared/observability/meter';
import { SIGNALS } from '../../../lambdas/shared/observability/workflow-signals';
import { sourceFiles } from '../../architecture/support/import-graph';

/** The EMF lines that a function writes, each parsed. */
function emfLines(write: (metrics: Metrics) => void): any[] {
  const lines: string[] = [];
  const stdout = jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  try {
    write(new Metrics({ namespace: 'Stepwright', serviceName: 'orders' }));
  } finally {
    stdout.mockRestore();
  }
  return lines.map((line) => JSON.parse(line));
}

describe('the meter', () => {
  it('writes sums and all durations in one line, with units and with the dimension service alone', () => {
    const [line, ...others] = emfLines((metrics) => {
      const meter = powertoolsMeter(metrics);
      meter.count('Seen', 2);
      meter.count('Nothing', 0);
      meter.seconds(SIGNALS.queueWait, 0.5);
      meter.seconds(SIGNALS.queueWait, -1);
      meter.seconds(SIGNALS.queueWait, Number.NaN);
      meter.flush();
      meter.flush();
    });
    expect(others).toEqual([]);
    expect(line).toMatchObject({ service: 'orders', Seen: 2, QueueWaitSeconds: [0.5, 0] });
    expect(line._aws.CloudWatchMetrics).toEqual([
      {
        Namespace: 'Stepwright',
        Dimensions: [['service']],
        Metrics: [
          { Name: 'Seen', Unit: 'Count' },
          { Name: 'QueueWaitSeconds', Unit: 'Seconds' },
        ],
      },
    ]);
  });

  it('has a release as the only other dimension, which comes from the definition', () => {
    const [line] = emfLines((metrics) => countByRelease('UnexpectedUndo', metrics)('12'));
    expect(line._aws.CloudWatchMetrics[0].Dimensions).toEqual([['service', 'release']]);
  });
});

describe('gauges', () => {
  it('have the workflow that is spoken of as their one dimension, and show zeros', () => {
    const lines = emfLines(() => {
      const gauges = powertoolsGauges((serviceName) => new Metrics({ namespace: 'Stepwright', serviceName }));
      gauges.set('orders', 'StuckExecutions', 0, 'Count');
      gauges.set('orders', 'ErrorBudgetRemaining', -0.5);
      gauges.set('approvals', 'PendingApprovalAgeSeconds', 7, 'Seconds');
      gauges.flush();
      gauges.flush();
    });
    expect(lines).toMatchObject([
      { service: 'orders', StuckExecutions: 0, ErrorBudgetRemaining: -0.5 },
      { service: 'approvals', PendingApprovalAgeSeconds: 7 },
    ]);
    expect(lines.map(({ _aws }) => _aws.CloudWatchMetrics[0])).toEqual([
      {
        Namespace: 'Stepwright',
        Dimensions: [['service']],
        Metrics: [
          { Name: 'StuckExecutions', Unit: 'Count' },
          { Name: 'ErrorBudgetRemaining', Unit: 'None' },
        ],
      },
      {
        Namespace: 'Stepwright',
        Dimensions: [['service']],
        Metrics: [{ Name: 'PendingApprovalAgeSeconds', Unit: 'Seconds' }],
      },
    ]);
  });
});

describe('what functions count', () => {
  const sources = sourceFiles()
    .filter((file) => file.startsWith('lambdas/'))
    .map((file) => ({ file, text: readFileSync(file, 'utf8') }));

  it('never gets a dimension outside of the meter', () => {
    const makers = sources.filter(({ text }) =>
      /addDimension|setDefaultDimensions|singleMetric|new Metrics\(/.test(text),
    );
    expect(makers.map(({ file }) => file).sort()).toEqual([
      'lambdas/shared/observability/count-by-release.ts',
      'lambdas/shared/observability/gauges.ts',
      'lambdas/shared/observability/meter.ts',
    ]);
  });

  it('has names of a fixed set: words, or what is looked up in a list of them', () => {
    const names = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/\bmeter\.(?:count|seconds)\(\s*([^,)]+)/g)].map(([, name]) => ({ file, name: name!.trim() })),
    );
    const fixed = "(?:'\\w+'|SIGNALS\\.\\w+)";
    const isFixed = (name: string) => new RegExp(`^(?:[^?]+\\? ${fixed} : )?${fixed}$`).test(name);
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter(({ name }) => !isFixed(name))).toEqual([
      { file: 'lambdas/approvals/domain/record-acts.ts', name: 'metric' },
      { file: 'lambdas/approvals/domain/record-acts.ts', name: 'decided' },
      { file: 'lambdas/ingestion/domain/run-stage.ts', name: 'OUTCOME_METRICS[outcome.status]' },
      { file: 'lambdas/orders/domain/order-signals.ts', name: 'name' },
      { file: 'lambdas/shared/events/event-stream.ts', name: '`${metric}Published`' },
      { file: 'lambdas/shared/events/event-stream.ts', name: '`${metric}Failed`' },
    ]);
  });
});
