import { isAlias, isMap, isScalar, isSeq, type Node, parseDocument, type ScalarTag, type Tags } from 'yaml';
import { AssemblyError } from './assembly-error';

/** Functions that have a short form in YAML; `!Ref` and `!Condition` keep their names, the others stand for `Fn::…`. */
const SHORT_FORMS = new Set([
  ...['Ref', 'Condition', 'GetAtt', 'Sub', 'Join', 'Select', 'Split', 'FindInMap', 'Length', 'Cidr', 'Base64'],
  ...['ImportValue', 'ToJsonString', 'GetAZs', 'And', 'Or', 'Not', 'Equals', 'If', 'Transform'],
  ...['Contains', 'EachMemberEquals', 'EachMemberIn'],
]);

const BOOLEAN = 'tag:yaml.org,2002:bool';

/** Types of YAML 1.1 that CloudFormation does not have: `2012-10-17` stays text. */
const NO_TYPES = ['timestamp', 'binary', 'omap', 'pairs', 'set', 'merge'].map((name) => `tag:yaml.org,2002:${name}`);

/** The booleans of YAML 1.1 without `y` and `n`, which its parsers leave out. */
const BOOLEANS: ScalarTag[] = [
  { tag: BOOLEAN, default: true, test: /^(true|yes|on)$/i, resolve: () => true },
  { tag: BOOLEAN, default: true, test: /^(false|no|off)$/i, resolve: () => false },
];

/**
 * Reads the text of a template: JSON, or YAML with the short forms of functions (`!GetAtt Queue.Arn`).
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
 * Throws AssemblyError, in AWS's words as far as they say what is wrong.
 */
export function parseTemplateText(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return parseYaml(text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AssemblyError(`Template format error: JSON not well-formed. (${(error as Error).message})`);
  }
}

function parseYaml(text: string): unknown {
  const replaced = [...NO_TYPES, BOOLEAN];
  const ownTypes = (tags: Tags): Tags => [
    ...BOOLEANS,
    ...tags.filter((tag) => typeof tag === 'string' || !replaced.includes(tag.tag)),
  ];
  const document = parseDocument(text, { version: '1.1', customTags: ownTypes, stringKeys: true, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new AssemblyError(`Template format error: YAML not well-formed. (${firstLine(error.message)})`);
  if (!document.contents) throw new AssemblyError('Template format error: unsupported structure.');
  return plain(document.contents);
}

function plain(node: Node | null | undefined): unknown {
  if (!node) return null;
  if (isAlias(node))
    throw new AssemblyError('Template error: YAML aliases are not allowed in CloudFormation templates');
  const value = untagged(node);
  const tag = node.tag?.startsWith('!') ? node.tag.slice(1) : '';
  if (tag === '') return value;
  if (!SHORT_FORMS.has(tag)) throw new AssemblyError(`Template format error: Unrecognized tag !${tag}`);
  if (tag === 'Ref' || tag === 'Condition') return { [tag]: value };
  return { [`Fn::${tag}`]: tag === 'GetAtt' ? attributePath(value) : value };
}

function untagged(node: Node): unknown {
  if (isSeq(node)) return node.items.map((item) => plain(item as Node));
  if (isMap(node)) {
    const members = node.items.map(({ key, value }) => [String(plain(key as Node)), plain(value as Node)]);
    return Object.fromEntries(members);
  }
  return isScalar(node) ? node.value : undefined;
}

/** `Queue.Arn` as the two parts that `Fn::GetAtt` takes; what follows the second dot belongs to the attribute. */
function attributePath(argument: unknown): unknown {
  const dot = typeof argument === 'string' ? argument.indexOf('.') : -1;
  return dot < 0 ? argument : [(argument as string).slice(0, dot), (argument as string).slice(dot + 1)];
}

function firstLine(text: string): string {
  return text.split('\n')[0]!;
}
