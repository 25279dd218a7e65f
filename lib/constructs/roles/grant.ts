/** What people may do with what. */
export interface Grant {
  /** Refused to them, whatever else they are granted. @default - allowed */
  readonly isDenied?: boolean;
  readonly actions: readonly string[];
  /** ARNs. Empty: the stack has no such thing, and the grant falls away. */
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Why the resources may be patterns; demanded where one has a star. */
  readonly because?: string;
}
