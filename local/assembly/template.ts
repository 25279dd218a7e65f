/** A CloudFormation template as JSON, before its intrinsic functions are resolved. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Parameters?: Readonly<Record<string, TemplateParameter>>;
  readonly Mappings?: Readonly<Record<string, Record<string, Record<string, unknown>>>>;
  readonly Conditions?: Readonly<Record<string, unknown>>;
  readonly Rules?: Readonly<Record<string, TemplateRule>>;
  readonly Outputs?: Readonly<Record<string, TemplateOutput>>;
  readonly Description?: string;
  readonly [section: string]: unknown;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resources-section-structure.html */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
  readonly DependsOn?: string | readonly string[];
  readonly DeletionPolicy?: DeletionPolicy;
  readonly UpdateReplacePolicy?: DeletionPolicy;
  readonly Metadata?: unknown;
}

/** What becomes of a resource that leaves its stack. */
export type DeletionPolicy = 'Delete' | 'Retain' | 'RetainExceptOnCreate' | 'Snapshot';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html */
export interface TemplateParameter {
  readonly Type: string;
  readonly Description?: string;
  readonly Default?: string | number;
  readonly AllowedValues?: readonly (string | number)[];
  readonly AllowedPattern?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
  readonly ConstraintDescription?: string;
  readonly NoEcho?: boolean | string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html */
export interface TemplateRule {
  readonly RuleCondition?: unknown;
  readonly Assertions: readonly { readonly Assert: unknown; readonly AssertDescription?: string }[];
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html */
export interface TemplateOutput {
  readonly Value: unknown;
  readonly Condition?: string;
  readonly Description?: string;
  readonly Export?: { readonly Name: unknown };
}

/** Sections that are understood; `Transform`, `Hooks` and anything unknown are refused. */
const SECTIONS = new Set([
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Resources',
  'Outputs',
]);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const LIMITS = { Resources: 500, Outputs: 200, Parameters: 200, Mappings: 200 };

/** What makes a parsed JSON value no template that can be deployed here, in AWS's words where AWS refuses it too. */
export function templateFaults(value: unknown): string[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return ['Template format error: unsupported structure.'];
  }
  const template = value as Record<string, unknown>;
  const faults = Object.keys(template)
    .filter((section) => !SECTIONS.has(section))
    .map((section) =>
      section === 'Transform'
        ? `Transform ${JSON.stringify(template.Transform)} is not emulated: synthesize plain resources`
        : `Invalid template property or properties [${section}]`,
    );
  for (const path of nullPaths(template)) faults.push(`[${path}] 'null' values are not allowed in templates`);
  for (const [section, limit] of Object.entries(LIMITS)) {
    const count = Object.keys((template[section] ?? {}) as object).length;
    const noun = section.toLowerCase();
    if (count > limit) {
      faults.push(`Template format error: Number of ${noun}, ${count}, is greater than maximum allowed, ${limit}`);
    }
  }
  if (!template.Resources) faults.push('Template format error: At least one Resources member must be defined.');
  for (const [logicalId, resource] of Object.entries((template.Resources ?? {}) as Record<string, any>)) {
    if (!/^[A-Za-z0-9]+$/.test(logicalId)) {
      faults.push(`Template format error: Resource name ${logicalId} is non alphanumeric.`);
    }
    if (typeof resource?.Type !== 'string') {
      faults.push(
        `Template format error: [/Resources/${logicalId}] Every Resources object must contain a Type member.`,
      );
    }
  }
  return faults;
}

function nullPaths(value: unknown, path = ''): string[] {
  if (value === null) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => nullPaths(item, `${path}/${key}`));
}
