import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dev } from '../../lib/stages/dev';
import { ASSEMBLY_FOLDER } from '../support/assembly-folder';

/** Every resource of a type, in whichever stack of the stage dev it is. */
function all(type: string): { id: string; properties: any; template: any }[] {
  const files = readdirSync(ASSEMBLY_FOLDER).filter((name) => name.endsWith('.template.json'));
  return files.flatMap((file) => {
    const template = JSON.parse(readFileSync(path.join(ASSEMBLY_FOLDER, file), 'utf8'));
    const resources = Object.entries<any>(template.Resources).filter(([, resource]) => resource.Type === type);
    return resources.map(([id, { Properties: properties }]) => ({ id, properties, template }));
  });
}

const ids = (resources: readonly { id: string }[]) => resources.map(({ id }) => id);

it('keeps every log group for as long as the stage says', () => {
  const groups = all('AWS::Logs::LogGroup');
  expect(groups.length).toBeGreaterThan(50);
  expect(ids(groups.filter(({ properties }) => properties.RetentionInDays !== dev.logRetentionDays))).toEqual([]);
});

it('lets every function log into a group of its stack, as JSON, and traces it', () => {
  const functions = all('AWS::Lambda::Function');
  const isSeen = ({ properties: { LoggingConfig, TracingConfig }, template }: (typeof functions)[number]) =>
    template.Resources[LoggingConfig?.LogGroup?.Ref]?.Type === 'AWS::Logs::LogGroup' &&
    LoggingConfig.LogFormat === 'JSON' &&
    TracingConfig?.Mode === 'Active';
  expect(functions.length).toBeGreaterThan(40);
  expect(ids(functions.filter((one) => !isSeen(one)))).toEqual([]);
});

it('traces every machine, and logs every event of it without what it hands over', () => {
  const machines = all('AWS::StepFunctions::StateMachine');
  const isSeen = ({ properties: { LoggingConfiguration, TracingConfiguration } }: (typeof machines)[number]) =>
    TracingConfiguration?.Enabled === true &&
    LoggingConfiguration?.Level === 'ALL' &&
    LoggingConfiguration.IncludeExecutionData !== true &&
    LoggingConfiguration.Destinations.length === 1;
  expect(machines.length).toBeGreaterThan(5);
  expect(ids(machines.filter((one) => !isSeen(one)))).toEqual([]);
});
