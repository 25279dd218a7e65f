import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ASSEMBLY_FOLDER } from '../support/assembly-folder';
import { type AlarmTemplate, alarmFindings, compositeAlarms, metricAlarms, metricsOf } from './alarm-limits';

const root = path.resolve(__dirname, '../..');
const stacks = readdirSync(ASSEMBLY_FOLDER)
  .filter((name) => name.endsWith('.template.json'))
  .map((name): [string, AlarmTemplate] => [
    name.replace('.template.json', '').replace('stepwright-dev-', ''),
    JSON.parse(readFileSync(path.join(ASSEMBLY_FOLDER, name), 'utf8')),
  ]);

/** The text of all files in a folder whose name ends so. */
function sourcesIn(folder: string): string {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(path.join(root, folder, name), 'utf8'))
    .join('\n');
}

/** Namespace and name of each metric that a dashboard shows; what it searches for is not among them. */
function shownMetrics({ Resources }: AlarmTemplate): [string, string][] {
  return Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Dashboard')
    .flatMap(({ Properties }) => {
      const parts: unknown[] = Properties.DashboardBody['Fn::Join'][1];
      const body = JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'Resolved')).join(''));
      return body.widgets.flatMap((widget: any) => widget.properties.metrics ?? []);
    })
    .filter(([namespace]) => typeof namespace === 'string')
    .map(([namespace, name]) => [namespace, name]);
}

const watched = stacks.flatMap(([, template]) =>
  metricAlarms(template).flatMap(([, { Properties }]) =>
    metricsOf(Properties).map(({ Namespace, MetricName }) => [Namespace, MetricName] as [string, string]),
  ),
);
const read = [...watched, ...stacks.flatMap(([, template]) => shownMetrics(template))];
const namesIn = (namespace: string) =>
  [...new Set(read.filter(([of]) => of === namespace).map(([, name]) => name))].sort();
const filtered = stacks.flatMap(([, { Resources }]) =>
  Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::Logs::MetricFilter')
    .map(({ Properties }) => Properties.MetricTransformations[0].MetricName as string),
);

describe('the alarms of all stacks', () => {
  it.each(stacks)('of %s keep within the limits of CloudWatch', (_name, template) => {
    expect(alarmFindings(template)).toEqual([]);
  });

  it('have names of their own', () => {
    const names = stacks.flatMap(([, template]) =>
      [...metricAlarms(template), ...compositeAlarms(template)].map(([, { Properties }]) => Properties.AlarmName),
    );
    expect(names.length).toBeGreaterThan(100);
    expect(new Set(names).size).toBe(names.length);
  });

  it('ring, or are a part of one that rings', () => {
    for (const [, template] of stacks) {
      const rules = JSON.stringify(
        compositeAlarms(template).map(([, { Properties }]) => [Properties.AlarmRule, Properties.ActionsSuppressor]),
      );
      const silent = [...metricAlarms(template), ...compositeAlarms(template)].filter(
        ([, { Properties }]) => !Properties.AlarmActions,
      );
      for (const [id] of silent) expect(rules).toContain(id);
    }
  });
});

describe('the metrics that alarms and dashboards read', () => {
  it('are counted by a function, or in a log', () => {
    const sources = sourcesIn('lambdas');
    const counted = (name: string) => filtered.includes(name) || sources.includes(`'${name}'`);
    expect(namesIn('Stepwright').length).toBeGreaterThan(20);
    expect(namesIn('Stepwright').filter((name) => !counted(name))).toEqual([]);
  });

  it('are all those that are counted in logs, and no others of machines', () => {
    const inLogs = [
      ...namesIn('Stepwright/Machines'),
      ...namesIn('Stepwright').filter((name) => filtered.includes(name)),
    ];
    expect(inLogs.sort()).toEqual([...new Set(filtered)].sort());
  });
});

describe('docs/cost.md', () => {
  const text = readFileSync(path.join(root, 'docs/cost.md'), 'utf8');

  it('counts the alarms as they are', () => {
    const metrics = stacks.map(([name, template]): [string, number] => [
      name,
      metricAlarms(template).reduce((sum, [, { Properties }]) => sum + metricsOf(Properties).length, 0),
    ]);
    const composites = stacks.reduce((sum, [, template]) => sum + compositeAlarms(template).length, 0);
    const all = metrics.reduce((sum, [, count]) => sum + count, 0);
    const listed = metrics.map(([name, count]) => `${name} ${count}`).join(', ');
    expect(text).toContain(`0.10 per metric that an alarm watches: ${listed}`);
    expect(text).toContain(`0.50 per composite alarm: ${composites}`);
    expect(text).toContain(`| ${(0.1 * all + 0.5 * composites).toFixed(2)} |`);
  });
});
