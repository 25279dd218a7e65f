import { readCell } from './matrix/cell';
import { type CaseResult, runCase } from './support/case-run';
import { expectCase } from './support/expect-case';
import { type OwnCase, readOwnCases, SOURCE } from './support/own-case';

const cases = readOwnCases();

describe('cases of our own about executions', () => {
  it.each(cases.map((own): [string, OwnCase] => [own.title, own]))('%s', (_, own) =>
    expectCase(own.differs, () => check(own)),
  );

  it('say where their expectations come from, each once', () => {
    for (const { title, source } of cases) expect([title, source]).toEqual([title, expect.stringMatching(SOURCE)]);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
  });
});

/** Whether the history shows the error; names that only handlers use stand for any failure. */
function isMet(name: string, events: CaseResult['events']): boolean {
  if (name === 'States.ALL' || name === 'States.TaskFailed') return events.some(({ type }) => /Failed$/.test(type));
  const shown = name === 'States.HeartbeatTimeout' ? 'States.Timeout' : name;
  return JSON.stringify(events).includes(shown);
}

async function check(own: OwnCase): Promise<void> {
  const { described, events, calls, seconds, warnings } = await runCase(own);
  const { status, output, error, cause } = described;
  const wanted = own.expect;
  const observed = { status, output: output === undefined ? undefined : JSON.parse(output), error, cause };
  for (const member of ['status', 'error', 'cause', 'output'] as const) {
    if (member in wanted) expect({ [member]: observed[member] }).toEqual({ [member]: wanted[member] });
  }
  if (wanted.status === 'SUCCEEDED') expect({ error, cause }).toEqual({});
  if (wanted.calls !== undefined) expect(calls).toBe(wanted.calls);
  if (wanted.seconds !== undefined) expect(seconds).toBe(wanted.seconds);
  if (wanted.events) expect(events.map(({ type }) => type)).toEqual(wanted.events);
  for (const [id, members] of Object.entries(wanted.history ?? {})) {
    expect(events.find((event) => event.id === Number(id))).toMatchObject(members);
  }
  expect(warnings).toEqual([]);
  const unmet = (own.cells ?? []).map((cell) => readCell(cell).outcome).filter((name) => !isMet(name, events));
  expect(unmet).toEqual([]);
}
