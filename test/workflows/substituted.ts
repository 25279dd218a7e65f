import type { WorkflowDefinition } from '../../lib/constructs/workflow-definition';

/** What stands for the placeholders within expressions; the others are texts, and stay as they are. */
const substitutions: Readonly<Record<string, string>> = {
  ApprovalTerms: "{ 'approvers': ['ann@example.com'], 'expiresInSeconds': 3600 }",
  ApprovalTimeoutSeconds: '7200',
  KeepDeliveriesSeconds: '2592000',
  LoadBatchSize: '25',
  LoadMostDocuments: '10000',
  LoadConcurrency: '3',
};

/** The definition with its expressions complete. */
export function substituted(definition: WorkflowDefinition): WorkflowDefinition {
  const text = JSON.stringify(definition);
  return JSON.parse(text.replace(/\$\{(\w+)\}/g, (placeholder, name: string) => substitutions[name] ?? placeholder));
}
