import { describeSuppression, readReason } from '../describe-suppression';
import { pageOf } from '../page';
import { type ActionFactory, anyAccess } from '../ses-parts';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_ListSuppressedDestinations.html */
export const listSuppressedDestinations: ActionFactory = ({ store }) => ({
  access: anyAccess('ListSuppressedDestinations'),
  handle({ Reasons = [], StartDate, EndDate, ...paging }) {
    const reasons = Reasons.map(readReason);
    const [fromMs, toMs] = [StartDate ? Date.parse(StartDate) : 0, EndDate ? Date.parse(EndDate) : Infinity];
    const wanted = store
      .allSuppressedDestinations()
      .filter(({ reason }) => reasons.length === 0 || reasons.includes(reason))
      .filter(({ updatedAtMs }) => updatedAtMs >= fromMs && updatedAtMs <= toMs);
    const { page, NextToken } = pageOf(wanted, paging);
    return { SuppressedDestinationSummaries: page.map(describeSuppression), NextToken };
  },
});
