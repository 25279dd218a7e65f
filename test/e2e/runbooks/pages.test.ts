import { readAwsCommand } from './aws-command';
import { CASES } from './cases/all';
import { PARTS, readRunbook, runbookPages } from './runbook-page';
import { shellWords } from './shell-words';

const pages = runbookPages();
const tried = Object.values(CASES)
  .flat()
  .map(({ page }) => page);

describe('the pages of the runbooks', () => {
  it('are each tried once', () => {
    expect([...tried].sort()).toEqual([...pages].sort());
  });

  it.each(pages.map((page) => [page]))('%s tells to look by commands that can be typed as they stand', (page) => {
    const { commands } = readRunbook(page);
    expect(commands[PARTS[0]]).not.toEqual([]);
    for (const command of PARTS.flatMap((part) => commands[part])) {
      const [program, ...words] = shellWords(command);
      if (program === 'aws') expect(() => readAwsCommand(words)).not.toThrow();
      else expect(command).toMatch(/^npm run (approvals|audit|documents|ingest|ops) -- [a-z]/);
    }
  });
});

describe('reading a command line', () => {
  it.each([['echo $HOME'], ['aws s3 ls | wc'], ["aws s3api get-object --key 'a"]])(
    'rejects %j, which needs more than words',
    (command) => {
      expect(() => shellWords(command)).toThrow('more than words');
    },
  );

  it.each([
    ['aws sqs recieve-message', 'no such command'],
    ['aws sqs receive-message --queue X', 'Unknown options: --queue'],
    ['aws sqs receive-message --queue-url A B', '--queue-url takes one value, not 2'],
  ])('rejects %j as the CLI does', (command, message) => {
    expect(() => readAwsCommand(shellWords(command).slice(1))).toThrow(message);
  });

  it('gives options their types', () => {
    const words = shellWords(
      `aws lambda update-event-source-mapping --uuid U --no-enabled --batch-size 5 --destination-config '{"OnFailure":{"Destination":"D"}}'`,
    );
    expect((readAwsCommand(words.slice(1)).command as any).input).toEqual({
      ...{ UUID: 'U', Enabled: false, BatchSize: 5 },
      DestinationConfig: { OnFailure: { Destination: 'D' } },
    });
  });
});
