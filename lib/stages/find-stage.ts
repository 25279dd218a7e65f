import { dev } from './dev';
import { production } from './production';
import { checkStageSettings, type StageSettings } from './stage-settings';

/** Answers a context value of the app (`-c name=value`), or undefined. */
export type ContextReader = (name: string) => unknown;

const STAGES: Readonly<Record<string, (context: ContextReader) => unknown>> = {
  dev: (context) => withWebhook(dev, context('webhookUrl')),
  production: (context) =>
    production(context('stripeSecretArn') as string | undefined, context('webhookUrl') as string | undefined),
};

/** The stage with a webhook of somebody else instead of the built-in receiver, when `-c webhookUrl=URL` names one. */
function withWebhook(stage: typeof dev, url: unknown): object {
  return url === undefined ? stage : { ...stage, fanOut: { ...stage.fanOut, webhook: { receiver: 'url', url } } };
}

/** The settings of the stage that `-c stage=NAME` names, `dev` by default, checked. Throws for an unknown or invalid stage. */
export function findStage(context: ContextReader): StageSettings {
  const name = context('stage') ?? 'dev';
  const stage = typeof name === 'string' && Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (!stage) {
    const known = Object.keys(STAGES).join(', ');
    throw new Error(`There is no stage '${String(name)}': use one of ${known}, or add it to lib/stages/find-stage.ts.`);
  }
  return checkStageSettings(String(name), withPeople(stage(context), context));
}

/** The stage with whom `-c operatorArns=ARN,ARN`, `auditorArns` and `onCallArns` name instead of those in its file. */
function withPeople(stage: any, context: ContextReader): unknown {
  const named = Object.keys(stage.operators).flatMap((role) => {
    const arns = context(`${role}Arns`);
    return typeof arns === 'string' ? [[role, arns.split(',')]] : [];
  });
  return { ...stage, operators: { ...stage.operators, ...Object.fromEntries(named) } };
}
