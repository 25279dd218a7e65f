import type { RequestView } from '../../domain/page-service';
import { exactly, type Markup, markup } from '../wording/markup';
import { visibleText } from '../wording/visible-text';
import { asSent, type FormField, formFields } from './editable-fields';
import { codeField, type Faults, labelled, pageForm, reasonField } from './form-parts';
import type { ShownFault } from './notice';
import type { Submission } from './submission';

/** What an approver may do, and what was typed before a fault. */
export interface ApproverForms {
  readonly view: RequestView;
  readonly can: readonly string[];
  readonly typed?: Submission | undefined;
  readonly faults: Faults;
}

/** The form of the decision. No choice is made and no code filled in, so that sending it as it is decides nothing. */
export function decisionForm({ view, can, typed, faults }: ApproverForms): Markup {
  const mine = typed?.act === 'decide' ? typed : undefined;
  const fields = can.includes('approve') ? formFields(view) : [];
  const approveHint =
    fields.length > 0 ? 'With the values as they stand above.' : 'Exactly as it is shown on this page.';
  return pageForm(
    'decide',
    markup`<input type="hidden" name="payloadHash" value="${view.payloadHash}">
${
  fields.length > 0 &&
  markup`<fieldset><legend>Values you may change</legend>
${fields.map((field) => editField(field, mine?.edits.get(field.id), faults))}</fieldset>
`
}<fieldset><legend>Your decision</legend>
${choiceFault(faults)}${can.includes('approve') && choice('approve', 'Approve', approveHint, mine, faults)}
${can.includes('reject') && choice('reject', 'Reject', 'Nothing will be done.', mine, faults)}
</fieldset>
${reasonField('decide', 'Needed when you reject. Everybody who takes part can read it.', mine?.reason ?? '', faults)}
${codeField('decide', faults)}
<button type="submit">Send my answer</button>
`,
  );
}

/** The form that hands the request on, folded until it is wanted. */
export function delegateForm({ typed, faults }: ApproverForms): Markup {
  const mine = typed?.act === 'delegate' ? typed : undefined;
  return markup`<details${mine && markup` open`}><summary>Hand on to a colleague</summary>
${pageForm(
  'delegate',
  markup`${labelled(
    {
      id: 'delegate-to',
      label: 'Mail address of your colleague',
      hint: 'Your colleague gets a link and a code of their own. This link then stops working.',
      faults,
    },
    (attributes) =>
      markup`<input type="email" name="to" ${attributes} value="${exactly(mine?.to ?? '')}" autocomplete="off" required>`,
  )}
${codeField('delegate', faults)}
<button class="plain" type="submit">Hand on</button>
`,
)}</details>`;
}

function choice(value: string, label: string, hint: string, typed: Submission | undefined, faults: Faults): Markup {
  const isFaulty = faults.some(isChoiceFault);
  return markup`<div class="choice"><input type="radio" id="decide-${value}" name="decision" value="${value}" required${
    typed?.decision === value && markup` checked`
  }${isFaulty && markup` aria-describedby="decide-choice-fault"`}><label for="decide-${value}">${label}<span>${hint}</span></label></div>`;
}

/** A missing choice points to the first button that there is. */
const isChoiceFault = ({ id }: ShownFault) => id === 'decide-approve' || id === 'decide-reject';

function choiceFault(faults: Faults): Markup | false {
  const fault = faults.find(isChoiceFault);
  return fault !== undefined && markup`<p class="fault" id="decide-choice-fault">${fault.detail}</p>`;
}

function editField({ id, field, original }: FormField, typed: string | undefined, faults: Faults): Markup {
  const value = typed ?? original;
  const isHidden = visibleText(value) !== asSent(value);
  const hints = [limits(field), isHidden && 'Holds characters that cannot be seen here; the table shows them.'];
  const hint = hints.filter(Boolean).join(' ');
  const label = markup`<bdi>${field.label}</bdi>`;
  return labelled({ id, label, ...(hint !== '' && { hint }), faults }, (attributes) => {
    if (field.type === 'boolean') return select(id, attributes, ['true', 'false'], value);
    if (field.type === 'choice') return select(id, attributes, field.choices, value);
    if (field.type === 'text' && ((field.maxLength ?? 0) > 80 || value.length > 80 || /[\r\n]/.test(value))) {
      // A parser drops the first line break of a textarea; this one is for it.
      return markup`<textarea name="${id}" ${attributes} rows="4">
${exactly(value)}</textarea>`;
    }
    const mode = field.type === 'text' ? 'text' : 'decimal';
    return markup`<input type="text" name="${id}" ${attributes} inputmode="${mode}" value="${exactly(value)}">`;
  });
}

function select(id: string, attributes: Markup, choices: readonly string[], value: string): Markup {
  const all = choices.some((known) => asSent(known) === asSent(value)) ? choices : [value, ...choices];
  const options = all.map(
    (known) =>
      markup`<option value="${exactly(known)}"${asSent(known) === asSent(value) && markup` selected`}>${known}</option>`,
  );
  return markup`<select name="${id}" ${attributes}>${options}</select>`;
}

function limits(field: FormField['field']): string {
  switch (field.type) {
    case 'text':
      return between(field.minLength, field.maxLength, ' characters');
    case 'integer':
      return `A whole number. ${between(field.minimum, field.maximum, '')}`.trim();
    case 'number':
      return `A number. ${between(field.minimum, field.maximum, '')}`.trim();
    default:
      return '';
  }
}

function between(least: number | undefined, most: number | undefined, unit: string): string {
  if (least !== undefined && most !== undefined) return `From ${least} to ${most}${unit}.`;
  if (least !== undefined) return `At least ${least}${unit}.`;
  return most === undefined ? '' : `At most ${most}${unit}.`;
}
