/**
 * What TestState shows of a state's data flow. Each stage is computed by running a Pass state that does this stage
 * alone, so that it cannot differ from what an execution does.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_InspectionData.html
 */
import type { Fields } from '../../../engine/validation/definition-tree';
import type { SubjectOutcome } from './subject-run';
import { machineAround, type TestSubject } from './test-subject';

/** The answer's inspectionData, its texts being JSON. */
export type InspectionData = Record<string, unknown>;

/** Runs a machine on an input; gives its output, or undefined when it fails. */
export type Evaluate = (definition: string, input: string) => Promise<string | undefined>;

/** All stages that the state came to. */
export async function inspect(
  subject: TestSubject,
  outcome: SubjectOutcome,
  input: string,
  variables: Fields,
  evaluate: Evaluate,
): Promise<InspectionData> {
  const stage = (fields: Fields, stageInput: string) =>
    evaluate(
      machineAround({ fields: { Type: 'Pass', End: true, ...fields }, type: 'Pass', isJsonata: false }, variables),
      stageInput,
    );
  const shown: InspectionData = { input };
  if (subject.isJsonata) addJsonata(shown, subject, outcome);
  else await addJsonPath(shown, subject, outcome, input, stage);
  if (subject.type === 'Map') addMap(shown, subject, outcome);
  const after = { ...variables };
  for (const [name, text] of Object.entries(outcome.assigned)) after[name] = JSON.parse(text);
  if (Object.keys(after).length > 0) shown.variables = JSON.stringify(after);
  return shown;
}

function addJsonata(shown: InspectionData, subject: TestSubject, outcome: SubjectOutcome): void {
  if (subject.type !== 'Task') return;
  if (outcome.parameters !== undefined) shown.afterArguments = outcome.parameters;
  if (outcome.answer && 'output' in outcome.answer) shown.result = outcome.answer.output;
}

function addMap(shown: InspectionData, subject: TestSubject, { plan, itemInputs }: SubjectOutcome): void {
  if (!plan) return;
  shown.maxConcurrency = plan.maxConcurrency;
  if (plan.toleratedFailureCount !== undefined) shown.toleratedFailureCount = plan.toleratedFailureCount;
  if (plan.toleratedFailurePercentage !== undefined) shown.toleratedFailurePercentage = plan.toleratedFailurePercentage;
  if (subject.isJsonata || !plan.items) return;
  shown.afterItemsPath = JSON.stringify(plan.items);
  if (subject.fields.ItemSelector !== undefined) shown.afterItemSelector = JSON.stringify(itemInputs);
}

type Stage = (fields: Fields, input: string) => Promise<string | undefined>;

async function addJsonPath(
  shown: InspectionData,
  { fields, type }: TestSubject,
  outcome: SubjectOutcome,
  input: string,
  stage: Stage,
): Promise<void> {
  const hasOwnResult = type === 'Pass' && fields.Result !== undefined;
  const { InputPath, Parameters, Result, ResultSelector, ResultPath } = fields;
  if (type !== 'Parallel' && !hasOwnResult) {
    add(shown, 'afterInputPath', await stage(pick({ InputPath }), input));
  }
  let result: string | undefined;
  if (type === 'Pass') {
    result = hasOwnResult ? JSON.stringify(Result) : await stage(pick({ InputPath, Parameters }), input);
    add(shown, hasOwnResult ? 'result' : 'afterParameters', result);
  } else if (type === 'Task' || type === 'Parallel' || type === 'Map') {
    if (type === 'Task') add(shown, 'afterParameters', outcome.parameters);
    if (!outcome.answer || !('output' in outcome.answer)) return;
    if (type === 'Task') shown.result = outcome.answer.output;
    const { output } = outcome.answer;
    result = ResultSelector === undefined ? output : await stage({ Parameters: ResultSelector }, output);
  }
  if (result === undefined) return;
  shown.afterResultSelector = result;
  add(shown, 'afterResultPath', await stage(pick({ Result: JSON.parse(result), ResultPath }), input));
}

function add(shown: InspectionData, name: string, value: string | undefined): void {
  if (value !== undefined) shown[name] = value;
}

/** Without the fields that the state does not have; null has a meaning of its own. */
function pick(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
