import type { EmbeddedAws } from '../../../local/embedded-aws';

/** Calls of an action that do not get through until they are let go, as behind a slow network. */
export interface HeldCalls {
  /** How many are held now. */
  readonly count: number;
  /** Lets those that are held through, and all that come. */
  letGo(): void;
}

/** Holds the calls of an action that `isHeld` names by their input, from now on. */
export function holdCalls(
  embedded: EmbeddedAws,
  serviceName: string,
  action: string,
  isHeld: (input: any) => boolean,
): HeldCalls {
  const service = embedded.gateway.registered.find(({ name }) => name === serviceName);
  const original = service?.actions[action];
  if (!service || !original) throw new Error(`There is no action ${action} of ${serviceName}.`);
  const actions = service.actions as Record<string, typeof original>;
  const waiting: (() => void)[] = [];
  actions[action] = {
    ...original,
    async handle(input, context) {
      if (isHeld(input)) await new Promise<void>((resolve) => waiting.push(resolve));
      return original.handle(input, context);
    },
  };
  return {
    get count() {
      return waiting.length;
    },
    letGo() {
      actions[action] = original;
      for (const go of waiting.splice(0)) go();
    },
  };
}
