/** What is wrong with an assembly or a template, in one line that says what to do about it. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError';
}
