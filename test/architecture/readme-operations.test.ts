import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { operationsIn } from './support/readme-operations';

/** Services whose name is not that of their folder. */
const FOLDERS: Readonly<Record<string, string>> = {
  events: 'eventbridge',
  monitoring: 'cloudwatch',
  states: 'stepfunctions',
  sts: 'iam',
};

/** What services call of one another, and no API of AWS has. */
const INTERNAL = new Set(['PutCustomResourceResponse', 'RetrieveConnectionCredentials']);

let aws: EmbeddedAws;
/** The operations of each README, by the folder of its service. */
const emulated = new Map<string, string[]>();

beforeAll(async () => {
  aws = await startEmbeddedAws({ port: 0 });
  for (const { name, actions } of aws.gateway.registered) {
    const folder = FOLDERS[name] ?? name;
    const public_ = Object.keys(actions).filter((action) => !INTERNAL.has(action));
    emulated.set(folder, [...(emulated.get(folder) ?? []), ...public_]);
  }
});
afterAll(() => aws.stop());

const SERVICES = [
  ...[
    'apigateway',
    'bedrock',
    'cloudformation',
    'cloudwatch',
    'dynamodb',
    'ecr',
    'eventbridge',
    'iam',
    'kms',
    'lambda',
  ],
  ...['logs', 's3', 's3vectors', 'scheduler', 'secretsmanager', 'ses', 'sns', 'sqs', 'ssm', 'stepfunctions', 'xray'],
];

describe('the README of a service', () => {
  it('is held for every service', () => {
    expect([...emulated.keys()].sort()).toEqual(SERVICES);
  });

  it.each(SERVICES)('of %s lists the operations that its router has, no more and no fewer', (folder) => {
    const readme = readFileSync(path.join(__dirname, '../../local/services', folder, 'README.md'), 'utf8');
    const all = [...emulated.values()].flat();
    expect(operationsIn(readme, all).sort()).toEqual([...emulated.get(folder)!].sort());
    expect(readme).toMatch(/^## Known differences/m);
  });

  it.each([
    ['a paragraph', 'Operations: GetThing, PutThing\n(many), ListThings.\n\nDeleteThing is another matter.'],
    [
      'a table',
      '| operations | |\n| --- | --- |\n| all | GetThing, PutThing · ListThings |\n| metrics | PutCount |\n\nDeleteThing',
    ],
    [
      'a row',
      '| | |\n| --- | --- |\n| operations | GetThing, PutThing, ListThings |\n| errors | GetFailed |\n\nDeleteThing',
    ],
    ['a heading', '## Operations\n\nGetThing (`PutThat`) · PutThing, ListThings\n\nDeleteThing'],
  ])('is read when its list is %s', (_, readme) => {
    expect(operationsIn(readme, ['GetIt', 'PutIt', 'ListIt', 'DeleteIt'])).toEqual([
      'GetThing',
      'PutThing',
      'ListThings',
    ]);
  });
});
