import type { Aws } from './aws';
import { type DeployedResource, type DeployedStack, resourcesOfType } from './deployment';

/** A state machine of the deployment. */
export interface DeployedStateMachine {
  readonly stack: DeployedStack;
  readonly resource: DeployedResource;
  readonly arn: string;
  /** What comes last in the ARN. */
  readonly name: string;
}

/** All state machines of the deployment. */
export function machinesOf({ deployment }: Aws): DeployedStateMachine[] {
  return resourcesOfType(deployment, 'AWS::StepFunctions::StateMachine').map(({ stack, resource }) => ({
    stack,
    resource,
    arn: resource.physicalId,
    name: resource.physicalId.split(':').pop()!,
  }));
}

/** The machine that somebody means: its ARN, its name, or a part of the name that no other has. Throws an Error with the names there are. */
export function chooseMachine(aws: Aws, text: string): DeployedStateMachine {
  const machines = machinesOf(aws);
  const exact = machines.find(({ arn, name }) => arn === text || name === text);
  if (exact) return exact;
  const near = machines.filter(({ name }) => name.includes(text));
  if (near.length === 1) return near[0]!;
  const names = (near.length > 0 ? near : machines).map(({ name }) => name).join(', ');
  throw new Error(
    `${near.length > 1 ? `"${text}" means several machines` : `No machine is called "${text}"`}: ${names}.`,
  );
}
