import type { Import } from './import-graph';

/** An arrow that must not exist: who, to what, and why. */
interface Forbidden {
  readonly from: RegExp;
  readonly to: RegExp;
  readonly why: string;
  /** Types alone may cross. */
  readonly isTypeAllowed?: boolean;
}

const SDK = /^(@aws-sdk\/|@smithy\/|@aws-lambda-powertools\/|aws-cdk-lib|stripe$|node:(fs|http|net|child_process))/;

const FORBIDDEN: readonly Forbidden[] = [
  {
    from: /^bin\/commands\//,
    to: /^(lib|lambdas|local)\//,
    why: 'a command knows AWS and an outputs file, nothing else',
  },
  { from: /^bin\/app\.ts$/, to: /^(lambdas|local)\//, why: 'the app composes stacks' },
  { from: /^lib\//, to: /^(lambdas|local|bin|test)\//, why: 'lib names lambdas and state machines by path only' },
  { from: /^lib\/constructs\//, to: /^lib\/(stacks|monitoring)\//, why: 'a construct does not know who uses it' },
  { from: /^lib\/stages\//, to: /^lib\/(stacks|constructs|monitoring|checks)\//, why: 'settings know no resources' },
  { from: /^lambdas\//, to: /^(lib|local|bin|test)\//, why: 'a function runs alone' },
  { from: /^lambdas\/[^/]+\/(domain|contracts)\//, to: SDK, why: 'the middle is pure' },
  {
    from: /^lambdas\/[^/]+\/(domain|contracts)\//,
    to: /^lambdas\/[^/]+\/(adapters|handlers)\//,
    why: 'handlers → domain ← adapters',
  },
  {
    from: /^lambdas\/[^/]+\/adapters\//,
    to: /^lambdas\/[^/]+\/handlers\//,
    why: 'an adapter does not know its handler',
  },
  { from: /^lambdas\/shared\//, to: /^lambdas\/(?!shared\/)/, why: 'shared knows no workflow' },
  { from: /^local\//, to: /^(lib|lambdas|bin|test)\//, why: 'the embedded AWS sees cdk.out, as AWS would' },
  { from: /^local\/kernel\//, to: /^local\/(?!kernel\/)/, why: 'the kernel knows nobody' },
  { from: /^local\/time\//, to: /^local\/(?!time\/)/, why: 'calendars know nobody' },
  { from: /^local\/engine\//, to: /^local\/(?!engine\/|kernel\/)/, why: 'the engine is pure' },
  { from: /^local\/engine\//, to: /^local\/kernel\//, why: 'engine → kernel types only', isTypeAllowed: true },
  {
    from: /^local\/engine\//,
    to: /^(@aws-sdk\/|node:(fs|http|https|http2|net|child_process|worker_threads|timers)|timers|fs|http)/,
    why: 'the engine does no I/O',
  },
  { from: /^local\/wire\//, to: /^local\/(services|engine|assembly|cli)\//, why: 'the wire knows no service' },
  { from: /^local\/assembly\//, to: /^local\/(services|engine|cli)\//, why: 'the assembly is only read' },
  { from: /^local\/services\//, to: /^local\/cli\//, why: 'services know no commands' },
  { from: /^local\//, to: /^aws-cdk-lib/, why: 'the embedded AWS sees cdk.out, as AWS would' },
];

/** What is wrong with an import; empty when the arrow may exist. */
export function objectionsTo(item: Import): string[] {
  const objections = FORBIDDEN.filter(
    (rule) => rule.from.test(item.from) && rule.to.test(item.to) && !(rule.isTypeAllowed && item.isTypeOnly),
  ).map((rule) => `${item.from} imports ${item.to}: ${rule.why}`);
  const [from, to] = [serviceOf(item.from), serviceOf(item.to)];
  if (from && to && from !== to) objections.push(`${item.from} imports ${item.to}: services talk through the gateway`);
  return objections;
}

function serviceOf(file: string): string | undefined {
  return /^local\/services\/([^/]+)\//.exec(file)?.[1];
}
