import { type Markup, markup } from '../wording/markup';
import { codeField, type Faults, pageForm, reasonField } from './form-parts';
import type { Submission } from './submission';

/** The form with which the requester takes the request back. */
export function revokeForm({ typed, faults }: { typed?: Submission | undefined; faults: Faults }): Markup {
  return pageForm(
    'revoke',
    markup`${reasonField('revoke', 'Those who were asked can read it. It may stay empty.', typed?.reason ?? '', faults)}
${codeField('revoke', faults)}
<button class="plain" type="submit">Withdraw the request</button>
`,
  );
}
