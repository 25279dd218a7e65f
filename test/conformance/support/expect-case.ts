/** Runs the checks of a case; those of one that is known to differ have to fail, so that nobody forgets it. */
export async function expectCase(differs: string | undefined, check: () => Promise<void>): Promise<void> {
  if (differs === undefined) return check();
  const failure = await check().then(
    () => undefined,
    (error: Error) => error,
  );
  if (!failure) throw new Error(`The case passes now. Delete its 'differs': ${differs}`);
}
