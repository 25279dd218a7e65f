/** A segment document as its sender wrote it, with the members that X-Ray itself reads. */
export interface Segment {
  readonly id: string;
  readonly trace_id: string;
  readonly parent_id?: string;
  readonly name: string;
  /** Seconds since the epoch. */
  readonly start_time: number;
  readonly end_time?: number;
  readonly in_progress?: boolean;
  /** `AWS::Lambda::Function`, `AWS::StepFunctions::StateMachine`; `subsegment` for one that is sent apart. */
  readonly type?: string;
  readonly origin?: string;
  readonly namespace?: string;
  readonly user?: string;
  readonly error?: boolean;
  readonly fault?: boolean;
  readonly throttle?: boolean;
  readonly http?: {
    readonly request?: {
      readonly method?: string;
      readonly url?: string;
      readonly client_ip?: string;
      readonly user_agent?: string;
    };
    readonly response?: { readonly status?: number };
  };
  readonly annotations?: Readonly<Record<string, string | number | boolean>>;
  readonly subsegments?: readonly Segment[];
  /** The traces that this one goes on from, and which of their segments sent: messages that a function took from a queue. */
  readonly links?: readonly { readonly trace_id: string; readonly id?: string }[];
}

/** All segments of one trace, as the documents that they came as: these take a fraction of the room of what they say. */
export interface Trace {
  readonly id: string;
  /** By segment id. */
  readonly documents: Map<string, string>;
}
