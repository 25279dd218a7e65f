/**
 * Owns the reading of `cdk.out`: which stacks, in which order, with which templates and staged assets, and the language of
 * the templates (parameters, conditions, intrinsic functions, the order of resources). Pure: it reads files of the
 * assembly and nothing else, calls no service and keeps no state.
 * Refuses what it cannot read with one line that says what to do.
 */
import type { Template } from './template';

/** A synthesized CDK app as the embedded CloudFormation deploys it. */
export interface Assembly {
  /** The folder that was read, as an absolute path. */
  readonly directory: string;
  /** Every stack before those that depend on it. */
  readonly stacks: readonly AssemblyStack[];
  readonly assets: readonly AssetLocation[];
}

/** One stack of the assembly. */
export interface AssemblyStack {
  /** The artifact's id, unique in the assembly: the construct path of the stack. */
  readonly id: string;
  /** The name under which it is deployed. */
  readonly stackName: string;
  readonly template: Template;
  /** Parameter values which the assembly names; the others take their defaults. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** Ids of stacks that must stand first. */
  readonly dependencies: readonly string[];
  readonly terminationProtection: boolean;
}

/** Where an asset would be published, and what the CDK staged for it. */
export interface AssetLocation {
  readonly bucket: string;
  readonly key: string;
  /** The staged file, or the folder that would be zipped, as an absolute path. */
  readonly path: string;
  readonly packaging: 'zip' | 'file';
}

/** The account and region that an assembly is deployed to. */
export interface Environment {
  readonly accountId: string;
  readonly region: string;
}
