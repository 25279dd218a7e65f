import { BrokenAccount } from './broken-account';
import { CASES } from './cases/all';
import { OperatorDesk } from './operator-desk';
import { tryRunbook } from './try-runbook';

const LONGEST_MS = 600_000;

/** Tries the cases of a group, one after another, on one deployment. */
export function tryCases(group: string): void {
  describe(`the runbooks of ${group}`, () => {
    let account: BrokenAccount;
    let desk: OperatorDesk;
    beforeAll(async () => {
      account = await BrokenAccount.start();
      desk = new OperatorDesk(account);
    });
    afterAll(async () => {
      desk?.close();
      await account?.stop();
    });

    it.each(CASES[group]!.map((tried) => [tried.page, tried.trouble, tried] as const))(
      '%s ends %s',
      (_page, _trouble, tried) => tryRunbook(tried, account, desk),
      LONGEST_MS,
    );
  });
}
