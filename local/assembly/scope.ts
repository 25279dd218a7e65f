import type { ParameterValue } from './parameters';

/** What the intrinsic functions of one stack can see. */
export interface Scope {
  readonly accountId: string;
  readonly region: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly mappings: Readonly<Record<string, Record<string, Record<string, unknown>>>>;
  /** Conditions that have been evaluated. */
  readonly conditions: Readonly<Record<string, boolean>>;
  /** What `Ref` of a resource gives; throws for one that is not in the template or not created. */
  ref(logicalId: string): unknown;
  /** What `Fn::GetAtt` gives; throws for an attribute which the resource does not have. */
  getAtt(logicalId: string, attribute: string): unknown;
  /** An exported output of any stack; throws when none has that name. */
  importValue(name: string): unknown;
}

/** The value that takes its property or list item away. */
export const NO_VALUE = Symbol('AWS::NoValue');

/** The value of a pseudo parameter, or undefined when `name` is none. */
export function pseudoParameter(name: string, scope: Scope): unknown {
  switch (name) {
    case 'AWS::AccountId':
      return scope.accountId;
    case 'AWS::Region':
      return scope.region;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return scope.stackName;
    case 'AWS::StackId':
      return scope.stackId;
    case 'AWS::NotificationARNs':
      return [];
    case 'AWS::NoValue':
      return NO_VALUE;
    default:
      return undefined;
  }
}
