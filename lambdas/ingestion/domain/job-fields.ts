import { correlationIdOf } from '../../shared/observability/correlation-id';
import type { LogFields } from '../../shared/observability/log';
import type { Job } from './job';

/** What a log line tells of a job: never its path, which whoever uploads has chosen. */
export function jobFields({ run, correlationId }: Pick<Job, 'run' | 'correlationId'>): LogFields {
  return { run, correlationId };
}

/** The document that a task's payload is about, when it is one alone, for the log line of a failure. */
export function jobFieldsOf(payload: unknown): LogFields {
  const { documents } = (payload ?? {}) as { readonly documents?: unknown };
  const [job, ...others] = Array.isArray(documents) ? (documents as Partial<Job>[]) : [];
  if (!job || others.length > 0) return {};
  return { run: correlationIdOf(job.run), correlationId: correlationIdOf(job.correlationId) };
}
