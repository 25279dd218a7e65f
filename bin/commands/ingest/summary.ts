import { styleText } from 'node:util';
import { printable } from '../printable';
import type { FinishedLoad } from './bulk-load';
import { estimateDollars } from './estimate-cost';
import type { Ending } from './follow-documents';

/** What became of the documents that were sent. */
export interface Summary {
  readonly documents: number;
  readonly visible: number;
  readonly unchanged: number;
  readonly quarantined: number;
  readonly superseded: number;
  readonly failed: number;
  readonly chunks: number;
  readonly reused: number;
  readonly embedded: number;
  readonly transitions: number;
  readonly seconds: number;
  readonly estimatedDollars: number;
  /** Documents that cannot be found now, with why; of a bulk load the first of them. */
  readonly reasons: readonly { readonly path: string; readonly reason: string }[];
}

/** What a run is summed up from. */
export interface Results {
  readonly documents: number;
  readonly load?: FinishedLoad;
  readonly endings: readonly Ending[];
  /** From the first upload to the last ending. */
  readonly seconds: number;
}

const REASONS_SHOWN = 20;

/** Adds the results of a load and of single documents up. */
export function summarize({ documents, load, endings, seconds }: Results): Summary {
  const ended = (...statuses: Ending['status'][]) => endings.filter(({ status }) => statuses.includes(status));
  const sum = (of: (ending: Ending) => number) => endings.reduce((total, ending) => total + of(ending), 0);
  const quarantined = (load?.quarantined ?? 0) + ended('quarantined').length;
  const unchanged = (load?.unchanged ?? 0) + ended('unchanged').length;
  const chunks = (load?.chunks ?? 0) + sum((ending) => ending.chunks);
  const embedded = (load?.embedded ?? 0) + sum((ending) => ending.embedded);
  const transitions = (load?.transitions ?? 0) + sum((ending) => ending.transitions);
  return {
    documents,
    visible: (load?.visible ?? 0) + ended('visible').length,
    unchanged,
    quarantined,
    superseded: (load?.superseded ?? 0) + ended('superseded').length,
    failed: (load?.refused ?? 0) + ended('failed', 'open').length,
    chunks,
    reused: (load?.reused ?? 0) + sum((ending) => ending.reused),
    embedded,
    transitions,
    seconds,
    estimatedDollars: estimateDollars({
      transitions,
      documents,
      worked: documents - unchanged,
      chunks,
      embedded,
      batches: load?.batches ?? 0,
      batchSeconds: load?.batchSeconds ?? 0,
      singleSeconds: sum((ending) => ending.seconds),
    }),
    reasons: [
      ...(load?.quarantinedDocuments ?? []),
      ...ended('quarantined', 'failed', 'open').map(({ path, reason }) => ({
        path,
        reason: reason ?? 'no reason is known',
      })),
    ],
  };
}

/** A summary as text: figures, then why documents cannot be found. */
export function renderSummary(summary: Summary): string {
  const { documents, visible, unchanged, quarantined, superseded, failed, reasons } = summary;
  const ends = [
    `${visible} searchable now`,
    unchanged > 0 && `${unchanged} unchanged`,
    quarantined > 0 && `${quarantined} quarantined`,
    superseded > 0 && `${superseded} overtaken by a later version`,
    failed > 0 && `${failed} failed`,
  ].filter(Boolean);
  const perDocument = documents > 0 ? ` (${(summary.transitions / documents).toFixed(2)} a document)` : '';
  const rows: [string, string][] = [
    ['documents', `${documents}: ${ends.join(', ')}`],
    ['chunks', `${summary.chunks}: ${summary.reused} reused, ${summary.embedded} embedded`],
    ['transitions', `${summary.transitions}${perDocument}`],
    ['estimated', `$${summary.estimatedDollars.toFixed(6)} on AWS`],
    ['time', `${summary.seconds.toFixed(1)} s`],
  ];
  const more = quarantined + failed - REASONS_SHOWN;
  return [
    ...rows.map(([name, text]) => `${styleText('bold', name.padEnd(11))} ${text}`),
    ...reasons.slice(0, REASONS_SHOWN).map(({ path, reason }) => `  ${printable(path)}: ${printable(reason)}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ].join('\n');
}
