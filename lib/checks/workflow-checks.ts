import { readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import type { WorkflowDefinition } from '../constructs/workflow-definition';
import { callbackFindings } from './callback-rules';
import { expressFindings } from './express-rules';
import type { Finding } from './finding';
import { graphFindings } from './graph-rules';
import { outlivedFindings } from './outlived-rules';
import { repeatFindings } from './repeat-rules';
import { taskFindings } from './task-rules';
import { type TemplateDefinition, templateDefinitions } from './template-definitions';
import { templateFindings } from './template-rules';
import { wordFindings } from './word-rules';

/** Everything that the rules say about one definition with the names of its substitutions, and the machine it is for. */
export function definitionFindings(
  definition: WorkflowDefinition,
  substitutions: readonly string[],
  machine: Partial<Pick<TemplateDefinition, 'isExpress' | 'isAnswered'>> = {},
): Finding[] {
  return [
    ...taskFindings(definition, machine.isAnswered),
    ...graphFindings(definition),
    ...wordFindings(definition, substitutions),
    ...expressFindings(definition, machine.isExpress ?? false),
    ...repeatFindings(definition),
  ];
}

/**
 * Refuses, at synth, workflows that can hang, lose or swallow something: the rules of ARCHITECTURE, read from the very
 * templates and definitions that a deployment would ship. Add it with `Validations.of(app).addPlugins(new WorkflowChecks())`.
 */
export class WorkflowChecks implements IPolicyValidationPlugin {
  readonly name = 'stepwright';

  validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = context.stackTemplates.flatMap(({ templatePath }) => checkTemplate(templatePath));
    return { success: violations.length === 0, violations };
  }
}

function checkTemplate(templatePath: string): PolicyViolation[] {
  const template = JSON.parse(readFileSync(templatePath, 'utf8'));
  const fromTemplate = templateFindings(template).map((finding) => violation(finding, finding.subject, templatePath));
  const fromDefinitions = templateDefinitions(template, path.dirname(templatePath)).flatMap((machine) =>
    [
      ...definitionFindings(machine.definition, machine.substitutions, machine),
      ...callbackFindings(machine.definition, machine.settings),
      ...outlivedFindings(machine.definition, machine.functionSeconds),
    ].map((finding) => violation(finding, machine.logicalId, templatePath)),
  );
  return [...fromTemplate, ...fromDefinitions];
}

function violation(finding: Finding, resourceLogicalId: string, templatePath: string): PolicyViolation {
  return {
    ruleName: finding.rule,
    description: finding.message,
    fix: finding.fix,
    violatingResources: [{ resourceLogicalId, templatePath, locations: [finding.subject] }],
  };
}
