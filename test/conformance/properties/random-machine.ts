import fc from 'fast-check';

type State = Record<string, unknown>;

/** A machine of random states in both languages. */
export interface RandomMachine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

const LAMBDA = 'arn:aws:states:::lambda:invoke';
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:';
const RETRY = [
  { ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 2, MaxAttempts: 2, MaxDelaySeconds: 3 },
  { ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 1, JitterStrategy: 'FULL' },
];

const plain = fc.oneof(
  fc.constant<State>({ Type: 'Pass', Parameters: { 'in.$': '$', 'name.$': '$$.State.Name' } }),
  fc.constant<State>({ Type: 'Pass', Result: [1, 2], ResultPath: '$.result', Assign: { 'seen.$': '$' } }),
  fc.constant<State>({ Type: 'Pass', InputPath: '$.missing' }),
  fc.constant<State>({ Type: 'Pass', Parameters: { 'n.$': 'States.MathRandom(0, 1000)', 'id.$': 'States.UUID()' } }),
  fc.constant<State>({ Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% {"r": $random(), "id": $uuid()} %}' }),
  fc.constant<State>({
    Type: 'Pass',
    QueryLanguage: 'JSONata',
    Assign: { t: '{% $now() %}' },
    Output: '{% $states.input %}',
  }),
  fc.constant<State>({ Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $states.input.nothing.at.all %}' }),
  fc.record<State>({ Type: fc.constant('Wait'), Seconds: fc.nat(90) }),
  fc.constant<State>({ Type: 'Fail', Error: 'Chosen', Cause: 'by chance' }),
  fc.constant<State>({ Type: 'Succeed' }),
  fc.record<State>({
    Type: fc.constant('Task'),
    Resource: fc.constantFrom(LAMBDA, `${FUNCTION}f`, 'arn:aws:states:::sqs:sendMessage.waitForTaskToken'),
    TimeoutSeconds: fc.integer({ min: 1, max: 40 }),
    Retry: fc.constantFrom([], RETRY),
    ResultPath: fc.constantFrom('$', null),
  }),
);

const ITEMS = '$$.Execution.Input.items';

/** Machines of all state types, nested two or three deep, some of whose states always fail. */
export const randomMachine: fc.Arbitrary<RandomMachine> = fc.letrec<{ flow: RandomMachine; state: State }>((tie) => ({
  state: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: plain },
    {
      weight: 1,
      arbitrary: fc.record<State>({
        Type: fc.constant('Choice'),
        Choices: fc.constantFrom(
          [{ Variable: '$$.Execution.Input.items[0]', NumericEquals: 1 }],
          [{ Variable: '$$.Execution.Input.none', IsPresent: true }],
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record<State>({
        Type: fc.constant('Parallel'),
        Branches: fc.array(tie('flow'), { minLength: 1, maxLength: 3 }),
        Retry: fc.constantFrom([], RETRY),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record<State>({
        Type: fc.constant('Map'),
        ItemsPath: fc.constant(ITEMS),
        MaxConcurrency: fc.nat(3),
        ItemProcessor: tie('flow'),
      }),
    },
  ),
  flow: fc
    .tuple(fc.array(tie('state'), { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([states, isCaught]) => connected(states, isCaught)),
})).flow;

/** The states as a chain that ends in Last, where caught errors lead too. */
function connected(states: readonly State[], isCaught: boolean): RandomMachine {
  const named: Record<string, State> = {};
  states.forEach((state, index) => {
    const next = index === states.length - 1 ? 'Last' : `S${index + 1}`;
    named[`S${index}`] = { ...state, ...wayOn(state, next), ...(isCaught ? caught(state) : {}) };
  });
  named.Last = { Type: 'Pass', End: true };
  return { StartAt: 'S0', States: named };
}

function wayOn(state: State, next: string): State {
  if (state.Type === 'Fail' || state.Type === 'Succeed') return {};
  if (state.Type !== 'Choice') return { Next: next };
  return { Choices: (state.Choices as State[]).map((rule) => ({ ...rule, Next: next })), Default: 'Last' };
}

function caught(state: State): State {
  if (!['Task', 'Parallel', 'Map'].includes(String(state.Type))) return {};
  return { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Last' }] };
}
