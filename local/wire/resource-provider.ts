import type { Caller } from './caller';

/**
 * What is emulated of a CloudFormation resource type, property by property.
 * - `'emulated'`: the property has its effect here.
 * - `'number'`, `'boolean'`: the same, and a text in the template (`"30"`, `"true"`) is handed over as that type.
 * - `{ inert: reason }`: accepted, and why it has no effect on one machine (`encryption at rest`).
 * - a nested object: the same for its members; an array of such objects is checked item by item.
 * A property that is not named is refused at deploy, with stack, logical id and path.
 */
export interface PropertySpec {
  readonly [property: string]:
    | 'emulated'
    | 'number'
    | 'boolean'
    | { readonly inert: string }
    | { readonly members: PropertySpec };
}

/** What a provider may use. */
export interface ResourceContext {
  readonly stackName: string;
  readonly stackId: string;
  readonly logicalId: string;
  readonly accountId: string;
  readonly region: string;
  /** Whether the stack goes back to what it was: a provider must not take its time then. */
  readonly isRollback: boolean;
  /** A physical name as CloudFormation makes it: stack, logical id, random suffix, at most `maxLength` characters. */
  generateName(maxLength: number): string;
  /** Who acts: the stack's role, or whoever asked for the operation. */
  readonly caller: Caller;
  /** The folder or file that the CDK staged for this asset location; undefined when the asset lies in S3. */
  assetPath(bucket: string, key: string): string | undefined;
  /** The content of an asset: what the CDK staged, or the object in S3, read as `caller`. */
  readAsset(bucket: string, key: string, version?: string): Promise<Buffer>;
}

export interface ResourceResult {
  /** What `Ref` gives. */
  readonly physicalId: string;
  /** What `Fn::GetAtt` gives. */
  readonly attributes?: Record<string, unknown>;
}

/** Creates, changes and deletes resources of one CloudFormation type. Throws AwsError or Error with AWS's message. */
export interface ResourceProvider<Properties = any> {
  readonly type: string;
  readonly properties: PropertySpec;
  /** Whether any property is handed over as it stands (custom resources). */
  readonly takesAnyProperty?: boolean;
  create(properties: Properties, context: ResourceContext): Promise<ResourceResult> | ResourceResult;
  /** Absent: every change replaces the resource. */
  update?(
    physicalId: string,
    properties: Properties,
    previous: Properties,
    context: ResourceContext,
  ): Promise<ResourceResult> | ResourceResult;
  delete(physicalId: string, properties: Properties, context: ResourceContext): Promise<void> | void;
}
