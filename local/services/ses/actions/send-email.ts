import { deliver } from '../delivery/deliver';
import { readSending } from '../delivery/read-sending';
import { sendAccess } from '../delivery/send-access';
import type { ActionFactory } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
export const sendEmail: ActionFactory = (parts) => ({
  access: (input) => sendAccess(parts, readSending(input)),
  async handle(input, { caller }) {
    return { MessageId: await deliver(parts, readSending(input), caller) };
  },
});
